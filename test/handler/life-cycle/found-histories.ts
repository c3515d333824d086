import type { Family } from './family';
import type { Move } from './history';
import { PLAN } from './plan-family';
import { TEAM } from './team-family';
import { VAULT_CONTENTS } from './vault-contents-family';
import { VAULT_SETTINGS } from './vault-settings-family';

/** Random histories that once did harm, with the seed of what AWS and people do in them. */
export const FOUND: readonly (readonly [string, Family, readonly Move[], number])[] = [
  [
    'a compliance lock that is final stays in a rollback to a governance lock of the same days',
    VAULT_SETTINGS,
    [
      {
        stack: 1,
        resource: 1,
        choice: 6,
        skips: true,
        mishaps: [{ killedAt: 23 }, { throttledAt: [11, 10, 7] }],
        isConcurrent: true,
        byHand: 1,
      },
      { stack: 0, resource: 1, choice: 4, mishaps: [{ again: 1 }, {}], byHand: 1 },
      { stack: 0, resource: 0, choice: 5, skips: true, isConcurrent: true, byHand: 3 },
      {
        stack: 1,
        resource: 2,
        choice: 7,
        skips: true,
        mishaps: [{}, { again: 5000 }, { lostAt: [12, 1] }],
        byHand: 4,
      },
      {
        stack: 1,
        resource: 2,
        choice: 6,
        failsLater: true,
        mishaps: [{ killedAt: 6 }, { throttledAt: [13, 9] }, { lostAt: [6, 11] }],
        byHand: 5,
      },
    ],
    1937127976,
  ],
  [
    'a rollback succeeds although another stack deleted the vault meanwhile',
    VAULT_CONTENTS,
    [
      { stack: 1, resource: 2, choice: 0, byHand: 5 },
      { stack: 1, resource: 1, choice: 5, skips: true, mishaps: [{ latency: 3000 }, {}] },
      { stack: 0, resource: 1, choice: 2, mishaps: [{}] },
      { stack: 1, resource: 3, choice: 6, failsLater: true, skips: true, mishaps: [{}], byHand: 5 },
      {
        stack: 0,
        resource: 1,
        choice: 1,
        mishaps: [{}, { throttledAt: [9] }, {}],
        isConcurrent: true,
        byHand: 1,
      },
    ],
    2066552787,
  ],
  [
    'a change of the team that a failure reported, and that CloudFormation forgot, waits for people',
    TEAM,
    [
      { stack: 1, resource: 1, choice: 5, skips: true, mishaps: [{}, {}, { throttledAt: [] }], byHand: 5 },
      {
        stack: 1,
        resource: 2,
        choice: 2,
        failsLater: true,
        mishaps: [{ lostAt: [] }, { again: 3000000 }],
        byHand: 2,
      },
      { stack: 1, resource: 1, choice: 7, mishaps: [{}, { killedAt: 5 }] },
      { stack: 0, resource: 0, choice: 4, failsLater: true, byHand: 5 },
      {
        stack: 1,
        resource: 0,
        choice: 2,
        failsLater: true,
        mishaps: [{ killedAt: 9 }, { killedAt: 10 }],
        byHand: 3,
      },
    ],
    729879954,
  ],
  [
    'an option is undone although the rollback that wrote its claim stopped before it changed the plan',
    PLAN,
    [
      {
        stack: 1,
        resource: 2,
        choice: 5,
        mishaps: [{}, { throttledAt: [15, 18] }],
        isConcurrent: true,
        byHand: 2,
      },
      {
        stack: 0,
        resource: 2,
        choice: 6,
        failsLater: true,
        skips: true,
        mishaps: [{ latency: 19000 }],
        isConcurrent: true,
        byHand: 0,
      },
      { stack: 0, resource: 1, choice: 4, skips: true, mishaps: [{ lostAt: [] }, { lostAt: [] }], byHand: 2 },
      {
        stack: 1,
        resource: 0,
        choice: 2,
        mishaps: [{ again: 1 }, { again: 3000000 }, { killedAt: 21 }],
        byHand: 5,
      },
      {
        stack: 0,
        resource: 1,
        choice: 7,
        failsLater: true,
        skips: true,
        mishaps: [{ delay: 600000 }, { latency: 19000 }, {}],
        byHand: 1,
      },
    ],
    448326274,
  ],
  [
    'an update that fails since the vault is gone is rolled back',
    VAULT_CONTENTS,
    [
      { stack: 0, resource: 1, choice: 3, mishaps: [{ throttledAt: [5, 13, 13] }] },
      { stack: 1, resource: 1, choice: 1, skips: true, mishaps: [{ latency: 19000 }], byHand: 4 },
      {
        stack: 1,
        resource: 2,
        choice: 6,
        failsLater: true,
        mishaps: [{ killedAt: 13 }, { again: 1 }],
        isConcurrent: true,
        byHand: 5,
      },
      { stack: 0, resource: 0, choice: 7, byHand: 2 },
      { stack: 1, resource: 1, choice: 6, mishaps: [{ delay: 1000000 }, { delay: 1000000 }], byHand: 2 },
    ],
    1030411920,
  ],
  [
    'a trigger changes nothing where a final compliance lock protects enough',
    VAULT_SETTINGS,
    [
      { stack: 1, resource: 1, choice: 6, mishaps: [{}, {}], isConcurrent: true, byHand: 3 },
      { stack: 1, resource: 2, choice: 0, byHand: 4 },
      {
        stack: 1,
        resource: 2,
        choice: 7,
        mishaps: [{ killedAt: 26 }, { delay: 1000000 }],
        isConcurrent: true,
        byHand: 2,
      },
      { stack: 1, resource: 3, choice: 7, byHand: 3 },
    ],
    1977074804,
  ],
];
