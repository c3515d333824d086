import { Resource, Stack } from 'aws-cdk-lib';
import { CfnConformancePack, CfnOrganizationConformancePack } from 'aws-cdk-lib/aws-config';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { show } from '../../values/core/amounts';
import { type Problem, problem } from '../../values/core/problem';
import { unknownPropertyProblems } from '../../values/core/unknown-properties';
import { ResourceType } from '../../values/resource-type/resource-type';
import type { ComplianceStandard } from '../../values/standards/compliance-standard';
import { CONFIG_RULE_TYPES, type ConfigRuleDemand, configRulesOf } from '../../values/standards/config-rules';
import { controlsOf } from '../../values/standards/standard-controls';
import { demandsOf } from '../../values/standards/standard-demands';
import { standardListProblems } from '../../values/standards/standard-list-laws';
import { kindProblems, propsProblems } from '../core/argument-checks';
import { enforce, synthesisErrors } from '../core/enforce';
import { generatedName } from '../core/generated-name';
import { recorderProblems } from './config-recorder';

/** Properties of a `BackupConformancePack`. */
export interface BackupConformancePackProps {
  /** The standards whose rules the pack has, at least one. */
  readonly standards: ComplianceStandard[];

  /**
   * The types that you back up. Each has up to two rules.
   *
   * @default - every type that AWS Config has rules for
   */
  readonly resourceTypes?: ResourceType[];

  /**
   * Whether to deploy the pack to every account of the organization, now and later. The stack must be in the management account,
   * or in a delegated administrator of AWS Config.
   *
   * @default false
   */
  readonly organization?: boolean;

  /**
   * Accounts of the organization without the pack, 12 digits each, at most 1000.
   *
   * @default - none
   */
  readonly excludedAccounts?: string[];

  /**
   * The name: 1 to 256 letters, digits and `-`, starting with a letter; at most 128 with `organization`. Changing it replaces
   * the pack.
   *
   * @default - generated from the path of the construct
   */
  readonly conformancePackName?: string;
}

const ID = 'Backup-ConformancePack';
const NAME = /^[A-Za-z][-A-Za-z0-9]*$/;

/**
 * A conformance pack of AWS Config: managed rules that evaluate what standards ask of backups, in one account, or in every
 * account of an organization.
 *
 * It needs the configuration recorder that an account has once per Region, and creates none; the recorder must record the
 * resource types that you back up and those of AWS Backup. AWS bills each recorded configuration item (0.003 USD) and each
 * evaluation of a rule (0.001 USD for the first 100,000 a month), as of 2026-11 in us-east-1.
 *
 * A `DeletionDenial` in the access policy of a vault satisfies the rule `backup-recovery-point-manual-deletion-disabled`.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/conformance-packs.html
 */
@propertyInjectable
export class BackupConformancePack extends Resource {
  /** Uniquely identifies this class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-backup-constructs.BackupConformancePack';

  /** The name of the pack. */
  public readonly conformancePackName: string;

  /** The identifiers of its managed rules, such as `DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN`. */
  public readonly ruleIdentifiers: string[];

  constructor(scope: Construct, id: string, props: BackupConformancePackProps) {
    super(scope, id);
    enforce(this, packProblems(props));
    const { standards, organization = false, excludedAccounts } = props;
    const maxLength = organization ? 128 : 256;
    this.conformancePackName =
      props.conformancePackName ?? generatedName(scope, id, { maxLength, separator: '-' });
    const types = props.resourceTypes?.map(({ name }) => name) ?? CONFIG_RULE_TYPES;
    const rules = configRulesOf(controlsOf(demandsOf(standards)), types);
    if (rules.length === 0)
      enforce(this, [
        problem({
          id: ID,
          property: 'standards',
          message: (label) =>
            `${label('standards')} must ask for something that AWS Config has a rule for, got ${standards.map(({ id: name }) => name).join(', ')}`,
          fix: 'name another standard, or more resource types',
        }),
      ]);
    this.ruleIdentifiers = rules.map(({ identifier }) => identifier);
    const templateBody = Stack.of(this).toJsonString(packTemplate(rules));
    if (organization)
      new CfnOrganizationConformancePack(this, 'Resource', {
        organizationConformancePackName: this.conformancePackName,
        templateBody,
        excludedAccounts,
      });
    else
      new CfnConformancePack(this, 'Resource', {
        conformancePackName: this.conformancePackName,
        templateBody,
      });
    this.node.addValidation({
      validate: () => synthesisErrors(this, recorderProblems(this, 'standards', PACK)),
    });
  }
}

const PACK = { what: 'conformance pack', outcome: 'the deployment of the conformance pack fails' } as const;

/** The template of the pack: one rule for each identifier. */
function packTemplate(rules: readonly ConfigRuleDemand[]): object {
  const resources = rules.map(({ identifier, parameters }) => [
    identifier
      .split('_')
      .map((part) => part[0] + part.slice(1).toLowerCase())
      .join(''),
    {
      Type: 'AWS::Config::ConfigRule',
      Properties: {
        ConfigRuleName: identifier.toLowerCase().replaceAll('_', '-'),
        InputParameters: Object.keys(parameters).length > 0 ? parameters : undefined,
        Source: { Owner: 'AWS', SourceIdentifier: identifier },
      },
    },
  ]);
  return { Resources: Object.fromEntries(resources) };
}

function packProblems(props: BackupConformancePackProps): Problem[] {
  const wrong = propsProblems(ID, props ?? null);
  if (wrong.length > 0) return wrong;
  const { conformancePackName: name, excludedAccounts, organization } = props;
  const problems = [
    ...unknownPropertyProblems(props, 'BackupConformancePackProps'),
    ...standardListProblems(props.standards),
    ...kindProblems(
      props.resourceTypes,
      (value: unknown) =>
        Array.isArray(value) && value.length > 0 && value.every((type) => type instanceof ResourceType),
      { id: ID, property: 'resourceTypes', what: 'a list of `ResourceType`', fix: 'omit it for every type' },
    ),
  ];
  const max = organization ? 128 : 256;
  if (name !== undefined && !(typeof name === 'string' && NAME.test(name) && name.length <= max))
    problems.push(
      problem({
        id: ID,
        property: 'conformancePackName',
        message: (label) =>
          `${label('conformancePackName')} must be 1 to ${max} letters, digits and \`-\`, starting with a letter, got ${show(name)}`,
      }),
    );
  if (excludedAccounts !== undefined && !organization)
    problems.push(
      problem({
        id: ID,
        property: 'excludedAccounts',
        message: (label) =>
          `${label('excludedAccounts')} must be omitted without \`organization\`, got ${show(excludedAccounts)}`,
        fix: 'set `organization` to true',
      }),
    );
  return problems;
}
