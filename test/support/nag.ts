import { type App, Validations } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  type NagPack,
  NIST80053R5Checks,
  PCIDSS321Checks,
} from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** The packs that judge our constructs: AwsSolutions, HIPAA, NIST 800-53 R5 and PCI. */
export const NAG_PACKS: readonly (new () => NagPack)[] = [
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R5Checks,
  PCIDSS321Checks,
];

/**
 * What the packs of cdk-nag find in an app, as `rule construct/path: what is wrong`, without what is acknowledged
 * with a reason, on the construct or above it. An acknowledgement without a reason is a finding too. Synthesizes
 * the app first, for aspects and late values.
 *
 * Judged construct by construct: CDK's own report forgives a rule in the whole app once it is acknowledged anywhere.
 */
export function nagFindings(app: App, packs = NAG_PACKS): string[] {
  app.synth({ force: true });
  const constructs = app.node.findAll();
  const byPath = new Map(constructs.map((construct) => [construct.node.path, construct]));

  const findings = packs.flatMap((Pack) => {
    const pack = new Pack();
    const namespace = pack.name.replaceAll(' ', '-');
    return pack.validateScope(app).violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources
        .map(({ constructPath = '' }) => constructPath)
        // cdk-nag itself looks for the plain id; CDK's report wants it after the name of the pack
        .filter((path) => !acknowledgedAbove(byPath.get(path)).has(`${namespace}::${ruleName}`))
        .map((path) => `${ruleName} ${path}: ${description}`),
    );
  });
  const withoutReason = constructs.flatMap((construct) =>
    acknowledgements(construct)
      .filter(([, reason]) => !reason?.trim())
      .map(([id]) => `${id} ${construct.node.path}: acknowledged without a reason`),
  );
  return [...findings, ...withoutReason];
}

/**
 * Acknowledges a rule whose id holds an ARN, such as `AwsSolutions-IAM4[Policy::arn:…]`: aws-cdk-lib before 2.269
 * refuses every id with more than one `::` in `Validations.acknowledge`.
 */
export function acknowledge(construct: IConstruct, id: string, reason: string): void {
  construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
}

function acknowledgements(construct: IConstruct): [string, string | undefined][] {
  return construct.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries<string | undefined>(data ?? {}));
}

function acknowledgedAbove(construct: IConstruct | undefined): Set<string> {
  return new Set(construct?.node.scopes.flatMap(acknowledgements).map(([id]) => id));
}
