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
import { infosOf, warningsOf } from '../../support/warnings';

const ENCRYPTED = FrameworkControl.recoveryPointsEncrypted();
const PLANNED = FrameworkControl.resourcesProtectedByBackupPlan();

/** A stack in an app with the AWS Config recorder that frameworks need. */
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

  test('gets a stable name that AWS accepts', () => {
    const name = (id: string) => new BackupFramework(testStack('My-App'), id).frameworkName;
    expect(name('Audit-Framework')).toMatch(/^My_App_Audit_Framework_[0-9a-f]{8}$/);
    expect(name('Audit-Framework')).toBe(name('Audit-Framework'));
    expect(name('Other')).not.toBe(name('Audit-Framework'));
  });

  test('accepts more controls until synthesis', () => {
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

  test('can be referred to, and has a deployment status', () => {
    const stack = recordedStack();
    const framework: IFrameworkRef = new BackupFramework(stack, 'Framework', { controls: [ENCRYPTED] });
    const { deploymentStatus, frameworkRef } = framework as BackupFramework;
    const id = stack.getLogicalId(framework.node.defaultChild as CfnFramework);
    expect(stack.resolve(frameworkRef)).toEqual({ frameworkArn: { 'Fn::GetAtt': [id, 'FrameworkArn'] } });
    expect(stack.resolve(deploymentStatus)).toEqual({ 'Fn::GetAtt': [id, 'DeploymentStatus'] });
    expect(CfnFramework.arnForFramework(framework)).toBe(frameworkRef.frameworkArn);
  });

  test('can be imported by its ARN', () => {
    const arn = 'arn:aws:backup:us-east-1:444455556666:framework:gold-ce7655ae';
    const framework = BackupFramework.fromFrameworkArn(testStack(), 'Gold', arn);
    expect(framework.frameworkRef).toEqual({ frameworkArn: arn });
    expect(framework.env).toEqual({ account: '444455556666', region: 'us-east-1' });
  });

  test('supports property injection', () => {
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
      '`frameworkName` must be 1 to 256 characters from `a-z`, `A-Z`, `0-9` and `_`, starting with a letter, got `my-framework`; use `my_framework` (in `Stack/Framework`)',
    ],
    [
      'with a blank description',
      make({ description: ' ' }),
      '`description` must be a non-blank string of at most 1024 characters, got ` `; omit it if there is nothing to say (in `Stack/Framework`)',
    ],
    [
      'with a value that is not a control',
      make({ controls: ['BACKUP_RECOVERY_POINT_ENCRYPTED'] }),
      '`controls[0]` must be a `FrameworkControl`, got `BACKUP_RECOVERY_POINT_ENCRYPTED`; for example, use `FrameworkControl.resourcesProtectedByBackupPlan()` (in `Stack/Framework`)',
    ],
    [
      'with one control instead of a list',
      make({ controls: ENCRYPTED }),
      '`controls` must be a list, each element a `FrameworkControl`, got an instance of `FrameworkControl`; for example, use `FrameworkControl.resourcesProtectedByBackupPlan()` (in `Stack/Framework`)',
    ],
    [
      'by an ARN of something else',
      () =>
        BackupFramework.fromFrameworkArn(
          testStack(),
          'Gold',
          'arn:aws:backup:us-east-1:111122223333:backup-vault:gold',
        ),
      '`frameworkArn` must be an ARN of the form `arn:<partition>:backup:<region>:<account>:framework:<id>`, got `arn:aws:backup:us-east-1:111122223333:backup-vault:gold` (in `Stack/Gold`)',
    ],
  ])('%s', (_title, action, message) => {
    expect(refusal(action)).toBe(message);
  });

  test('when the added control is not a control', () => {
    const framework = new BackupFramework(testStack(), 'Framework');
    expect(refusal(() => framework.addControl({} as FrameworkControl))).toBe(
      '`control` must be a `FrameworkControl`, got an object; for example, use `FrameworkControl.resourcesProtectedByBackupPlan()`',
    );
  });

  test('at synthesis, without a control', () => {
    const stack = recordedStack();
    new BackupFramework(stack, 'Framework');
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Framework] `controls` must have at least one control, got none; for example, add `FrameworkControl.resourcesProtectedByBackupPlan()`',
    );
  });

  test('at synthesis, with the same control twice', () => {
    const stack = recordedStack();
    new BackupFramework(stack, 'Framework', {
      controls: [ENCRYPTED, FrameworkControl.recoveryPointsEncrypted()],
    });
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Framework] `controls` must not contain the same control twice, got `BACKUP_RECOVERY_POINT_ENCRYPTED` twice; omit one of them',
    );
  });
});

describe('a framework gets a warning', () => {
  test('in a Region without AWS Backup Audit Manager', () => {
    const stack = testStack('Stack', 'il-central-1');
    new BackupFramework(stack, 'Framework', { controls: [ENCRYPTED] });
    expect(warningsOf(stack)).toEqual([
      "Backup-AuditManagerRegion: `region` is il-central-1, where AWS Backup Audit Manager isn't known to be available; deploy it in another Region",
    ]);
  });

  test('about copies to its own Region', () => {
    const stack = testStack();
    new BackupFramework(stack, 'Framework', {
      controls: [FrameworkControl.resourcesProtectedByCrossRegion({ regions: ['us-east-1', 'eu-west-1'] })],
    });
    expect(warningsOf(stack)).toEqual([
      'Backup-ControlRegion: `regions` of `BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION` should not contain the Region of the framework itself, got eu-west-1; remove it',
    ]);
  });

  test('about the warnings of its controls', () => {
    const stack = testStack();
    const framework = new BackupFramework(stack, 'Framework');
    framework.addControl(FrameworkControl.of('BACKUP_SCANNED_FOR_MALWARE'));
    expect(warningsOf(stack)).toEqual([
      'Backup-UnknownControl: `name` is `BACKUP_SCANNED_FOR_MALWARE`, which is not one of the 11 known controls; acknowledge this warning if AWS supports it',
    ]);
  });

  test('as the sixteenth framework in an account and Region', () => {
    const stack = testStack();
    for (let i = 1; i <= 16; i++) new BackupFramework(stack, `Framework${i}`);
    new BackupFramework(
      new Stack(stack.node.root as App, 'Elsewhere', { env: { region: 'us-east-1' } }),
      'One',
    );
    expect(warningsOf(stack.node.root)).toEqual([
      "Backup-FrameworkQuota: `frameworks` should be at most 15 in an account and Region, got 16 in this app, which exceeds AWS Backup's quota; request a quota increase from AWS, then acknowledge this warning",
    ]);
  });

  test('about the fifty-first control in an account and Region, once', () => {
    const stack = recordedStack();
    for (let i = 1; i <= 7; i++) {
      const framework = new BackupFramework(stack, `Framework${i}`);
      for (let j = 1; j <= 9; j++) framework.addControl(FrameworkControl.of(`CONTROL_${i}_${j}`));
    }
    Validations.of(stack).acknowledge({ id: 'Backup-UnknownControl', reason: 'a test' });
    synthesize(stack);
    expect(warningsOf(stack).filter((warning) => !warning.startsWith('Backup-UnknownControl'))).toEqual([
      "Backup-ControlQuota: `controls` should be at most 50 in an account and Region, got 54 in this app, which exceeds AWS Backup's quota; request a quota increase from AWS, then acknowledge this warning",
    ]);
  });

  test('and an error with the name or the controls of another framework in the account and Region', () => {
    const stack = recordedStack();
    new BackupFramework(stack, 'One', { frameworkName: 'gold', controls: [ENCRYPTED, PLANNED] });
    new BackupFramework(stack, 'Two', { controls: [PLANNED, ENCRYPTED] });
    expect(synthesisRefusal(stack)).toContain(
      '[Stack/Two] `controls` are those of `Stack/One`, but AWS Backup rejects a framework with the same controls and parameters as another; remove one of the frameworks or change a parameter',
    );
    expect(refusal(() => new BackupFramework(stack, 'Three', { frameworkName: 'gold' }))).toBe(
      '`frameworkName` `gold` is also the name of `Stack/One` in the same account and Region, and AWS Backup rejects a name that already exists; omit it, since generated names are unique within the app (in `Stack/Three`)',
    );
  });

  test('and a warning with those of one in another stack without an environment, which may be deployed apart', () => {
    const app = testApp();
    const stacks = ['A', 'B'].map((id) => new Stack(app, id));
    for (const each of stacks) new BackupFramework(each, 'Framework', { controls: [ENCRYPTED] });
    synthesize(stacks[1]);
    expect(warningsOf(stacks[1])).toEqual([
      'Backup-PossibleDuplicateFramework: `controls` are those of `A/Framework`, but AWS Backup rejects a framework with the same controls and parameters as another; remove one of the frameworks or change a parameter',
    ]);
  });

  test('but not of one that left the tree', () => {
    const stack = recordedStack();
    new BackupFramework(stack, 'One', { controls: [ENCRYPTED] });
    stack.node.tryRemoveChild('One');
    new BackupFramework(stack, 'Two', { controls: [ENCRYPTED] });
    expect(() => synthesize(stack)).not.toThrow();
  });

  test('but not with the same name in two environment-agnostic stages', () => {
    const app = testApp();
    for (const name of ['Beta', 'Prod'])
      new BackupFramework(new Stack(new Stage(app, name), 'Stack'), 'Framework', { frameworkName: 'gold' });
    expect(warningsOf(app)).toEqual([]);
  });
});

describe('the configuration recorder that a framework needs', () => {
  const missing =
    'Backup-ConfigRecorder: `controls` are evaluated by AWS Config, but this app has no configuration recorder in the account and Region of the framework; without one, the framework ends up with the deployment status FAILED; create one that records AWS::Backup::BackupPlan, AWS::Backup::BackupSelection, AWS::Backup::BackupVault, AWS::Backup::RecoveryPoint, AWS::Config::ResourceCompliance and the resource types that you back up, or acknowledge this finding if the account already has one';

  function findingsWith(record: (stack: Stack, app: App) => void): string[] {
    const stack = testStack();
    new BackupFramework(stack, 'Framework', { controls: [ENCRYPTED] });
    record(stack, stack.node.root as App);
    synthesize(stack);
    return [...warningsOf(stack), ...infosOf(stack)];
  }
  const recorder = (stack: Stack, recordingGroup?: CfnConfigurationRecorder.RecordingGroupProperty) =>
    new CfnConfigurationRecorder(stack, 'Recorder', {
      roleArn: 'arn:aws:iam::111122223333:role/C',
      recordingGroup,
    });

  test('is missing if the app has none', () => {
    expect(findingsWith(() => {})).toEqual([missing]);
  });

  test('is missing if the app has one only in another Region', () => {
    expect(
      findingsWith((_stack, app) =>
        recorder(new Stack(app, 'There', { env: { account: '111122223333', region: 'us-east-1' } })),
      ),
    ).toEqual([missing]);
  });

  test('can be created after the framework, and in another stack that may be in the same environment', () => {
    expect(findingsWith((stack) => recorder(stack))).toEqual([]);
    expect(findingsWith((_stack, app) => recorder(new Stack(app, 'Config')))).toEqual([]);
  });

  test('can already be in the account, if the note is acknowledged', () => {
    expect(
      findingsWith((stack) =>
        Validations.of(stack).acknowledge({
          id: 'Backup-ConfigRecorder',
          reason: 'made by AWS Control Tower',
        }),
      ),
    ).toEqual([]);
  });

  test('must record the types that controls evaluate', () => {
    expect(findingsWith((stack) => recorder(stack, { resourceTypes: ['AWS::Backup::BackupPlan'] }))).toEqual([
      "Backup-ConfigRecorderTypes: `controls` are evaluated by AWS Config, whose recorder `Stack/Recorder` doesn't record AWS::Backup::BackupSelection, AWS::Backup::BackupVault, AWS::Backup::RecoveryPoint, AWS::Config::ResourceCompliance; add them to the resource types of the recorder",
    ]);
  });

  test.each<[string, CfnConfigurationRecorder.RecordingGroupProperty]>([
    ['everything', { allSupported: true }],
    ['everything but some types', { exclusionByResourceTypes: { resourceTypes: ['AWS::EC2::Instance'] } }],
    [
      'everything that is required',
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
  ])('can record %s', (_title, recordingGroup) => {
    expect(findingsWith((stack) => recorder(stack, recordingGroup))).toEqual([]);
  });
});

test('aspects can change the L1, which is the default child', () => {
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

test('untyped callers get a framework or an error message', () => {
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
      for (const problem of error?.problems ?? []) expect(sentence(problem)).toMatch(/^`.+` [^\n]+[^.]$/);
    }),
  );
});
