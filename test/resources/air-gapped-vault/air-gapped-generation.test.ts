import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import * as fc from 'fast-check';
import type { AirGappedVaultGeneration } from '../../../src/resources/air-gapped-vault/air-gapped-generation';
import { LogicallyAirGappedVault } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault';
import type { LogicallyAirGappedVaultProps } from '../../../src/resources/air-gapped-vault/logically-air-gapped-vault-props';
import { CopySource } from '../../../src/resources/vault/copy-source';
import { BackupError } from '../../../src/values/core/problem';
import { anything } from '../../support/anything';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { testStack } from '../../support/synthesis';
import { warningsOf } from '../../support/warnings';

const VAULT = 'AWS::Backup::LogicallyAirGappedBackupVault';
const days = (days: number) => Duration.days(days);
const OLD: AirGappedVaultGeneration = { minRetention: days(7), maxRetention: days(365) };
const NEW: AirGappedVaultGeneration = { minRetention: days(30), maxRetention: days(730) };
const IN = ' (in `Stack/Vault`)';

type Said = Omit<LogicallyAirGappedVaultProps, 'acknowledgeIrreversible'>;
function vaultIn(stack: Stack, props: Said): LogicallyAirGappedVault {
  return new LogicallyAirGappedVault(stack, 'Vault', { acknowledgeIrreversible: true, ...props });
}

/** The vaults of one deployment, by their logical ids. */
function deployed(props: Said, more: (vault: LogicallyAirGappedVault) => void = () => {}) {
  const stack = testStack();
  more(vaultIn(stack, props));
  return Template.fromStack(stack).findResources(VAULT);
}

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // warnings at synthesis
});

describe('the generations of a vault', () => {
  test('start with a warning that tells how to record the current one', () => {
    expect(warningsOf(vaultIn(testStack(), OLD))).toEqual([
      "Backup-AirGappedGenerationUnrecorded: `generation` is not set, so a later change of the retention or the key can't be detected before deployment; such a change creates a new vault and removes this one from the stack; add `generation: '7to365'`",
    ]);
    expect(warningsOf(vaultIn(testStack(), { ...OLD, generation: '7to365' }))).toEqual([]);
  });

  const FIXED =
    "CloudFormation can't change the retention or the key of a logically air-gapped vault, so this change creates a new vault";
  test('refuse a changed retention and tell how to keep the old vault', () => {
    expect(refusal(() => vaultIn(testStack(), { ...NEW, generation: '7to365' }))).toBe(
      `\`generation\` records that \`7to365\` is deployed, got \`30to730\`: ${FIXED}; keep the old one with \`previousGenerations: [{ minRetention: Duration.days(7), maxRetention: Duration.days(365) }]\`, and record it with \`generation: '30to730'\`${IN}`,
    );
  });

  test('refuse a changed key and tell how to keep the old vault', () => {
    const stack = testStack();
    const generation = '7to365-key1a2b3c';
    expect(refusal(() => vaultIn(stack, { ...OLD, generation }))).toBe(
      `\`generation\` records that \`${generation}\` is deployed, got \`7to365\`: ${FIXED}; keep the old one with \`previousGenerations: [{ minRetention: Duration.days(7), maxRetention: Duration.days(365), encryptionKey }]\`, and record it with \`generation: '7to365'\`${IN}`,
    );
  });

  test('require a new record when the old vault is already listed', () => {
    expect(
      refusal(() => vaultIn(testStack(), { ...NEW, generation: '7to365', previousGenerations: [OLD] })),
    ).toBe(
      `\`generation\` records that \`7to365\` is deployed, got \`30to730\`: ${FIXED}; record it with \`generation: '30to730'\`${IN}`,
    );
  });

  test('create a new vault and keep the old one unchanged', () => {
    const before = deployed({ ...OLD, generation: '7to365' });
    const after = deployed({ ...NEW, generation: '30to730', previousGenerations: [OLD] });
    const [[oldId, old]] = Object.entries(before);
    expect(after[oldId]).toEqual(old);
    expect(Object.keys(after)).toHaveLength(2);
    const fresh = deployed({ ...NEW, generation: '30to730' });
    expect(after).toEqual({ ...before, ...fresh });
  });

  test('can include several previous vaults', () => {
    const longest = { minRetention: days(30), maxRetention: days(3650) };
    const vaults = deployed({ ...longest, generation: '30to3650', previousGenerations: [OLD, NEW] });
    expect(vaults).toEqual({ ...deployed(OLD), ...deployed(NEW), ...deployed(longest) });
  });

  test('can change to another customer-managed key or to an AWS-owned key', () => {
    const stack = testStack();
    const [a, b] = [new Key(stack, 'A'), new Key(stack, 'B')];
    vaultIn(stack, { ...OLD, encryptionKey: b, previousGenerations: [{ ...OLD, encryptionKey: a }, OLD] });
    const vaults = Object.values(Template.fromStack(stack).findResources(VAULT)).map(
      ({ Properties }) => Properties,
    );
    expect(vaults.map(({ EncryptionKeyArn }) => EncryptionKeyArn?.['Fn::GetAtt'][0].charAt(0))).toEqual([
      'B',
      'A',
      undefined,
    ]);
    expect(new Set(vaults.map(({ BackupVaultName }) => BackupVaultName)).size).toBe(3);
  });

  test('share the access policy, topic, resource share and approval team', () => {
    const stack = testStack();
    const vault = vaultIn(stack, {
      ...NEW,
      previousGenerations: [OLD],
      copyFrom: [CopySource.account('444455556666')],
      notifications: { topic: new Topic(stack, 'Topic') },
      mpaApprovalTeamArn: 'arn:aws:mpa:us-east-1:111122223333:approval-team/recovery-ab12',
    });
    vault.shareWith(['444455556666']);
    const template = Template.fromStack(stack);
    const resources = template.findResources(VAULT);
    const [current, previous] = Object.values(resources).map(({ Properties }) => {
      const { BackupVaultName, MinRetentionDays, MaxRetentionDays, ...rest } = Properties;
      return rest;
    });
    expect(Object.keys(current).sort()).toEqual(['AccessPolicy', 'MpaApprovalTeamArn', 'Notifications']);
    expect(previous).toEqual(current);
    template.hasResourceProperties('AWS::RAM::ResourceShare', {
      ResourceArns: Object.keys(resources).map((id) => ({ 'Fn::GetAtt': [id, 'BackupVaultArn'] })),
    });
    template.hasResource(VAULT, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});

test('references, the range and the default child belong to the current vault', () => {
  const stack = testStack();
  const vault = vaultIn(stack, { ...NEW, previousGenerations: [OLD] });
  expect([vault.minRetentionDays, vault.maxRetentionDays]).toEqual([30, 730]);
  expect(vault.node.defaultChild?.node.id).toBe('30to730');
  expect(stack.resolve(vault.backupVaultName)).toEqual({ Ref: expect.stringMatching('^Vault30to730') });
});

describe('a vault with an explicit name', () => {
  test('keeps the old vault under its own name', () => {
    const stack = testStack();
    vaultIn(stack, {
      ...NEW,
      backupVaultName: 'gap-30to730',
      generation: '30to730',
      previousGenerations: [{ ...OLD, backupVaultName: 'gap-7to365' }],
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties(VAULT, { BackupVaultName: 'gap-30to730', MinRetentionDays: 30 });
    template.hasResourceProperties(VAULT, { BackupVaultName: 'gap-7to365', MinRetentionDays: 7 });
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, Partial<AirGappedVaultGeneration>, string]>([
    [
      'without its name',
      {},
      '`previousGenerations[0].backupVaultName` must be set, since the vault has an explicit name; set the name that `7to365` is deployed with',
    ],
    [
      'under the same name',
      { backupVaultName: 'gap' },
      '`previousGenerations[0].backupVaultName` must be different from the names of the other generations, got `gap` twice; include the retention in the names, such as `vault-7to365`',
    ],
    [
      'with an invalid name',
      { backupVaultName: 'gap.7' },
      '`previousGenerations[0].backupVaultName` must be 2 to 50 characters from `a-z`, `A-Z`, `0-9`, `-` and `_`, got `gap.7`; use `gap-7`',
    ],
  ])('refuses to keep the old vault %s', (_, name, message) => {
    const previousGenerations = [{ ...OLD, ...name }];
    expect(refusal(() => vaultIn(testStack(), { ...NEW, backupVaultName: 'gap', previousGenerations }))).toBe(
      message + IN,
    );
  });
});

describe('a previous generation', () => {
  const parameter = () =>
    new CfnParameter(new Stack(testApp(), 'Other'), 'Days', { type: 'Number' }).valueAsNumber;
  test.each<[string, unknown, string]>([
    [
      'the current generation',
      [NEW],
      '`previousGenerations[0]` must be different from the current and all other generations, got `30to730` twice; remove it, or set the retention and the key that it is deployed with',
    ],
    [
      'the same twice',
      [OLD, OLD],
      '`previousGenerations[1]` must be different from the current and all other generations, got `7to365` twice; remove it, or set the retention and the key that it is deployed with',
    ],
    [
      'known only at deployment',
      [{ ...OLD, minRetention: days(parameter()) }],
      '`previousGenerations[0]` must have a retention that is known at synthesis, since it is part of the name of the vault',
    ],
    [
      'an invalid retention range',
      [{ ...OLD, minRetention: days(1) }],
      '`previousGenerations[0].minRetention` must be a whole number from 7 to 36500 days, got 1; use 7 days or more',
    ],
    [
      'with an invalid key',
      [{ ...OLD, encryptionKey: 'key' }],
      '`previousGenerations[0].encryptionKey` must be a key, got `key`; refer to an existing one with `Key.fromKeyArn`',
    ],
    ['a text', '7to365', '`previousGenerations` must be a list, each element a generation, got `7to365`'],
    ['a list of strings', ['7to365'], '`previousGenerations[0]` must be a generation, got `7to365`'],
    ['a list with a hole', [undefined], '`previousGenerations[0]` must be a generation, got nothing'],
  ])("can't be %s", (_, previousGenerations, message) => {
    const props = { ...NEW, previousGenerations: previousGenerations as never };
    expect(refusal(() => vaultIn(testStack(), props))).toBe(message + IN);
  });
});

describe('the recorded generation', () => {
  test.each<[unknown, string]>([
    ['first', '`first`'],
    ['', 'an empty string'],
    [1, '1'],
    [null, 'null'],
    ['30-730', '`30-730`'],
  ])("can't be another value: %p is refused", (generation, shown) => {
    expect(refusal(() => vaultIn(testStack(), { ...NEW, generation: generation as never }))).toBe(
      `\`generation\` must be the current settings of the vault, got ${shown}; use \`30to730\`${IN}`,
    );
  });

  test("can't contain a range that is known only at deployment", () => {
    const stack = testStack();
    const minRetention = days(new CfnParameter(stack, 'Min', { type: 'Number' }).valueAsNumber);
    const vault = vaultIn(stack, { ...NEW, minRetention });
    expect(warningsOf(vault)).toEqual([
      "Backup-AirGappedGenerationUnrecorded: `generation` can't be recorded, since the retention is known only at deployment; changing it fails there, because the name of the vault is already in use; set a retention that is known at synthesis",
    ]);
    Template.fromStack(stack).hasResourceProperties(VAULT, {
      MinRetentionDays: { Ref: 'Min' },
      BackupVaultName: Match.stringLikeRegexp('^Stack-Vault-[0-9a-f]{8}$'),
    });
  });

  test('accepts or refuses anything with a message, like previous generations', () => {
    fc.assert(
      fc.property(anything, fc.oneof(anything, fc.array(anything)), (generation, previousGenerations) => {
        try {
          vaultIn(testStack(), { ...NEW, generation, previousGenerations } as never);
        } catch (error) {
          expect(error).toBeInstanceOf(BackupError);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('generated names are stable, and differ by range, key and path', () => {
  const range = fc.tuple(fc.integer({ min: 7, max: 36500 }), fc.nat({ max: 1000 }));
  const name = ([min, more]: [number, number], id: string) => {
    const maxRetention = days(Math.min(min + more, 36500));
    const vault = new LogicallyAirGappedVault(new Stack(testApp(), 'Stack'), id, {
      minRetention: days(min),
      maxRetention,
      acknowledgeIrreversible: true,
    });
    return (vault.node.defaultChild as unknown as { backupVaultName: string }).backupVaultName;
  };
  fc.assert(
    fc.property(range, range, (one, other) => {
      expect(name(one, 'A')).toMatch(/^[a-zA-Z0-9-_]{2,50}$/);
      expect(name(one, 'A')).toBe(name(one, 'A'));
      expect(name(one, 'A')).not.toBe(name(one, 'B'));
      const same =
        one[0] === other[0] && Math.min(one[0] + one[1], 36500) === Math.min(other[0] + other[1], 36500);
      expect(name(one, 'A') === name(other, 'A')).toBe(same);
    }),
    { numRuns: 20 },
  );
});
