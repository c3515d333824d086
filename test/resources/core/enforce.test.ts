import { Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { enforce, synthesisErrors } from '../../../src/resources/core/enforce';
import { problem } from '../../../src/values/core/problem';
import { FINDINGS, type FindingId } from '../../../src/values/findings/registry';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { infosOf, warningsOf } from '../../support/warnings';

const ERROR = problem({
  id: 'Backup-RetentionRange',
  property: 'a',
  message: '`a` is wrong',
  fix: 'correct it',
});
const WARNING = problem({ id: 'Backup-ShortRetention', property: 'b', message: '`b` is risky' });
const WARNING_TEXT = 'Backup-ShortRetention: `b` is risky';
const NOTE_ID = Object.keys(FINDINGS).find(
  (id) => FINDINGS[id as FindingId].severity === 'note',
) as FindingId;
const NOTE = problem({ id: NOTE_ID, property: 'c', message: '`c` has no effect' });
const NOTE_TEXT = `${NOTE_ID}: \`c\` has no effect`;

let stack: Stack;
let construct: Construct;
const synthesize = () => Template.fromStack(stack);

beforeEach(() => {
  for (const method of ['error', 'info'] as const) jest.spyOn(console, method).mockImplementation();
  stack = new Stack(testApp(), 'Stack');
  construct = new Construct(stack, 'Construct');
});

test('no problems add no annotations', () => {
  enforce(construct, []);
  synthesize();
  expect([...warningsOf(construct), ...infosOf(construct)]).toEqual([]);
});

test('errors are thrown with the path of the construct; other problems are not added then', () => {
  expect(refusal(() => enforce(construct, [WARNING, NOTE, ERROR]))).toBe(
    '`a` is wrong; correct it (in `Stack/Construct`)',
  );
  expect(warningsOf(construct)).toEqual([]);
});

test('a warning has the id of its problem and is added once', () => {
  enforce(construct, [WARNING, WARNING]);
  enforce(construct, [WARNING]);
  expect(warningsOf(construct)).toEqual([WARNING_TEXT]);
});

test('a note becomes an info at synthesis and is added once', () => {
  enforce(construct, [NOTE, NOTE]);
  enforce(construct, [NOTE]);
  synthesize();
  expect(warningsOf(construct)).toEqual([]);
  expect(infosOf(construct)).toEqual([NOTE_TEXT]);
});

describe.each<[string, () => Construct]>([
  ['on the construct', () => construct],
  ['on its stack', () => stack],
])('acknowledging an id %s', (_, scope) => {
  const acknowledge = (id: string) => Validations.of(scope()).acknowledge({ id, reason: 'settled' });

  test.each(['before', 'after'])('removes a warning, also when acknowledged %s it is added', (when) => {
    if (when === 'before') acknowledge(WARNING.id);
    enforce(construct, [WARNING]);
    if (when === 'after') acknowledge(WARNING.id);
    expect(warningsOf(construct)).toEqual([]);
  });

  test.each(['before', 'after'])('removes a note, also when acknowledged %s it is added', (when) => {
    if (when === 'before') acknowledge(NOTE.id);
    enforce(construct, [NOTE]);
    if (when === 'after') acknowledge(NOTE.id);
    synthesize();
    expect(infosOf(construct)).toEqual([]);
  });

  test('removes warnings and notes found at synthesis', () => {
    construct.node.addValidation({ validate: () => synthesisErrors(construct, [WARNING, NOTE]) });
    acknowledge(WARNING.id);
    acknowledge(NOTE.id);
    synthesize();
    expect([...warningsOf(construct), ...infosOf(construct)]).toEqual([]);
  });
});

test('an error found at synthesis stops it; warnings and notes are added once', () => {
  construct.node.addValidation({ validate: () => synthesisErrors(construct, [ERROR, WARNING, NOTE]) });
  expect(synthesize).toThrow('[Stack/Construct] `a` is wrong; correct it');
  expect(synthesize).toThrow('[Stack/Construct] `a` is wrong; correct it');
  expect(warningsOf(construct)).toEqual([WARNING_TEXT]);
  expect(infosOf(construct)).toEqual([NOTE_TEXT]);
});
