import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Laws that only constructs need, and why. */
const CONSTRUCTS_ONLY = {
  'about arguments that no template has': [
    'airGappedAcknowledgementProblems',
    'backupArnProblems',
    'conflictProblem',
    'optOutReasonProblems',
    'ownWindowProblems',
    'unknownDestinationNameProblem',
    'unknownDestinationProblem',
    'unusedPlanProblems',
    'vaultDeletionProblem',
  ],
  'about a policy that they render themselves': ['accessPointPolicySizeProblems'],
  'made of laws that the checks apply one by one': ['overlapProblems', 'selectionArnProblems'],
  'checked against the schema of CloudFormation': ['descriptionProblems'],
};

const CONSTRUCTS = ['resources', 'patterns', 'organization', 'restore', 'monitoring'];
const CHECKS = ['checks', 'viability', 'inventory', 'preflight', 'coverage', 'policy', 'values'];

const wordsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').match(/\b\w+Problems?\b/g) ?? []);

test('every law about values of a template is applied to templates', () => {
  const laws = new Set(
    readdirSync('src/values', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [
        ...readFileSync(join('src/values', file), 'utf8').matchAll(/^export function (\w+Problems?)\b/gm),
      ])
      .map(([, name]) => name),
  );
  const thrown = new Set(CONSTRUCTS.flatMap((layer) => wordsIn(`src/${layer}`)));
  const counts = new Map<string, number>();
  for (const word of CHECKS.flatMap((layer) => wordsIn(`src/${layer}`)))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  // one mention is its own declaration
  const unchecked = [...laws].filter((law) => thrown.has(law) && (counts.get(law) ?? 0) < 2);
  expect(unchecked.sort()).toEqual(Object.values(CONSTRUCTS_ONLY).flat().sort());
});
