import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import * as fc from 'fast-check';
import type { PreviousGeneration } from '../../../src/resources/air-gapped-vault/air-gapped-generation';
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
const OLD: PreviousGeneration = { minRetention: days(7), maxRetention: days(365) };
const NEW: PreviousGeneration = { minRetention: days(30), maxRetention: days(730) };
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
  jest.spyOn(console, 'error').mockImplementation(); // warnings, told at synthesis
});

describe('the life of a vault', () => {
  test('begins with a warning that says how to record it', () => {
    expect(warningsOf(vaultIn(testStack(), OLD))).toEqual([
      "Backup-AirGappedGeneration: `generation` doesn't record what is deployed: a later change of the retention or the key, which makes a new vault and leaves this one out of the stack, can't be told before; add `generation: '7to365'`",
    ]);
    expect(warningsOf(vaultIn(testStack(), { ...OLD, generation: '7to365' }))).toEqual([]);
  });

  const FIXED =
    "CloudFormation can't change the retention or the key of a logically air-gapped vault, so this makes a new one";
  test('refuses another retention, and says how it is meant', () => {
    expect(refusal(() => vaultIn(testStack(), { ...NEW, generation: '7to365' }))).toBe(
      `\`generation\` records that \`7to365\` is deployed, got \`30to730\`: ${FIXED}; keep the old one with \`previousGenerations: [{ minRetention: Duration.days(7), maxRetention: Duration.days(365) }]\`, and record it with \`generation: '30to730'\`${IN}`,
    );
  });

  test('refuses another key, and says how it is meant', () => {
    const stack = testStack();
    const generation = '7to365-key1a2b3c';
    expect(refusal(() => vaultIn(stack, { ...OLD, generation }))).toBe(
      `\`generation\` records that \`${generation}\` is deployed, got \`7to365\`: ${FIXED}; keep the old one with \`previousGenerations: [{ minRetention: Duration.days(7), maxRetention: Duration.days(365), encryptionKey }]\`, and record it with \`generation: '7to365'\`${IN}`,
    );
  });

  test('asks for the record where the old one is kept already', () => {
    expect(
      refusal(() => vaultIn(testStack(), { ...NEW, generation: '7to365', previousGenerations: [OLD] })),
    ).toBe(
      `\`generation\` records that \`7to365\` is deployed, got \`30to730\`: ${FIXED}; record it with \`generation: '30to730'\`${IN}`,
    );
  });

  test('goes on with a new vault, and the old one stays as it was', () => {
    const before = deployed({ ...OLD, generation: '7to365' });
    const after = deployed({ ...NEW, generation: '30to730', previousGenerations: [OLD] });
    const [[oldId, old]] = Object.entries(before);
    expect(after[oldId]).toEqual(old);
    expect(Object.keys(after)).toHaveLength(2);
    const fresh = deployed({ ...NEW, generation: '30to730' });
    expect(after).toEqual({ ...before, ...fresh });
  });

  test('goes on through several vaults', () => {
    const longest = { minRetention: days(30), maxRetention: days(3650) };
    const vaults = deployed({ ...longest, generation: '30to3650', previousGenerations: [OLD, NEW] });
    expect(vaults).toEqual({ ...deployed(OLD), ...deployed(NEW), ...deployed(longest) });
  });

  test('goes on with another key of yours, or with one of AWS', () => {
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

  test('has one access policy, topic, share and team for all its vaults', () => {
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

test('references, the range and the default child are those of the current vault', () => {
  const stack = testStack();
  const vault = vaultIn(stack, { ...NEW, previousGenerations: [OLD] });
  expect([vault.minRetentionDays, vault.maxRetentionDays]).toEqual([30, 730]);
  expect(vault.node.defaultChild?.node.id).toBe('30to730');
  expect(stack.resolve(vault.backupVaultName)).toEqual({ Ref: expect.stringMatching('^Vault30to730') });
});

describe('a vault with a name that is said', () => {
  test('keeps the old one under its name', () => {
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

  test.each<[string, Partial<PreviousGeneration>, string]>([
    [
      'without its name',
      {},
      "`previousGenerations[0].backupVaultName` must be said, since the vault has a name that isn't generated; write the name under which `7to365` is deployed",
    ],
    [
      'under the same name',
      { backupVaultName: 'gap' },
      '`previousGenerations[0].backupVaultName` must be another name than those of the other generations, got `gap` twice; put the retention into the names, such as `vault-7to365`',
    ],
    [
      'under what is no name',
      { backupVaultName: 'gap.7' },
      '`previousGenerations[0].backupVaultName` must be 2 to 50 characters of `a-z`, `A-Z`, `0-9`, `-` and `_`, got `gap.7`; use `gap-7`',
    ],
  ])('never keeps the old one %s', (_, name, message) => {
    const previousGenerations = [{ ...OLD, ...name }];
    expect(refusal(() => vaultIn(testStack(), { ...NEW, backupVaultName: 'gap', previousGenerations }))).toBe(
      message + IN,
    );
  });
});

describe('what the vault was', () => {
  const parameter = () =>
    new CfnParameter(new Stack(testApp(), 'Other'), 'Days', { type: 'Number' }).valueAsNumber;
  test.each<[string, unknown, string]>([
    [
      'what it is',
      [NEW],
      '`previousGenerations[0]` must be another generation than the vault is and than those before it, got `30to730` twice; leave it out, or say the retention and the key that it has',
    ],
    [
      'the same twice',
      [OLD, OLD],
      '`previousGenerations[1]` must be another generation than the vault is and than those before it, got `7to365` twice; leave it out, or say the retention and the key that it has',
    ],
    [
      'known at deployment only',
      [{ ...OLD, minRetention: days(parameter()) }],
      '`previousGenerations[0]` must have a retention that is known at synthesis, since it stands in the name of the vault',
    ],
    [
      'what no vault is',
      [{ ...OLD, minRetention: days(1) }],
      '`previousGenerations[0].minRetention` must be a whole number from 7 to 36500 days, got 1; use 7 days or more',
    ],
    [
      'under what is no key',
      [{ ...OLD, encryptionKey: 'key' }],
      '`previousGenerations[0].encryptionKey` must be a key, got `key`; refer to an existing one with `Key.fromKeyArn`',
    ],
    ['a text', '7to365', '`previousGenerations` must be a list, each element a generation, got `7to365`'],
    ['a list of texts', ['7to365'], '`previousGenerations[0]` must be a generation, got `7to365`'],
    ['a list with a hole', [undefined], '`previousGenerations[0]` must be a generation, got undefined'],
  ])('is never %s', (_, previousGenerations, message) => {
    const props = { ...NEW, previousGenerations: previousGenerations as never };
    expect(refusal(() => vaultIn(testStack(), props))).toBe(message + IN);
  });
});

describe('the record', () => {
  test.each<[unknown, string]>([
    ['first', '`first`'],
    ['', 'an empty string'],
    [1, '1'],
    [null, 'null'],
    ['30-730', '`30-730`'],
  ])('is no other text: %p is refused', (generation, shown) => {
    expect(refusal(() => vaultIn(testStack(), { ...NEW, generation: generation as never }))).toBe(
      `\`generation\` must be what the vault is, got ${shown}; write \`30to730\`${IN}`,
    );
  });

  test("can't be of a range that is known at deployment only", () => {
    const stack = testStack();
    const minRetention = days(new CfnParameter(stack, 'Min', { type: 'Number' }).valueAsNumber);
    const vault = vaultIn(stack, { ...NEW, minRetention });
    expect(warningsOf(vault)).toEqual([
      "Backup-AirGappedGeneration: `generation` can't be recorded, since the retention is known at deployment only: a changed one fails there, as the name of the vault is taken; say the retention as a number",
    ]);
    Template.fromStack(stack).hasResourceProperties(VAULT, {
      MinRetentionDays: { Ref: 'Min' },
      BackupVaultName: Match.stringLikeRegexp('^Stack-Vault-[0-9a-f]{8}$'),
    });
  });

  test('is judged whatever it is, and so is what was', () => {
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

test('generated names differ for every range, key and place, and are the same at every synthesis', () => {
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
