import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import type { CfnConfigurationRecorder } from 'aws-cdk-lib/aws-config';
import type { IConstruct } from 'constructs';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';

/**
 * The types that AWS Config must record for the controls of a framework, besides the resources themselves.
 *
 * Source: Developer Guide "Turning on resource tracking", 2026-09.
 */
const RECORDED_TYPES = [
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::BackupVault',
  'AWS::Backup::RecoveryPoint',
  'AWS::Config::ResourceCompliance',
];

/** What needs a recorder, and what happens without one. */
export interface RecorderUser {
  readonly what: string;
  readonly outcome: string;
}

const FRAMEWORK: RecorderUser = {
  what: 'framework',
  outcome: 'the framework ends up with the deployment status FAILED',
};

/**
 * Finds missing configuration recorders, and second ones. Controls are AWS Config rules: without a recorder in the Region, a framework
 * deploys and ends up with the deployment status FAILED (observed on 2026-09-24).
 *
 * Walks the construct tree, so call it at synthesis.
 */
export function recorderProblems(
  construct: IConstruct,
  property: string,
  user: RecorderUser = FRAMEWORK,
): Problem[] {
  const here = Stack.of(construct);
  const recorders = construct.node.root.node
    .findAll()
    .filter(
      (each): each is CfnResource =>
        CfnResource.isCfnResource(each) && each.cfnResourceType === 'AWS::Config::ConfigurationRecorder',
    )
    .filter((each) => sameEnvironment(Stack.of(each), here));
  if (recorders.length === 0)
    return [
      problem({
        id: 'Backup-ConfigRecorder',
        property,
        message: (label) =>
          `${label(property)} are evaluated by AWS Config, but this app has no configuration recorder in the account and Region of the ${user.what}; without one, ${user.outcome}`,
        fix: `create one that records ${RECORDED_TYPES.join(', ')} and the resource types that you back up, or acknowledge this finding if the account already has one`,
      }),
    ];
  const second = recorders.find(
    (each) => isCertainlySame(Stack.of(each), Stack.of(recorders[0])) && each !== recorders[0],
  );
  if (second)
    return [
      problem({
        id: 'Backup-SecondConfigRecorder',
        property,
        message: (label) =>
          `${label(property)} are evaluated by AWS Config, which has one configuration recorder for each account and Region, but this app creates \`${recorders[0].node.path}\` and \`${second.node.path}\``,
        fix: 'remove one of them',
      }),
    ];
  const missing = recorders.map(missingTypes);
  if (missing.some((types) => types.length === 0)) return [];
  return [
    problem({
      id: 'Backup-ConfigRecorderTypes',
      property,
      message: (label) =>
        `${label(property)} are evaluated by AWS Config, whose recorder \`${recorders[0].node.path}\` doesn't record ${missing[0].join(', ')}`,
      fix: 'add them to the resource types of the recorder',
    }),
  ];
}

/** Whether two stacks are certainly in the same account and Region. */
function isCertainlySame(a: Stack, b: Stack): boolean {
  return (
    a === b || (a.account === b.account && a.region === b.region && !Token.isUnresolved(a.account + a.region))
  );
}

function sameEnvironment(there: Stack, here: Stack): boolean {
  return [
    [there.account, here.account],
    [there.region, here.region],
  ].every(([a, b]) => a === b || Token.isUnresolved(a) || Token.isUnresolved(b));
}

/** The needed types that a recorder doesn't record; none if it records everything or can't be read. */
function missingTypes(recorder: CfnResource): string[] {
  const { recordingGroup } = recorder as CfnConfigurationRecorder;
  if (!recordingGroup || Token.isUnresolved(recordingGroup)) return [];
  const { allSupported, resourceTypes } = recordingGroup as CfnConfigurationRecorder.RecordingGroupProperty;
  if ((allSupported ?? false) !== false || !Array.isArray(resourceTypes) || resourceTypes.length === 0)
    return [];
  return RECORDED_TYPES.filter((type) => !resourceTypes.includes(type));
}
