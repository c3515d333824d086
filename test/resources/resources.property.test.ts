import { type App, Duration, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { LogicallyAirGappedVault } from '../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import { BackupFramework } from '../../src/resources/audit/backup-framework';
import { BackupReportPlan, ReportFormat } from '../../src/resources/audit/backup-report-plan';
import { FrameworkControl } from '../../src/resources/audit/framework-control';
import { ReportTemplate } from '../../src/resources/audit/report-template';
import { BackupPlan } from '../../src/resources/plan/backup-plan';
import { BackupRule } from '../../src/resources/plan/backup-rule';
import { CopyAction } from '../../src/resources/plan/copy-action';
import { RecoveryPointSelection } from '../../src/resources/restore-testing/recovery-point-selection';
import { RestoreMetadata } from '../../src/resources/restore-testing/restore-metadata';
import { RestoreTestingPlan } from '../../src/resources/restore-testing/restore-testing-plan';
import { BackupVault } from '../../src/resources/vault/backup-vault';
import { TieringConfiguration } from '../../src/resources/vault/tiering-configuration';
import { TieringSelection } from '../../src/resources/vault/tiering-selection';
import { ReportCoverage } from '../../src/values/audit/report-coverage';
import { Retention } from '../../src/values/plan/retention';
import { ResourceType } from '../../src/values/resource-type/resource-type';
import { BackupSchedule } from '../../src/values/schedule/backup-schedule';
import { testApp } from '../support/app';
import { thrown } from '../support/refusal';
import { rendered } from '../support/rendered';
import { schemaProblems } from '../support/schema';

const HERE = { account: '111122223333', region: 'eu-west-1' };

let app: App;
let count = 0;
beforeAll(() => {
  app = testApp();
});

/** In a separate stack, which is discarded afterwards. */
function inStack<T>(action: (stack: Stack) => T): T {
  const stack = new Stack(app, `Stack${count++}`, { env: HERE });
  try {
    return action(stack);
  } finally {
    app.node.tryRemoveChild(stack.node.id);
  }
}

/** The template, or the error message, which must be one of this library. */
function outcome(make: (stack: Stack) => object): { refused?: string; template?: object } {
  return inStack((stack) => {
    const refused = thrown(() => make(stack));
    if (refused !== undefined) {
      const { message } = refused as Error;
      expect(message).toMatch(/`.+` (must|can|has|is|of|takes)|must|can have/);
      expect(message).not.toMatch(/\[object|Token\[|undefined is not|Cannot read/);
      return { refused: message };
    }
    const template = stack.resolve((stack as unknown as { _toCloudFormation(): object })._toCloudFormation());
    expect(schemaProblems(template)).toEqual([]);
    return { template };
  });
}

/** What is refused, and by which oracle. */
function expectRefused(make: (stack: Stack) => object, faults: readonly string[]): void {
  const { refused } = outcome(make);
  expect({ refused: refused !== undefined, faults }).toEqual({ refused: faults.length > 0, faults });
}

const near = (stack: Stack) => BackupVault.fromBackupVaultName(stack, 'Near', 'near');

test('a logically air-gapped vault accepts only rules and copies whose retention is in its range', () => {
  const recipe = fc.record({
    min: fc.integer({ min: 5, max: 60 }),
    spread: fc.integer({ min: -5, max: 60 }),
    days: fc.option(fc.integer({ min: 1, max: 130 })),
    copied: fc.boolean(),
  });
  fc.assert(
    fc.property(recipe, ({ min, spread, days, copied }) => {
      const max = min + spread;
      const retention = days === null ? Retention.forever() : Retention.days(days);
      const faults = [
        ...(min < 7 ? ['the shortest is too short'] : []),
        ...(max < min || max < 7 ? ['the longest is shorter than the shortest'] : []),
        // forever is a warning: nobody has seen AWS Backup refuse it
        ...(days !== null && (days < min || days > max) ? ['outside of the range'] : []),
      ];
      expectRefused((stack) => {
        const airGapped = new LogicallyAirGappedVault(stack, 'AirGapped', {
          minRetention: Duration.days(min),
          maxRetention: Duration.days(max),
          acknowledgeIrreversible: true,
        });
        const rule = copied
          ? BackupRule.daily({
              retention: Retention.forever(),
              copies: [CopyAction.toAirGappedVault(airGapped, { retention })],
            })
          : BackupRule.daily({ retention, airGappedVault: airGapped });
        return new BackupPlan(stack, 'Plan', { vault: near(stack), rules: [rule] });
      }, faults);
    }),
    { numRuns: 600 },
  );
});

test('a tiering configuration has 1 to 5 selections of 60 days or more, and 100 buckets', () => {
  const selection = fc.record({
    after: fc.integer({ min: 55, max: 70 }),
    buckets: fc.option(fc.integer({ min: 1, max: 40 })),
  });
  fc.assert(
    fc.property(fc.array(selection, { maxLength: 7 }), fc.boolean(), (selections, all) => {
      const named = selections.reduce((sum, { buckets }) => sum + (buckets ?? 0), 0);
      const faults = [
        ...(selections.some(({ after }) => after < 60) ? ['too early'] : []),
        ...(selections.length === 0 || selections.length > 5 ? ['none, or too many'] : []),
        ...(named > 100 ? ['too many buckets'] : []),
      ];
      expectRefused(
        (stack) =>
          new TieringConfiguration(stack, 'Tiering', {
            ...(all ? { allVaults: true } : { vault: near(stack) }),
            selections: selections.map(({ after, buckets }, index) => {
              const options = { after: Duration.days(after) };
              const arns = Array.from(
                { length: buckets ?? 0 },
                (_, i) => `arn:aws:s3:::bucket-${index}-${i}`,
              );
              return buckets === null
                ? TieringSelection.allBuckets(options)
                : TieringSelection.bucketArns(arns, options);
            }),
          }),
        faults,
      );
    }),
    { numRuns: 600 },
  );
});

test("the age of a recovery point in a control is within AWS's limits and rendered to the template", () => {
  const control = fc.record({
    kind: fc.constantFrom('last', 'airGapped', 'frequency'),
    hours: fc.integer({ min: 0, max: 2300 }),
  });
  fc.assert(
    fc.property(control, ({ kind, hours }) => {
      const within = Duration.hours(hours);
      // whole days are rendered as days, everything else as hours
      const isDays = hours % 24 === 0;
      const bounds = {
        last: isDays ? [1, 31] : [1, 744],
        airGapped: isDays ? [1, 91] : [24, 2184],
        frequency: isDays ? [1, 31] : [1, 24],
      }[kind];
      const said = isDays ? hours / 24 : hours;
      const make = (stack: Stack) =>
        new BackupFramework(stack, 'Framework', {
          controls: [
            kind === 'last'
              ? FrameworkControl.lastRecoveryPointCreated({ within })
              : kind === 'airGapped'
                ? FrameworkControl.resourcesInLogicallyAirGappedVault({ within })
                : FrameworkControl.minFrequencyAndRetention({ frequency: within }),
          ],
        });
      const isWithin = said >= bounds[0] && said <= bounds[1];
      const { refused, template } = outcome(make);
      expect([refused === undefined, isWithin]).toEqual([isWithin, isWithin]);
      if (isWithin) {
        expect(JSON.stringify(template)).toContain(`"ParameterValue":"${said}"`);
        expect(JSON.stringify(template)).toContain(`"ParameterValue":"${isDays ? 'days' : 'hours'}"`);
      }
    }),
    { numRuns: 600 },
  );
});

test('a report plan is refused or satisfies the schema, and compliance reports have frameworks', () => {
  const recipe = fc.record({
    template: fc.constantFrom('backup', 'copy', 'restore', 'scan', 'control', 'resource'),
    frameworks: fc.integer({ min: 0, max: 3 }),
    members: fc.boolean(),
    formats: fc.subarray([ReportFormat.CSV, ReportFormat.JSON], { minLength: 0 }),
  });
  fc.assert(
    fc.property(recipe, ({ template, frameworks, members, formats }) => {
      const { refused, template: made } = outcome((stack) => {
        const some = Array.from(
          { length: frameworks },
          (_, index) =>
            new BackupFramework(stack, `Framework${index}`, {
              controls: [FrameworkControl.recoveryPointsEncrypted()],
            }),
        );
        const templates = {
          backup: () => ReportTemplate.backupJobs(),
          copy: () => ReportTemplate.copyJobs(),
          restore: () => ReportTemplate.restoreJobs(),
          scan: () => ReportTemplate.scanJobs(),
          control: () => ReportTemplate.controlCompliance(...some),
          resource: () => ReportTemplate.resourceCompliance(...some),
        };
        return new BackupReportPlan(stack, 'Report', {
          template: templates[template](),
          coverage: members ? ReportCoverage.members({ accounts: ['444455556666'] }) : undefined,
          formats,
          bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'reports'),
        });
      });
      const isCompliance = template === 'control' || template === 'resource';
      const faults = [
        ...(isCompliance && !members && frameworks === 0 ? ['no framework'] : []),
        ...(members && formats.includes(ReportFormat.JSON) ? ['CSV only'] : []),
        ...(formats.length === 0 ? ['no format'] : []),
      ];
      expect({ refused, faults }).toEqual(
        faults.length > 0 ? { refused: expect.any(String), faults } : { refused: undefined, faults: [] },
      );
      expect(made === undefined).toBe(faults.length > 0);
    }),
    { numRuns: 400 },
  );
});

test('restore tests have the metadata that their type requires, as strings', () => {
  const recipe = fc.record({
    kind: fc.constantFrom('lustre', 'windows', 'ontap', 's3', 'efs', 'ebs'),
    says: fc.boolean(),
  });
  fc.assert(
    fc.property(recipe, ({ kind, says }) => {
      const kinds = {
        lustre: [
          ResourceType.FSX.variant('Lustre'),
          () => RestoreMetadata.of({ subnetIds: '["subnet-11111111"]' }),
          true,
        ],
        windows: [
          ResourceType.FSX.variant('Windows'),
          () =>
            RestoreMetadata.of({
              subnetIds: '["subnet-11111111"]',
              windowsConfiguration: '{"activeDirectoryId":"d-1111111111"}',
            }),
          true,
        ],
        ontap: [
          ResourceType.FSX.variant('ONTAP'),
          () =>
            RestoreMetadata.of({ ontapConfiguration: '{"storageVirtualMachineId":"svm-11111111111111111"}' }),
          true,
        ],
        s3: [ResourceType.S3, () => RestoreMetadata.s3({ restoreAcls: false }), false],
        efs: [ResourceType.EFS, () => RestoreMetadata.of({ performanceMode: 'generalPurpose' }), false],
        ebs: [ResourceType.EBS, () => RestoreMetadata.of({ availabilityZone: 'eu-west-1a' }), false],
      } as const;
      const [resourceType, metadata, isRequired] = kinds[kind];
      const { refused } = outcome((stack) => {
        const plan = new RestoreTestingPlan(stack, 'Plan', {
          schedule: BackupSchedule.weekly(),
          recoveryPoints: RecoveryPointSelection.latest({ allVaults: true }),
        });
        const selection = plan.addSelection('Selection', {
          resourceType,
          metadata: says ? metadata() : undefined,
          everything: true,
        });
        const { RestoreMetadataOverrides: overrides = {} } = rendered(selection);
        for (const value of Object.values(overrides)) expect(typeof value).toBe('string');
        return selection;
      });
      expect({ kind, says, refused: refused !== undefined, why: refused }).toEqual({
        why: refused,
        kind,
        says,
        refused: isRequired && !says,
      });
    }),
    { numRuns: 200 },
  );
});
