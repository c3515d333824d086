import { type App, Aspects, Stack, Stage, Tags, Validations } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { CfnFramework, type IFrameworkRef } from 'aws-cdk-lib/aws-backup';
import { CfnConfigurationRecorder } from 'aws-cdk-lib/aws-config';
import type { IConstruct } from 'constructs';
import * as fc from 'fast-check';
import { BackupFramework, type BackupFrameworkProps } from '../../../src/resources/audit/backup-framework';
import { ControlScope } from '../../../src/resources/audit/control-scope';
import { FrameworkControl } from '../../../src/resources/audit/framework-control';
import { sentence } from '../../../src/values/core/problem';
import { ResourceType } from '../../../src/values/resource-type/resource-type';
import { anything } from '../../support/anything';
import { testApp } from '../../support/app';
import { refusal, thrown } from '../../support/refusal';
import { schemaProblems } from '../../support/schema';
import { propertiesOf, synthesisRefusal, synthesize, testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const ENCRYPTED = FrameworkControl.recoveryPointsEncrypted();
const PLANNED = FrameworkControl.resourcesProtectedByBackupPlan();

/** A stack whose app has what frameworks need of AWS Config. */
function recordedStack(): Stack {
  const stack = testStack();
  new CfnConfigurationRecorder(stack, 'Recorder', {
    roleArn: 'arn:aws:iam::111122223333:role/Config',
    recordingGroup: { allSupported: true },
  });
  return stack;
}

describe('a framework', () => {
  test('has a name without hyphens, a description, its controls and its tags', () => {
    const stack = recordedStack();
    const framework = new BackupFramework(stack, 'Framework', {
      frameworkName: 'gold',
      description: 'What the gold tier promises',
      controls: [
        FrameworkControl.resourcesProtectedByBackupPlan({
          scope: ControlScope.resourceTypes(ResourceType.EFS, ResourceType.RDS),
        }),
        FrameworkControl.minFrequencyAndRetention({ scope: ControlScope.tag('tier', 'gold') }),
      ],
    });
    Tags.of(framework).add('team', 'orders');
    expect(propertiesOf(stack, 'AWS::Backup::Framework')).toEqual([
      {
        FrameworkName: 'gold',
        FrameworkDescription: 'What the gold tier promises',
        FrameworkControls: [
          {
            ControlName: 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN',
            ControlScope: { ComplianceResourceTypes: ['EFS', 'RDS'] },
          },
          {
            ControlName: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
            ControlInputParameters: [
              { ParameterName: 'requiredFrequencyUnit', ParameterValue: 'days' },
              { ParameterName: 'requiredFrequencyValue', ParameterValue: '1' },
              { ParameterName: 'requiredRetentionDays', ParameterValue: '35' },
            ],
            ControlScope: { Tags: [{ Key: 'tier', Value: 'gold' }] },
          },
        ],
        FrameworkTags: [{ Key: 'team', Value: 'orders' }],
      },
    ]);
    expect(warningsOf(stack)).toEqual([]);
    expect(schemaProblems(synthesize(stack).toJSON())).toEqual([]);
  });

  test('gets a name that AWS accepts and that stays the same', () => {
    const name = (id: string) => new BackupFramework(testStack('My-App'), id).frameworkName;
    expect(name('Audit-Framework')).toMatch(/^My_App_Audit_Framework_[0-9a-f]{8}$/);
    expect(name('Audit-Framework')).toBe(name('Audit-Framework'));
    expect(name('Other')).not.toBe(name('Audit-Framework'));
  });

  test('takes further controls until synthesis', () => {
    const stack = recordedStack();
    const framework = new BackupFramework(stack, 'Framework');
    framework.addControl(ENCRYPTED);
    framework.addControl(PLANNED);
    expect(framework.controls).toEqual([ENCRYPTED, PLANNED]);
    synthesize(stack).hasResourceProperties('AWS::Backup::Framework', {
      FrameworkControls: [
        { ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED' },
        { ControlName: 'BACKUP_RESOURCES_PROTECTED_BY_BACKUP_PLAN' },
      ],
    });
  });

  test('can be referred to, and tells at deployment whether it was deployed', () => {
    const stack = recordedStack();
    const framework: IFrameworkRef = new BackupFramework(stack, 'Framework', { controls: [ENCRYPTED] });
    const { deploymentStatus, frameworkRef } = framework as BackupFramework;
    const id = stack.getLogicalId(framework.node.defaultChild as CfnFramework);
    expect(stack.resolve(frameworkRef)).toEqual({ frameworkArn: { 'Fn::GetAtt': [id, 'FrameworkArn'] } });
    expect(stack.resolve(deploymentStatus)).toEqual({ 'Fn::GetAtt': [id, 'DeploymentStatus'] });
    expect(CfnFramework.arnForFramework(framework)).toBe(frameworkRef.frameworkArn);
  });

  test('of elsewhere is known by its ARN', () => {
    const arn = 'arn:aws:backup:us-east-1:444455556666:framework:gold-ce7655ae';
    const framework = BackupFramework.fromFrameworkArn(testStack(), 'Gold', arn);
    expect(framework.frameworkRef).toEqual({ frameworkArn: arn });
    expect(framework.env).toEqual({ account: '444455556666', region: 'us-east-1' });
  });

  test('gives what Blueprint injection needs', () => {
    expect(BackupFramework.PROPERTY_INJECTION_ID).toBe('cdk-backup-constructs.BackupFramework');
  });
});

describe('a framework is refused', () => {
  const make = (props: object) => () =>
    new BackupFramework(testStack(), 'Framework', props as BackupFrameworkProps);

  test.each<[string, () => unknown, string]>([
    [
      'with a hyphen in its name',
      make({ frameworkName: 'my-framework' }),
      '`frameworkName` must be 1 to 256 characters of `a-z`, `A-Z`, `0-9` and `_`, a letter first, got `my-framework`; use `my_framework` (in `Stack/Framework`)',
    ],
    [
      'with a blank description',
      make({ description: ' ' }),
      "`description` must be a text of at most 1024 characters that isn't blank, got ` `; leave it out where there is nothing to say (in `Stack/Framework`)",
    ],
    [
      'with what is no control',
      make({ controls: ['BACKUP_RECOVERY_POINT_ENCRYPTED'] }),
      '`controls[0]` must be a `FrameworkControl`, got `BACKUP_RECOVERY_POINT_ENCRYPTED`; use for example `FrameworkControl.resourcesProtectedByBackupPlan()` (in `Stack/Framework`)',
    ],
    [
      'with one control that is no list',
      make({ controls: ENCRYPTED }),
      '`controls` must be a list, each element a `FrameworkControl`, got an instance of `FrameworkControl`; use for example `FrameworkControl.resourcesProtectedByBackupPlan()` (in `Stack/Framework`)',
    ],
    [
      'by an ARN of something else',
      () =>
        BackupFramework.fromFrameworkArn(
          testStack(),
          'Gold',
          'arn:aws:backup:us-east-1:111122223333:backup-vault:gold',
        ),
      '`frameworkArn` must be an ARN of the form `arn:<partition>:backup:<region>:<account>:framework:<id>`, got `arn:aws:backup:us-east-1:111122223333:backup-vault:gold`',
    ],
  ])('%s', (_title, action, message) => {
    expect(refusal(action)).toBe(message);
  });

  test('when a control is added that is none', () => {
    const framework = new BackupFramework(testStack(), 'Framework');
    expect(refusal(() => framework.addControl({} as FrameworkControl))).toBe(
      '`control` must be a `FrameworkControl`, got an object; use for example `FrameworkControl.resourcesProtectedByBackupPlan()`',
    );
  });

  test('at synthesis, without a control', () => {
    const stack = recordedStack();
    new BackupFramework(stack, 'Framework');
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Framework] `controls` must have at least one control, got none; add for example `FrameworkControl.resourcesProtectedByBackupPlan()`',
    );
  });

  test('at synthesis, with the same control twice', () => {
    const stack = recordedStack();
    new BackupFramework(stack, 'Framework', {
      controls: [ENCRYPTED, FrameworkControl.recoveryPointsEncrypted()],
    });
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Framework] `controls` must not have the same control twice, got `BACKUP_RECOVERY_POINT_ENCRYPTED` twice; leave one of them out',
    );
  });
});

describe('a framework warns', () => {
  test('where AWS Backup Audit Manager is not available', () => {
    const stack = testStack('Stack', 'il-central-1');
    new BackupFramework(stack, 'Framework', { controls: [ENCRYPTED] });
    expect(warningsOf(stack)).toEqual([
      "Backup-AuditManagerRegion: `region` is il-central-1, where AWS Backup Audit Manager isn't known to be available; deploy it in another Region",
    ]);
  });

  test('of copies to its own Region', () => {
    const stack = testStack();
    new BackupFramework(stack, 'Framework', {
      controls: [FrameworkControl.resourcesProtectedByCrossRegion({ regions: ['us-east-1', 'eu-west-1'] })],
    });
    expect(warningsOf(stack)).toEqual([
      'Backup-ControlRegion: `regions` of `BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION` names eu-west-1, the Region of the framework itself, which no copy to another Region reaches; leave it out',
    ]);
  });

  test('of what its controls warn of', () => {
    const stack = testStack();
    const framework = new BackupFramework(stack, 'Framework');
    framework.addControl(FrameworkControl.of('BACKUP_SCANNED_FOR_MALWARE'));
    expect(warningsOf(stack)).toEqual([
      'Backup-UnknownControl: `name` is `BACKUP_SCANNED_FOR_MALWARE`, which is none of the 11 controls that are known here; acknowledge this warning where AWS has it',
    ]);
  });

  test('of the sixteenth framework in an account and Region', () => {
    const stack = testStack();
    for (let i = 1; i <= 16; i++) new BackupFramework(stack, `Framework${i}`);
    new BackupFramework(
      new Stack(stack.node.root as App, 'Elsewhere', { env: { region: 'us-east-1' } }),
      'One',
    );
    expect(warningsOf(stack.node.root)).toEqual([
      "Backup-FrameworkQuota: `frameworks` should be at most 15 in an account and Region, got 16 in this app, which exceeds AWS Backup's quota; ask AWS for a higher quota, and acknowledge this warning then",
    ]);
  });

  test('of the fifty-first control in an account and Region, once', () => {
    const stack = recordedStack();
    for (let i = 1; i <= 7; i++) {
      const framework = new BackupFramework(stack, `Framework${i}`);
      for (let j = 1; j <= 9; j++) framework.addControl(FrameworkControl.of(`CONTROL_${i}_${j}`));
    }
    Validations.of(stack).acknowledge({ id: 'Backup-UnknownControl', reason: 'a test' });
    synthesize(stack);
    expect(warningsOf(stack).filter((warning) => !warning.startsWith('Backup-UnknownControl'))).toEqual([
      "Backup-ControlQuota: `controls` should be at most 50 in an account and Region, got 54 in this app, which exceeds AWS Backup's quota; ask AWS for a higher quota, and acknowledge this warning then",
    ]);
  });

  test('of a name that another framework of the place has, and of the same controls', () => {
    const stack = recordedStack();
    new BackupFramework(stack, 'One', { frameworkName: 'gold', controls: [ENCRYPTED, PLANNED] });
    new BackupFramework(stack, 'Two', { frameworkName: 'gold', controls: [PLANNED, ENCRYPTED] });
    synthesize(stack);
    expect(warningsOf(stack)).toEqual([
      'Backup-DuplicateName: `frameworkName` `gold` is also the name of `Stack/One` in the same account and Region, and AWS Backup refuses a name that is there already; leave it out: generated names are unique in the app',
      'Backup-DuplicateFramework: `controls` are those of `Stack/One`, and AWS Backup refuses a framework with the same controls and parameters as another; leave one of the frameworks out, or change a parameter',
    ]);
  });

  test('not of the same name in two stages that may be deployed anywhere', () => {
    const app = testApp();
    for (const name of ['Beta', 'Prod'])
      new BackupFramework(new Stack(new Stage(app, name), 'Stack'), 'Framework', { frameworkName: 'gold' });
    expect(warningsOf(app)).toEqual([]);
  });
});

describe('the configuration recorder that a framework needs', () => {
  const missing =
    'Backup-ConfigRecorder: `controls` are evaluated by AWS Config, and this app makes no configuration recorder in the account and Region of the framework: without one, its deployment status ends as FAILED; make one that records AWS::Backup::BackupPlan, AWS::Backup::BackupSelection, AWS::Backup::BackupVault, AWS::Backup::RecoveryPoint, AWS::Config::ResourceCompliance and what is backed up, or acknowledge this warning where the account has one';

  function warningsWith(record: (stack: Stack, app: App) => void): string[] {
    const stack = testStack();
    new BackupFramework(stack, 'Framework', { controls: [ENCRYPTED] });
    record(stack, stack.node.root as App);
    synthesize(stack);
    return warningsOf(stack);
  }
  const recorder = (stack: Stack, recordingGroup?: CfnConfigurationRecorder.RecordingGroupProperty) =>
    new CfnConfigurationRecorder(stack, 'Recorder', {
      roleArn: 'arn:aws:iam::111122223333:role/C',
      recordingGroup,
    });

  test('is asked for where the app has none', () => {
    expect(warningsWith(() => {})).toEqual([missing]);
  });

  test('is asked for where the app has one in another Region', () => {
    expect(
      warningsWith((_stack, app) =>
        recorder(new Stack(app, 'There', { env: { account: '111122223333', region: 'us-east-1' } })),
      ),
    ).toEqual([missing]);
  });

  test('may be made after the framework, and in another stack that may be in the same place', () => {
    expect(warningsWith((stack) => recorder(stack))).toEqual([]);
    expect(warningsWith((_stack, app) => recorder(new Stack(app, 'Config')))).toEqual([]);
  });

  test('may be in the account already, if somebody says so with a reason', () => {
    expect(
      warningsWith((stack) =>
        Validations.of(stack).acknowledge({
          id: 'Backup-ConfigRecorder',
          reason: 'made by AWS Control Tower',
        }),
      ),
    ).toEqual([]);
  });

  test('must record what controls evaluate', () => {
    expect(warningsWith((stack) => recorder(stack, { resourceTypes: ['AWS::Backup::BackupPlan'] }))).toEqual([
      "Backup-ConfigRecorderTypes: `controls` are evaluated by AWS Config, whose recorder `Stack/Recorder` doesn't record AWS::Backup::BackupSelection, AWS::Backup::BackupVault, AWS::Backup::RecoveryPoint, AWS::Config::ResourceCompliance; add these to its resource types",
    ]);
  });

  test.each<[string, CfnConfigurationRecorder.RecordingGroupProperty]>([
    ['everything', { allSupported: true }],
    ['everything but some types', { exclusionByResourceTypes: { resourceTypes: ['AWS::EC2::Instance'] } }],
    [
      'all that is needed',
      {
        resourceTypes: [
          'AWS::Backup::BackupPlan',
          'AWS::Backup::BackupSelection',
          'AWS::Backup::BackupVault',
          'AWS::Backup::RecoveryPoint',
          'AWS::Config::ResourceCompliance',
        ],
      },
    ],
  ])('may record %s', (_title, recordingGroup) => {
    expect(warningsWith((stack) => recorder(stack, recordingGroup))).toEqual([]);
  });
});

test('aspects reach the L1, which is the default child', () => {
  const stack = recordedStack();
  new BackupFramework(stack, 'Framework', { controls: [ENCRYPTED] });
  Aspects.of(stack).add({
    visit: (construct: IConstruct) => {
      if (construct instanceof CfnFramework) construct.frameworkDescription = 'said by an aspect';
    },
  });
  synthesize(stack).hasResourceProperties('AWS::Backup::Framework', {
    FrameworkDescription: 'said by an aspect',
    FrameworkControls: Match.anyValue(),
  });
});

test('whatever callers without types pass, a framework is made or refused in sentences', () => {
  const props = fc.oneof(
    anything,
    fc.dictionary(
      fc.constantFrom('frameworkName', 'description', 'controls'),
      fc.oneof(anything, fc.array(fc.oneof(anything, fc.constant(ENCRYPTED)), { maxLength: 3 })),
    ),
  );
  fc.assert(
    fc.property(props, (given) => {
      const error = thrown(() => new BackupFramework(new Stack(), 'Framework', given as never));
      for (const problem of error?.problems ?? [])
        expect(sentence(problem)).toMatch(/^`[\w[\]]+` [^\n]+[^.]$/);
    }),
  );
});
