import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { answer } from '../../../src/handler/core/answer';
import { planS3Settings } from '../../../src/handler/plan/plan-s3-settings';
import { approvalTeam } from '../../../src/handler/vault/approval-team';
import { legalHold } from '../../../src/handler/vault/legal-hold';
import { vaultContents } from '../../../src/handler/vault/vault-contents';
import { DeletionDenial } from '../../../src/resources/vault/deletion-denial';
import { FakeHolds, FakePlan, FakeTeamVault } from '../support/fake-approvals';
import { FakeContents } from '../support/fake-vault';
import { FakeParameters, Faults } from '../support/fakes';
import { answered, request } from '../support/requests';
import { VirtualRuntime } from '../support/virtual-runtime';
import { Clock, randomOf } from './clock';
import { CloudFormation } from './cloud-formation';
import type { Family } from './family';
import { FLAG_FAMILIES } from './flag-families';
import { FOUND } from './found-histories';
import { type Move, playHistory } from './history';
import type { Course } from './stack';
import { TEAM } from './team-family';
import { VAULT_CONTENTS } from './vault-contents-family';
import { policyOf, SettingsScene, statement, VAULT_SETTINGS } from './vault-settings-family';

/** Histories that did harm. Resources 1 and 2 are one construct under two names; 3 deletes the stack. */
const HISTORIES: readonly (readonly [string, Family, readonly Move[]])[] = [
  [
    '1: renaming VaultContents deletes no recovery point of a vault that stays',
    VAULT_CONTENTS,
    [
      { stack: 0, resource: 1, choice: 0 },
      { stack: 0, resource: 2, choice: 0 },
    ],
  ],
  [
    '2: renaming BackupVaultSettings keeps lock and policy',
    VAULT_SETTINGS,
    [
      { stack: 0, resource: 1, choice: 1 },
      { stack: 0, resource: 2, choice: 1 },
    ],
  ],
  [
    '2: what a second stack wants too stays when the first is deleted',
    VAULT_SETTINGS,
    [
      { stack: 0, resource: 1, choice: 1 },
      { stack: 1, resource: 1, choice: 1 },
      { stack: 0, resource: 3, choice: 0 },
    ],
  ],
  [
    '2: two stacks with different policies leave neither behind',
    VAULT_SETTINGS,
    [
      { stack: 0, resource: 1, choice: 2 },
      { stack: 1, resource: 1, choice: 3 },
      { stack: 0, resource: 3, choice: 0 },
      { stack: 1, resource: 3, choice: 0 },
    ],
  ],
  [
    '3: a vault that is kept when it is replaced keeps its recovery points',
    VAULT_CONTENTS,
    [
      { stack: 0, resource: 1, choice: 4 },
      { stack: 0, resource: 3, choice: 0 },
    ],
  ],
  [
    '3: another name of the vault deletes nothing in the old one',
    VAULT_CONTENTS,
    [
      { stack: 0, resource: 1, choice: 0 },
      { stack: 0, resource: 1, choice: 1 },
    ],
  ],
  [
    '3: a rollback deletes nothing',
    VAULT_CONTENTS,
    [
      { stack: 0, resource: 1, choice: 0 },
      { stack: 0, resource: 2, choice: 1, failsLater: true, skips: true },
    ],
  ],
  [
    '4: a lock that somebody strengthened stays, whatever is updated',
    VAULT_SETTINGS,
    [
      { stack: 0, resource: 1, choice: 0 },
      { stack: 0, resource: 1, choice: 7, byHand: 0 },
    ],
  ],
  [
    '4: a denial that somebody added stays',
    VAULT_SETTINGS,
    [
      { stack: 0, resource: 1, choice: 1 },
      { stack: 0, resource: 1, choice: 2, byHand: 1 },
    ],
  ],
  [
    '5: nothing is written after a failure was reported',
    VAULT_SETTINGS,
    [{ stack: 0, resource: 1, choice: 3, mishaps: [{ latency: 19_000 }] }],
  ],
  [
    '6: a deletion beside a creation keeps what the new one wants',
    FLAG_FAMILIES[0],
    [
      { stack: 0, resource: 1, choice: 0 },
      { stack: 0, resource: 3, choice: 0 },
      { stack: 1, resource: 1, choice: 0, isConcurrent: true },
    ],
  ],
  [
    '6: two deletions at once leave neither a setting nor a claim',
    FLAG_FAMILIES[0],
    [
      { stack: 0, resource: 1, choice: 1 },
      { stack: 1, resource: 1, choice: 1 },
      { stack: 0, resource: 3, choice: 0 },
      { stack: 1, resource: 3, choice: 0, isConcurrent: true },
    ],
  ],
  // a function stopped right after its request, so its claim names no session, and handed it over when it was renamed
  ...[8, 9, 10, 11, 12, 13].map((killedAt): [string, Family, Move[]] => [
    `an approval that waits is not taken for one long decided when a name changes (stopped at call ${killedAt})`,
    TEAM,
    [
      { stack: 0, resource: 1, choice: 5, mishaps: [{ killedAt }] },
      { stack: 0, resource: 2, choice: 4, byHand: 1 },
    ],
  ]),
];

describe('a history that did harm', () => {
  test.each(HISTORIES)('%s', async (_, family, moves) => {
    // several beginnings: what is there before, and how late AWS shows it
    for (let seed = 1; seed <= 10; seed++) expect(await playHistory(family, moves, seed)).toEqual([]);
  });

  test.each(FOUND)('%s', async (_, family, moves, seed) => {
    expect(await playHistory(family, moves, seed)).toEqual([]);
  });

  test('3: a deletion that is delivered late empties no vault of a newer stack of the same name', async () => {
    const vault = new FakeContents(new Faults()).fill('arn:1');
    vault.tags.tag = 'newer-Thing';
    const operation = vaultContents(vault.contentsClient, vault.stackClient);
    await answered(
      operation,
      request('Delete', { vaultName: 'gold', tag: 'tag' }, { PhysicalResourceId: 'gold' }),
    );
    expect(vault.points.get('arn:1')).toEqual({ status: 'COMPLETED' });
  });

  test('8: 40,000 recovery points go page by page', async () => {
    const runtime = new VirtualRuntime();
    const vault = new FakeContents(new Faults(), runtime.now);
    vault.fill(...Array.from({ length: 40_000 }, (_, index) => `arn:${index}`));
    vault.points.set('arn:nested', { status: 'COMPLETED', parent: 'arn:0' });
    const properties = {
      vaultName: 'gold',
      tag: 'tag',
      vaultLogicalId: 'Vault',
      deletionPolicy: 'Delete',
      updateReplacePolicy: 'Delete',
    };
    const event = request('Delete', properties, { PhysicalResourceId: 'gold' });
    const operation = vaultContents(vault.contentsClient, vault.stackClient);
    expect(await answered(operation, event, runtime, 900_000)).toMatchObject({ Status: 'SUCCESS' });
    expect(vault.largestPage).toBeLessThanOrEqual(200);
  });

  test('9: a note of which a part is missing blocks nothing', async () => {
    for (let killedAt = 0; killedAt < 40; killedAt++) {
      const course: Course = { mishaps: [{ killedAt }], failsLater: true };
      const clock = new Clock();
      const long = JSON.stringify({ ...policyOf(statement('Before')), Id: 'ü'.repeat(4_000) });
      const scene = new SettingsScene(clock, randomOf(1), { policy: long });
      const cloudFormation = new CloudFormation(
        clock,
        (invocation) => scene.operationFor(invocation),
        randomOf(killedAt),
      );
      const stack = cloudFormation.stack('one');
      const play = async () => {
        await cloudFormation.deploy(stack, { A: { properties: scene.propertiesOf(1) } });
        await cloudFormation.deploy(stack, { A: { properties: scene.propertiesOf(2) } }, course);
        return cloudFormation.destroy(stack);
      };
      expect({ killedAt, isGone: await clock.until(play()), policy: scene.policy.value === long }).toEqual({
        killedAt,
        isGone: true,
        policy: true,
      });
    }
  });

  test.each<[string, (arn: string) => DeletionDenial, boolean]>([
    [
      'exempts nobody stays after its resource is deleted, and the log says so',
      () => DeletionDenial.forEveryone(),
      true,
    ],
    [
      'exempts a role is removed with its resource',
      (roleArn) => DeletionDenial.exceptFor({ roleRef: { roleArn, roleName: 'a' } } as never),
      false,
    ],
  ])('10: a denial that %s', async (_, denialFor, stays) => {
    const clock = new Clock();
    const scene = new SettingsScene(clock, randomOf(1), {});
    const cloudFormation = new CloudFormation(clock, (invocation) => scene.operationFor(invocation));
    const stack = cloudFormation.stack('one');
    const document = new PolicyDocument();
    document.addStatements(...denialFor('arn:aws:iam::111122223333:role/a')._statements());
    const properties = { vaultName: 'gold', accessPolicy: document.toJSON() };
    await clock.until(cloudFormation.deploy(stack, { A: { properties } }));
    expect(await clock.until(cloudFormation.destroy(stack))).toBe(true);
    expect(scene.policy.value !== undefined).toBe(stays);
    expect(scene.parameters.values.size).toBe(0);
    expect(
      cloudFormation.lines.some((line) =>
        line.endsWith('its access policy denies everyone permission to change or delete it'),
      ),
    ).toBe(stays);
  });

  test('12: an option that an update leaves out gets its old value', async () => {
    const plan = new FakePlan();
    const operation = planS3Settings(plan.client, new FakeParameters());
    const tell = (type: string, options: object, OldResourceProperties?: object) =>
      answered(
        operation,
        request(
          type,
          { planId: 'p', options, claimed: 'true' },
          { PhysicalResourceId: 'p', OldResourceProperties },
        ),
      );
    const both = { BackupACLs: 'disabled', BackupObjectTags: 'disabled' };
    await tell('Create', both);
    await tell('Update', { BackupACLs: 'disabled' }, { planId: 'p', options: both, claimed: 'true' });
    expect(JSON.stringify(plan.plan)).not.toContain('BackupObjectTags');
  });

  test('13: an update that changes nothing about a hold makes none, and a foreign hold stays', async () => {
    const holds = new FakeHolds();
    const operation = legalHold(holds.client);
    const hold = { title: 'a', description: 'b', vaultNames: ['gold'] };
    await answered(operation, request('Create', hold));
    const update = {
      PhysicalResourceId: 'legal-hold:hold-1',
      RequestId: 'request-2',
      OldResourceProperties: hold,
    };
    await answered(operation, request('Update', { ...hold, ServiceTimeout: '901' }, update));
    expect([...holds.active]).toEqual(['hold-1']);
    holds.active.add('foreign');
    await answered(operation, request('Delete', hold, { PhysicalResourceId: 'legal-hold:foreign' }));
    expect([...holds.active]).toContain('foreign');
  });

  test('14: a second team is not lost while the first is pending, and a rollback leaves no team', async () => {
    const vault = new FakeTeamVault();
    vault.agrees = false;
    const operation = approvalTeam(vault.teamClient, new FakeParameters());
    const tell = (type: string, teamArn: string) =>
      answered(
        operation,
        request(type, { vaultName: 'gold', teamArn, claimed: 'true' }, { PhysicalResourceId: 'gold' }),
      );
    expect(await tell('Create', 'arn:a')).toMatchObject({ Data: { Status: 'PENDING' } });
    expect(await tell('Update', 'arn:b')).toMatchObject({ Status: 'FAILED' });
    expect(await tell('Delete', 'arn:a')).toMatchObject({ Status: 'FAILED' });
    vault.decide(false);
    expect(await tell('Delete', 'arn:a')).toMatchObject({ Status: 'SUCCESS' });
    expect(vault.team).toBeUndefined();
  });

  test('16: an answer in any language fits into 4,096 bytes', async () => {
    const runtime = new VirtualRuntime();
    const text = '漢'.repeat(5_000);
    const operation = {
      apply: async () => Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`A${index}`, text])),
      remove: async () => ({}),
    };
    const context = { getRemainingTimeInMillis: () => 60_000 };
    await runtime.until(answer(request('Create', {}), context, { 'Custom::Thing': operation }, runtime));
    expect(Buffer.byteLength(JSON.stringify(runtime.sent[0].body))).toBeLessThanOrEqual(4_096);
  });

  test.each(['claim', 'note'])(
    '17: a forged %s does not choose the policy that a deletion restores',
    async (kind) => {
      const clock = new Clock();
      const scene = new SettingsScene(clock, randomOf(1), {});
      const cloudFormation = new CloudFormation(clock, (invocation) => scene.operationFor(invocation));
      const stack = cloudFormation.stack('one');
      await clock.until(cloudFormation.deploy(stack, { A: { properties: scene.propertiesOf(2) } }));
      const evil = JSON.stringify(policyOf(statement('Evil', 'Allow')));
      for (const name of [...scene.parameters.values.keys()]) scene.parameters.values.delete(name);
      const folder = '/cdk-backup-constructs/vault-settings/one-A/gold';
      const claim = { wants: { accessPolicy: scene.policy.value }, undo: { accessPolicy: evil } };
      const note = Buffer.from(JSON.stringify({ before: evil, after: scene.policy.value })).toString(
        'base64',
      );
      scene.parameters.values.set(`${folder}/accessPolicy/0`, `1:${note}`);
      if (kind === 'claim') scene.parameters.values.set(folder, JSON.stringify(claim));
      await clock.until(cloudFormation.destroy(stack));
      expect(scene.policy.value ?? '').not.toContain('Evil');
    },
  );

  test('18: a rule that somebody adds between reading and writing stays', async () => {
    const plan = new FakePlan();
    plan.meanwhile = () =>
      plan.change({ ...plan.plan, Rules: [...(plan.plan.Rules as object[]), { RuleName: 'new' }] });
    const operation = planS3Settings(plan.client, new FakeParameters());
    await answered(operation, request('Create', { planId: 'p', options: { BackupACLs: 'disabled' } }));
    expect(JSON.stringify(plan.plan)).toContain('"new"');
    expect(JSON.stringify(plan.plan)).toContain('BackupACLs');
  });
});
