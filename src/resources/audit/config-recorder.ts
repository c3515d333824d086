import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import type { CfnConfigurationRecorder } from 'aws-cdk-lib/aws-config';
import type { IConstruct } from 'constructs';
import type { Problem } from '../../values/core/problem';

/**
 * What AWS Config must record for the controls of a framework, besides the resources themselves.
 *
 * Source: Developer Guide "Turning on resource tracking", 2026-09.
 */
const NEEDED = [
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::BackupVault',
  'AWS::Backup::RecoveryPoint',
  'AWS::Config::ResourceCompliance',
];

/**
 * Controls are rules of AWS Config. Without a configuration recorder in the Region a framework deploys and ends with
 * the deployment status FAILED, seen on 2026-09-24.
 *
 * Walks the app; to be asked when nothing is added any more.
 */
export function recorderProblems(construct: IConstruct, property: string): Problem[] {
  const here = Stack.of(construct);
  const recorders = construct.node.root.node
    .findAll()
    .filter(
      (each): each is CfnResource =>
        CfnResource.isCfnResource(each) && each.cfnResourceType === 'AWS::Config::ConfigurationRecorder',
    )
    .filter((each) => samePlace(Stack.of(each), here));
  if (recorders.length === 0)
    return [
      {
        id: 'Backup-ConfigRecorder',
        severity: 'warning',
        property,
        message: `\`${property}\` are evaluated by AWS Config, and this app makes no configuration recorder in the account and Region of the framework: without one, its deployment status ends as FAILED`,
        fix: `make one that records ${NEEDED.join(', ')} and what is backed up, or acknowledge this warning where the account has one`,
      },
    ];
  const missing = recorders.map(unrecorded);
  if (missing.some((types) => types.length === 0)) return [];
  return [
    {
      id: 'Backup-ConfigRecorderTypes',
      severity: 'warning',
      property,
      message: `\`${property}\` are evaluated by AWS Config, whose recorder \`${recorders[0].node.path}\` doesn't record ${missing[0].join(', ')}`,
      fix: 'add these to its resource types',
    },
  ];
}

function samePlace(there: Stack, here: Stack): boolean {
  return [
    [there.account, here.account],
    [there.region, here.region],
  ].every(([a, b]) => a === b || Token.isUnresolved(a) || Token.isUnresolved(b));
}

/** What is missing in a list of types; nothing where the recorder records everything, or can't be read. */
function unrecorded(recorder: CfnResource): string[] {
  const { recordingGroup } = recorder as CfnConfigurationRecorder;
  if (!recordingGroup || Token.isUnresolved(recordingGroup)) return [];
  const { allSupported, resourceTypes } = recordingGroup as CfnConfigurationRecorder.RecordingGroupProperty;
  if ((allSupported ?? false) !== false || !Array.isArray(resourceTypes) || resourceTypes.length === 0)
    return [];
  return NEEDED.filter((type) => !resourceTypes.includes(type));
}
