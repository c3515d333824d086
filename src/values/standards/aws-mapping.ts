import { KEY_FACTS } from './key-facts';
import { RequirementKey } from './requirement-key';
import type { StandardFacts, StandardRequirement } from './standard-requirement';

/**
 * AWS's own controls for a requirement: Security Hub controls, and rules in the conformance pack of the standard. Empty if the
 * mapping is the reading of this library.
 */
export function awsMappingOf(
  { pack }: Pick<StandardFacts, 'pack'>,
  requirement: StandardRequirement,
  key: RequirementKey,
): string[] {
  const known =
    key === RequirementKey.SCOPE ? [...KEY_FACTS[key].configRules, IN_PLAN] : KEY_FACTS[key].configRules;
  const rules = [...new Set([...(requirement.configRules ?? []), ...(pack?.rules ?? [])])];
  // with parameters, the rule for plans asks for copies and locks too, which no pack does
  const own = known.filter((rule) => rule !== PROTECTED || key === RequirementKey.SCOPE);
  return [
    ...(requirement.securityHubControls ?? []).map((control) => `Security Hub ${control}`),
    ...rules.filter((identifier) => own.some((rule) => isRule(identifier, rule))),
  ];
}

const PROTECTED = '<type>-resources-protected-by-backup-plan';
/** The rules of older packs. */
const IN_PLAN = '<type>-in-backup-plan';

/** Whether an identifier such as `EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN` is a rule such as `<type>-resources-…`. */
function isRule(identifier: string, rule: string): boolean {
  const name = identifier.toLowerCase().replaceAll('_', '-');
  return rule.startsWith('<type>') ? name.endsWith(rule.slice('<type>'.length)) : name === rule;
}
