import { selectionMatchChecks } from '../../../src/checks/selection/selection-matches';
import { choice, condition, plan, resource, selection, stack, tags } from '../../support/backups';
import { findings, findingsIn, PARAMETERS, UNKNOWN } from '../../support/findings';

const tagged = { ListOfTags: [choice('backup', 'gold')] };
const NOTHING =
  'warning Backup-SelectsNothing at Resources/S/Properties/BackupSelection: selection `some` selects nothing in this app; compare its tags with those of the resources, character by character';
const OTHERS =
  'note Backup-SelectsOthersOnly at Resources/S/Properties/BackupSelection: selection `some` selects nothing in this app; compare its ARNs with those of the resources, character by character';

function found(body: Record<string, unknown>, resources: object = {}) {
  return findings(
    selectionMatchChecks,
    { Plan: plan('gold'), S: selection(body), ...resources },
    undefined,
    PARAMETERS,
  );
}

describe('a selection that selects nothing in the app', () => {
  const bucket = { B: resource('S3::Bucket', { Tags: tags({ backup: 'silver' }) }) };

  test('is reported', () => {
    expect(found(tagged, bucket)).toEqual([NOTHING]);
    expect(found({ Resources: ['arn:aws:s3:::orders'] }, bucket)).toEqual([OTHERS]);
  });

  test('is not reported if it selects something, or perhaps does', () => {
    expect(found({ ListOfTags: [choice('backup', 'silver')] }, bucket)).toEqual([]);
    expect(found(tagged, { B: resource('S3::Bucket', { Tags: tags({ backup: UNKNOWN }) }) })).toEqual([]);
    expect(found({ ListOfTags: { 'Fn::GetAZs': '' } }, bucket)).toEqual([]);
    expect(found({ Resources: [{ Ref: 'AWS::StackId' }] }, bucket)).toEqual([]);
  });

  const group = (value: unknown, PropagateAtLaunch: unknown = true) => ({
    ...bucket,
    Group: resource('AutoScaling::AutoScalingGroup', {
      Tags: [{ Key: 'backup', Value: value, PropagateAtLaunch }],
    }),
  });
  const specified = (type: string, value: string) => [{ ResourceType: type, Tags: tags({ backup: value }) }];
  const template = (type: string, value: string) => ({
    ...bucket,
    Template: resource('EC2::LaunchTemplate', {
      LaunchTemplateData: { TagSpecifications: specified(type, value) },
    }),
  });
  const fleet = (value: string) => ({
    ...bucket,
    Fleet: resource('EC2::EC2Fleet', { TagSpecifications: specified('instance', value) }),
  });

  test.each<[string, object]>([
    ['instances of an Auto Scaling group', group('gold')],
    ['instances of an Auto Scaling group, perhaps', group(UNKNOWN)],
    ['instances of an Auto Scaling group whose tag is perhaps propagated', group('gold', UNKNOWN)],
    ['instances of a launch template', template('instance', 'gold')],
    ['volumes of a launch template', template('volume', 'gold')],
    ['instances of a fleet', fleet('gold')],
  ])('is not reported if it selects what is launched after deployment: %s', (_, resources) => {
    expect(found(tagged, resources)).toEqual([]);
  });

  test.each<[string, object]>([
    ['has another tag', group('silver')],
    ['does not propagate the tag', group('gold', false)],
    ['tags network interfaces', template('network-interface', 'gold')],
    ['is a fleet with another tag', fleet('silver')],
  ])('is reported if what launches instances %s', (_, resources) => {
    expect(found(tagged, resources)).toEqual([NOTHING]);
  });

  test('is not reported if it selects all instances, and a group launches them', () => {
    const instances = { Resources: ['arn:aws:ec2:*:*:instance/*'] };
    expect(found(instances, bucket)).toEqual([OTHERS]);
    expect(found(instances, group('silver'))).toEqual([]);
  });

  test('is not reported if the app has nothing in its account and Region', () => {
    expect(found(tagged)).toEqual([]);
    const here = stack('Backup', { Plan: plan('gold'), S: selection(tagged) });
    const there = stack('Data', bucket, { region: 'eu-west-1' });
    expect(findingsIn(selectionMatchChecks, [here, there])).toEqual([]);
  });

  test('is not reported if the app opts everything out of backups', () => {
    const optedOut = { B: resource('S3::Bucket', { Tags: tags({ 'backup:opt-out-reason': 'cache' }) }) };
    expect(found(tagged, optedOut)).toEqual([]);
  });

  test('is not reported for one that AWS refuses anyway', () => {
    expect(found({}, bucket)).toEqual([]);
  });
});

describe('a tag that differs in case', () => {
  const bucket = (pairs: Record<string, unknown>) => ({ B: resource('S3::Bucket', { Tags: tags(pairs) }) });
  const CASE = (key: string, value: string) =>
    `warning Backup-TagCase at Resources/B: the tag \`${key}\` with the value \`${value}\` differs only in case from \`backup\` with the value \`gold\`, which selection \`some\` selects by; use \`backup\` with the value \`gold\``;

  test('is reported at the resource that is omitted', () => {
    expect(found(tagged, bucket({ Backup: 'gold' }))).toEqual([NOTHING, CASE('Backup', 'gold')]);
    expect(found(tagged, bucket({ backup: 'Gold' }))).toEqual([NOTHING, CASE('backup', 'Gold')]);
    const conditions = { Resources: ['*'], Conditions: condition('StringEquals', 'backup', 'gold') };
    expect(found(conditions, bucket({ BACKUP: 'GOLD' }))).toEqual([NOTHING, CASE('BACKUP', 'GOLD')]);
  });

  test('is not reported if the resource is protected, or another selection asks for just that', () => {
    expect(found(tagged, bucket({ backup: 'gold', Backup: 'gold' }))).toEqual([]);
    const both = { ListOfTags: [choice('backup', 'gold'), choice('backup', 'Gold')] };
    expect(found(both, bucket({ backup: 'Gold' }))).toEqual([]);
  });
});

test('a tag that is almost what a selection looks for is reported at the resource', () => {
  const bucket = (value: string) => ({ B: resource('S3::Bucket', { Tags: tags({ backup: value }) }) });
  expect(found(tagged, bucket('golld'))).toEqual([
    NOTHING,
    'warning Backup-TagTypo at Resources/B: the tag `backup` with the value `golld` is almost `gold`, which selection `some` selects by; use `gold`',
  ]);
  expect(found(tagged, bucket('none'))).toEqual([NOTHING]);
});
