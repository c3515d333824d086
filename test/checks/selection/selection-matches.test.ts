import { selectionMatchChecks } from '../../../src/checks/selection/selection-matches';
import { choice, condition, plan, resource, selection, stack, tags } from '../../support/backups';
import { findings, findingsIn, PARAMETERS, UNKNOWN } from '../../support/findings';

const tagged = { ListOfTags: [choice('backup', 'gold')] };
const NOTHING =
  'note Backup-SelectsNothing at Resources/S/Properties/BackupSelection: selection `some` selects nothing in this app; compare its tags and ARNs with those of the resources, letter by letter';

function told(body: Record<string, unknown>, resources: object = {}) {
  return findings(
    selectionMatchChecks,
    { Plan: plan('gold'), S: selection(body), ...resources },
    undefined,
    PARAMETERS,
  );
}

describe('a selection that selects nothing in the app', () => {
  const bucket = { B: resource('S3::Bucket', { Tags: tags({ backup: 'silver' }) }) };

  test('is told', () => {
    expect(told(tagged, bucket)).toEqual([NOTHING]);
    expect(told({ Resources: ['arn:aws:s3:::orders'] }, bucket)).toEqual([NOTHING]);
  });

  test('is not told where it selects something, or perhaps does', () => {
    expect(told({ ListOfTags: [choice('backup', 'silver')] }, bucket)).toEqual([]);
    expect(told(tagged, { B: resource('S3::Bucket', { Tags: tags({ backup: UNKNOWN }) }) })).toEqual([]);
    expect(told({ ListOfTags: { 'Fn::GetAZs': '' } }, bucket)).toEqual([]);
    expect(told({ Resources: [{ Ref: 'AWS::StackId' }] }, bucket)).toEqual([]);
  });

  test('is not told where the app has nothing in its account and Region', () => {
    expect(told(tagged)).toEqual([]);
    const here = stack('Backup', { Plan: plan('gold'), S: selection(tagged) });
    const there = stack('Data', bucket, { region: 'eu-west-1' });
    expect(findingsIn(selectionMatchChecks, [here, there])).toEqual([]);
  });

  test('is not told of one that AWS refuses anyway', () => {
    expect(told({}, bucket)).toEqual([]);
  });
});

describe('a tag that differs in case', () => {
  const bucket = (pairs: Record<string, unknown>) => ({ B: resource('S3::Bucket', { Tags: tags(pairs) }) });
  const CASE = (key: string, value: string) =>
    `warning Backup-TagCase at Resources/B: the tag \`${key}\` with \`${value}\` is not \`backup\` with \`gold\`, which selection \`some\` asks for; write \`backup\` with \`gold\``;

  test('is told at the resource that is left out', () => {
    expect(told(tagged, bucket({ Backup: 'gold' }))).toEqual([NOTHING, CASE('Backup', 'gold')]);
    expect(told(tagged, bucket({ backup: 'Gold' }))).toEqual([NOTHING, CASE('backup', 'Gold')]);
    const conditions = { Resources: ['*'], Conditions: condition('StringEquals', 'backup', 'gold') };
    expect(told(conditions, bucket({ BACKUP: 'GOLD' }))).toEqual([NOTHING, CASE('BACKUP', 'GOLD')]);
  });

  test('is not told where the resource is protected, or another selection asks for just that', () => {
    expect(told(tagged, bucket({ backup: 'gold', Backup: 'gold' }))).toEqual([]);
    const both = { ListOfTags: [choice('backup', 'gold'), choice('backup', 'Gold')] };
    expect(told(both, bucket({ backup: 'Gold' }))).toEqual([]);
  });
});
