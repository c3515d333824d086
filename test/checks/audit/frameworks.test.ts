import { frameworkChecks } from '../../../src/checks/audit/frameworks';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { resource } from '../../support/backups';
import { findings, findingsIn, PARAMETERS, UNKNOWN } from '../../support/findings';
import { source } from '../../support/templates';

const RECORDER = {
  Recorder: resource('Config::ConfigurationRecorder', { RecordingGroup: { AllSupported: true } }),
};
const HERE = 'Resources/F/Properties/FrameworkControls';
const framework = (FrameworkControls: unknown) =>
  resource('Backup::Framework', { FrameworkName: 'audit', FrameworkControls });

function found(controls: unknown, more: object = RECORDER, options: object = {}): string[] {
  return findings(frameworkChecks, { F: framework(controls), ...more }, options, PARAMETERS);
}

const ENCRYPTED = { ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' };
const parameters = (pairs: Record<string, unknown>) =>
  Object.entries(pairs).map(([ParameterName, ParameterValue]) => ({ ParameterName, ParameterValue }));
const age = (recoveryPointAgeValue: unknown, recoveryPointAgeUnit: unknown = 'days') => ({
  ControlName: 'BACKUP_LAST_RECOVERY_POINT_CREATED',
  ControlInputParameters: parameters({ recoveryPointAgeValue, recoveryPointAgeUnit }),
});
const protectedBy = (ControlScope: object) => ({
  ControlName: 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
  ControlScope,
});
const TAGS = (...keys: unknown[]) => keys.map((Key) => ({ Key, Value: 'gold' }));

test.each<[string, unknown, string]>([
  [
    'without controls',
    [],
    `error Backup-FrameworkWithoutControl at ${HERE}: \`FrameworkControls\` of framework \`audit\` must have at least one control, got none; add a control, such as \`BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN\``,
  ],
  [
    'with a control twice',
    [ENCRYPTED, ENCRYPTED],
    `error Backup-DuplicateControl at ${HERE}: \`FrameworkControls\` of framework \`audit\` must not contain the same control twice, got \`BACKUP_RECOVERY_POINT_ENCRYPTED\` twice; remove one of them`,
  ],
  [
    'with a control of two scopes',
    [protectedBy({ Tags: TAGS('a') }), protectedBy({ Tags: TAGS('b') })],
    `warning Backup-RepeatedControl at ${HERE}: \`FrameworkControls\` of framework \`audit\` must not contain the same control twice, got \`BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN\` twice; move one of them to another framework`,
  ],
  [
    'with a control that isn’t known',
    [{ ControlName: 'RECOVERY_POINT_ENCRYPTED' }],
    `warning Backup-UnknownControl at ${HERE}/0/ControlName: \`ControlName\` of framework \`audit\` is \`RECOVERY_POINT_ENCRYPTED\`, which is not one of the 11 known controls; use \`BACKUP_RECOVERY_POINT_ENCRYPTED\``,
  ],
  [
    'with a parameter out of range',
    [age('32')],
    `error Backup-ControlParameter at ${HERE}/0/ControlInputParameters: \`recoveryPointAgeValue\` of \`BACKUP_LAST_RECOVERY_POINT_CREATED\` of framework \`audit\` must be 1 to 744 hours, or 1 to 31 days, got 32 days; use 31 days or less`,
  ],
  [
    'with a parameter that isn’t known',
    [{ ...ENCRYPTED, ControlInputParameters: parameters({ days: '1' }) }],
    `warning Backup-ControlParameterUnknown at ${HERE}/0/ControlInputParameters: \`days\` of \`BACKUP_RECOVERY_POINT_ENCRYPTED\` of framework \`audit\` is not a known parameter of \`BACKUP_RECOVERY_POINT_ENCRYPTED\`; omit it: it has no parameters`,
  ],
  [
    'that asks for newer copies than AWS recommends',
    [{ ...age('1'), ControlName: 'RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT' }],
    `warning Backup-ControlFrequency at ${HERE}/0/ControlInputParameters: \`recoveryPointAgeValue\` of \`RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT\` of framework \`audit\` should be 7 days or more, as AWS recommends, got 1 day: resources show as non-compliant between two copies; use 7 days, or the interval between copies`,
  ],
  [
    'with a scope of two tags',
    [protectedBy({ Tags: TAGS('a', 'b') })],
    `error Backup-ControlScope at ${HERE}/0/ControlScope: \`ControlScope\` of framework \`audit\` can be at most one tag, got 2; select by something that the resources share, or create several frameworks`,
  ],
  [
    'with a scope that the control doesn’t take',
    [{ ...ENCRYPTED, ControlScope: { ComplianceResourceTypes: ['EBS'] } }],
    `warning Backup-ControlScopeKind at ${HERE}/0/ControlScope: \`ControlScope\` of framework \`audit\` of \`BACKUP_RECOVERY_POINT_ENCRYPTED\` should be everything or one tag, got resource types; use a kind of scope that AWS documents for the control`,
  ],
])('a framework %s is reported', (_, controls, message) => {
  expect(found(controls)).toEqual([message]);
});

test.each<[string, unknown]>([
  ['with a control', [ENCRYPTED]],
  ['with parameters within their range', [age('31'), { ...ENCRYPTED }]],
  ['with one tag', [protectedBy({ Tags: TAGS('a') })]],
  ['with controls that aren’t known', { 'Fn::GetAZs': '' }],
  ['with a control whose name isn’t known', [{ ControlName: UNKNOWN }]],
  ['with a parameter that isn’t known', [age(UNKNOWN)]],
  ['with a unit that isn’t known', [age('1', UNKNOWN)]],
  ['with tags that aren’t known', [protectedBy({ Tags: { 'Fn::GetAZs': '' } })]],
  ['with a tag that isn’t known', [protectedBy({ Tags: TAGS(UNKNOWN) })]],
])('a framework %s is fine', (_, controls) => {
  expect(found(controls)).toEqual([]);
});

describe('a framework', () => {
  const copied = (crossRegionList: unknown) => ({
    ControlName: 'BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION',
    ControlInputParameters: parameters({ crossRegionList }),
  });

  test('does not count copies in its own Region', () => {
    expect(found([copied('eu-west-1,us-east-1')])).toEqual([
      `warning Backup-ControlRegion at ${HERE}/0/ControlInputParameters: \`crossRegionList\` of \`BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION\` should not contain the Region of the framework itself, got us-east-1; remove it`,
    ]);
    expect(found([copied('eu-west-1')])).toEqual([]);
    expect(found([copied(UNKNOWN)])).toEqual([]);
    expect(found([copied('us-east-1')], RECORDER, { region: undefined })).toEqual([]);
  });

  test('evaluates types that AWS Backup Audit Manager is known to evaluate', () => {
    const types = (...ComplianceResourceTypes: unknown[]) => [protectedBy({ ComplianceResourceTypes })];
    expect(found(types('EFS', 'Redshift'))).toEqual([
      `warning Backup-ControlTypeUnknown at ${HERE}/0/ControlScope: \`ControlScope\` of framework \`audit\` names Redshift, which AWS Backup Audit Manager is not known to evaluate; remove it, or declare the support that you verified with \`ResourceType.withCapabilities()\``,
    ]);
    expect(found(types('EFS', UNKNOWN, 'AWS::Backup::BackupPlan'))).toEqual([]);
    const verified = ResourceType.REDSHIFT.withCapabilities({ auditManager: true });
    const app = [source({ Resources: { F: framework(types('Redshift')), ...RECORDER } })];
    expect(findingsIn(frameworkChecks, app, [verified])).toEqual([]);
  });

  test('needs a configuration recorder in its account and Region', () => {
    const NOTE =
      'note Backup-ConfigRecorder at Resources/F: framework `audit` is evaluated by AWS Config, but this app creates no configuration recorder in its account and Region; make sure that AWS Config records AWS Backup resources and the resources that you back up';
    expect(found([ENCRYPTED], {})).toEqual([NOTE]);
  });

  test('needs a recorder of the resources of AWS Backup', () => {
    const recorder = (RecordingGroup: object) => ({
      Recorder: resource('Config::ConfigurationRecorder', { RecordingGroup }),
    });
    const types = ['AWS::Backup::BackupPlan', 'AWS::Backup::BackupVault', 'AWS::DynamoDB::Table'];
    expect(found([ENCRYPTED], recorder({ AllSupported: false, ResourceTypes: types }))).toEqual([
      'warning Backup-ConfigRecorderTypes at Resources/Recorder: this configuration recorder does not record AWS::Backup::BackupSelection, AWS::Backup::RecoveryPoint, which framework `audit` needs; add the AWS Backup resource types to the recorder',
    ]);
    const all = [...types, 'AWS::Backup::BackupSelection', 'AWS::Backup::RecoveryPoint'];
    expect(found([ENCRYPTED], recorder({ ResourceTypes: all }))).toEqual([]);
    expect(found([ENCRYPTED], recorder({ ResourceTypes: UNKNOWN }))).toEqual([]);
    expect(found([ENCRYPTED], recorder({ AllSupported: UNKNOWN, ResourceTypes: types }))).toEqual([]);
  });

  test('is in a Region with AWS Backup Audit Manager', () => {
    const expected = (where: string) =>
      `warning Backup-AuditManagerRegion at Resources/${where}: \`Region\` is il-central-1, where AWS Backup Audit Manager isn't known to be available; deploy it in another Region`;
    const options = { region: 'il-central-1' };
    const R = resource('Backup::ReportPlan', { ReportPlanName: 'jobs' });
    expect(found([ENCRYPTED], RECORDER, options)).toEqual([expected('F')]);
    expect(findings(frameworkChecks, { R }, options)).toEqual([expected('R')]);
    expect(found([ENCRYPTED], RECORDER, { region: undefined })).toEqual([]);
  });
});
