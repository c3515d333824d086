import { Derivation } from './derivation';
import { PREDICATE, type ResourceClaim, type Statement, TYPE, type VerifiedTemplate } from './statement';
import { record, Templates } from './templates';

/** The resources that a statement must mention. */
const RESOURCES: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'DynamoDB',
  'AWS::DynamoDB::GlobalTable': 'DynamoDB',
  'AWS::S3::Bucket': 'S3',
  'AWS::RDS::DBInstance': 'RDS',
  'AWS::RDS::DBCluster': 'Aurora',
  'AWS::EFS::FileSystem': 'EFS',
  'AWS::EC2::Volume': 'EBS',
  'AWS::EC2::Instance': 'EC2',
};
/** Backups of these types are encrypted with the key of the vault. */
const BY_VAULT: readonly string[] = ['AWS::S3::Bucket', 'AWS::EFS::FileSystem'];

/**
 * Derives the claims of a statement again, from templates alone, and reports each that doesn't hold. It shares no code with what
 * made the statement. It doesn't simulate: of a survival it checks what the survival needs, a copy elsewhere or a lock.
 */
export function verifyStatement(statement: Statement, all: readonly VerifiedTemplate[]): string[] {
  const templates = new Templates(all);
  const problems = [...ofEnvelope(statement), ...ofSubjects(statement, all)];
  const claims = Array.isArray(statement.predicate?.resources) ? statement.predicate.resources : [];
  const named = new Set<string>();
  for (const claim of claims) {
    const name = `${claim.stack}/${claim.logicalId}`;
    if (named.has(name)) problems.push(`${name} is claimed twice`);
    named.add(name);
    problems.push(...ofResource(claim, templates).map((problem) => `${name}: ${problem}`));
  }
  for (const { at, logicalId } of templates.ofType(...Object.keys(RESOURCES)))
    if (!named.has(`${at.stack}/${logicalId}`))
      problems.push(`${at.stack}/${logicalId} is in a template, but not in the statement`);
  return problems;
}

function ofEnvelope({ _type, predicateType }: Statement): string[] {
  return [
    ...(_type === TYPE ? [] : [`\`_type\` must be ${TYPE}, got ${String(_type)}`]),
    ...(predicateType === PREDICATE
      ? []
      : [`\`predicateType\` must be ${PREDICATE}, got ${String(predicateType)}`]),
  ];
}

function ofSubjects({ subject = [] }: Statement, all: readonly VerifiedTemplate[]): string[] {
  const actual = new Map(all.map(({ name, sha256 }) => [name, sha256]));
  const problems = subject.flatMap(({ name, digest }) => {
    const sha256 = actual.get(name);
    if (sha256 === undefined) return [`subject ${name} is not among the templates`];
    return sha256 === digest?.sha256 ? [] : [`subject ${name}: the template has another hash`];
  });
  const claimed = new Set(subject.map(({ name }) => name));
  return [
    ...problems,
    ...[...actual.keys()]
      .filter((name) => !claimed.has(name))
      .map((name) => `template ${name} is no subject`),
  ];
}

function ofResource(claim: ResourceClaim, templates: Templates): string[] {
  const resource = templates.find(claim.stack, claim.logicalId);
  if (!resource) return ['there is no such resource'];
  const derived = new Derivation(templates, resource, claim.furtherCopies ?? []);
  const problems: string[] = derived.furtherProblems();
  const equal = (what: string, claimed: unknown, actual: unknown) => {
    if (JSON.stringify(sorted(claimed)) !== JSON.stringify(sorted(actual)))
      problems.push(`${what} is ${show(actual)}, not ${show(claimed)}`);
  };
  equal('`type`', claim.type, resource.type);
  const plans = derived.plans();
  if (claim.protected && plans.length === 0) problems.push('no plan selects it');
  if (!claim.protected && claim.rules.length > 0) problems.push('it has rules, but isn’t protected');
  equal('`optedOut`', claim.optedOut, derived.optOut());
  if (!claim.protected) {
    const empty = {
      rpoMinutes: null,
      retentionDays: null,
      restoreTestDays: null,
      monitored: false,
      immutability: 'none',
      encryption: 'none',
    };
    for (const [name, value] of Object.entries(empty))
      equal(`\`${name}\``, claim[name as keyof ResourceClaim], value);
    if (Object.values(record(claim.survives)).includes('survives'))
      problems.push('it has no recovery points that could survive');
    return [...problems, ...ofSurvival(claim, derived)];
  }
  const rules = derived.rules();
  for (const rule of claim.rules) {
    const own = rules.find(
      (one) => one.plan === rule.plan && one.stack === rule.stack && one.rule === rule.rule,
    );
    if (own) equal(`rule ${rule.rule}`, rule, own);
    else problems.push(`no plan that selects it has a rule ${rule.rule}`);
  }
  equal('the number of rules', claim.rules.length, rules.length);
  equal('`rpoMinutes`', claim.rpoMinutes, derived.rpoMinutes());
  equal('`retentionDays`', claim.retentionDays, derived.retentionDays());
  equal('`immutability`', claim.immutability, derived.immutability());
  equal('`encryption`', claim.encryption, encryptionOf(derived));
  equal('`restoreTestDays`', claim.restoreTestDays, derived.restoreTestDays(RESOURCES[resource.type] ?? ''));
  equal('`monitored`', claim.monitored, derived.mayBeMonitored());
  return [...problems, ...ofSurvival(claim, derived)];
}

/** Whose key encrypts the backups: `vault-key`, `resource-key`, `aws-key`, `none` or `unknown`. */
function encryptionOf(derived: Derivation): string {
  const { type, properties } = derived.resource;
  const isByVault = BY_VAULT.includes(type) || /^AWS::DynamoDB::/.test(type);
  if (isByVault) {
    const all = derived.vaults();
    return all.length > 0 && all.every((vault) => vault.properties.EncryptionKeyArn !== undefined)
      ? 'vault-key'
      : 'aws-key';
  }
  const isOn = properties.StorageEncrypted ?? properties.Encrypted;
  if (isOn === undefined) return 'unknown';
  if (isOn !== true) return 'none';
  return properties.KmsKeyId === undefined ? 'aws-key' : 'resource-key';
}

/** A survival needs a copy elsewhere, a lock or an air-gapped vault; a loss is possible only without an intact copy. */
function ofSurvival({ survives }: ResourceClaim, derived: Derivation): string[] {
  const problems: string[] = [];
  const isLocked = derived.immutability() === 'compliance';
  for (const [scenario, status] of Object.entries(record(survives))) {
    if (!['survives', 'lost', 'unknown'].includes(String(status)))
      problems.push(`\`survives.${scenario}\` is ${show(status)}`);
    if (status !== 'survives') {
      const what = scenario === 'region' ? 'region' : scenario === 'workloadAccount' ? 'account' : undefined;
      if (status === 'lost' && what && isLocked && derived.hasCopyElsewhere(what))
        problems.push(`a locked copy in another ${what} survives the loss of the ${what}`);
      continue;
    }
    if (scenario === 'region' && !derived.hasCopyElsewhere('region'))
      problems.push('no copy is in another Region, so it doesn’t survive the loss of its own');
    if (scenario === 'workloadAccount' && !derived.hasCopyElsewhere('account') && !isLocked)
      problems.push(
        'no copy is in another account, and no vault is locked, so it doesn’t survive the loss of its own',
      );
  }
  for (const scenario of ['region', 'workloadAccount'])
    if (record(survives)[scenario] === undefined) problems.push(`\`survives.${scenario}\` is missing`);
  return problems;
}

/** The same value with its keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, own]) => [key, sorted(own)]),
  );
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
