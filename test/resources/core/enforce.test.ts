import { Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { lateErrors, report, warn } from '../../../src/resources/core/enforce';
import type { Problem } from '../../../src/values/core/problem';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { warningsOf } from '../../support/warnings';

const ERROR: Problem = {
  id: 'Backup-A',
  severity: 'error',
  property: 'a',
  message: '`a` is wrong',
  fix: 'mend it',
};
const WARNING: Problem = { id: 'Backup-B', severity: 'warning', property: 'b', message: '`b` is risky' };
const SENTENCE = 'Backup-B: `b` is risky';

let construct: Construct;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // warnings, told at synthesis
  construct = new Construct(new Stack(testApp(), 'Stack'), 'Construct');
});

test('nothing wrong is nothing said', () => {
  report(construct, []);
  expect(warningsOf(construct)).toEqual([]);
});

test('errors are thrown, with the path; warnings beside them can wait', () => {
  expect(refusal(() => report(construct, [WARNING, ERROR]))).toBe(
    '`a` is wrong; mend it (in `Stack/Construct`)',
  );
  expect(warningsOf(construct)).toEqual([]);
});

test('a warning bears the id of the law, and is told once', () => {
  report(construct, [WARNING, WARNING]);
  report(construct, [WARNING]);
  expect(warningsOf(construct)).toEqual([SENTENCE]);
});

test.each<['before' | 'after']>([['before'], ['after']])(
  'it is silenced by its id, %s it is told',
  (when) => {
    const silence = () => Validations.of(construct).acknowledge({ id: WARNING.id, reason: 'settled' });
    if (when === 'before') silence();
    warn(construct, [WARNING]);
    if (when === 'after') silence();
    expect(warningsOf(construct)).toEqual([]);
  },
);

test('what is found at synthesis stops it where it is an error', () => {
  construct.node.addValidation({ validate: () => lateErrors(construct, [ERROR, WARNING]) });
  const synthesize = () => Template.fromStack(Stack.of(construct));
  expect(synthesize).toThrow('[Stack/Construct] `a` is wrong; mend it');
  expect(synthesize).toThrow('[Stack/Construct] `a` is wrong; mend it');
  expect(warningsOf(construct)).toEqual([SENTENCE]);
});
