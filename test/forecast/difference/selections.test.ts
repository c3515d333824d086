import { condition, plan, resource, selection, tags } from '../../support/backups';
import { changesBetween, type Json } from '../support/app-changes';

describe('a selection', () => {
  const of = (body: Json, rest: Json = {}) => ({
    Plan: plan('p'),
    One: selection({
      ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'a', ConditionValue: 'b' }],
      ...body,
    }),
    ...rest,
  });
  const { One: _, ...none } = of({});
  const data = resource('DynamoDB::Table', { TableName: 'data', Tags: tags({ a: 'b' }) });

  test('of what is elsewhere is reported as removed or new', () => {
    expect(changesBetween(of({}), none)).toEqual([
      'selection weaker: selection `App/One` is removed: what it selects outside of these templates is no longer backed up by it (present -> null)',
    ]);
    expect(changesBetween(none, of({}))).toEqual([
      'selection stronger: selection `App/One` is new, and selects nothing in these templates (null -> present)',
    ]);
  });

  test('of a resource of the templates is reported with that alone', () => {
    expect(changesBetween(of({}, { Data: data }), { ...none, Data: data })).toEqual([
      'protection weaker: `App/Data` is protected by `p` before, and not protected after: the plans or selections change (protected by `p` -> not protected)',
    ]);
    expect(changesBetween({ ...none, Data: data }, of({}, { Data: data }))).toEqual([
      'protection stronger: `App/Data` is not protected before, and protected by `p` after: the plans or selections change (not protected -> protected by `p`)',
    ]);
  });

  test.each<[string, Json]>([
    ['resources', { Resources: ['arn:aws:s3:::other'] }],
    ['resources that it leaves out', { NotResources: ['arn:aws:s3:::other'] }],
    ['tags', { ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'a', ConditionValue: 'c' }] }],
    ['conditions', { Conditions: condition('StringEquals', 'a', 'b') }],
  ])('has other criteria with other %s', (__, body) => {
    expect(changesBetween(of({}), of(body))).toEqual([
      'selection neutral: the criteria of selection `App/One` change; resources that are protected or not because of it are listed apart (null -> null)',
    ]);
  });

  test('may lose its role', () => {
    expect(
      changesBetween(of({ IamRoleArn: 'arn:aws:iam::111111111111:role/A' }), of({ IamRoleArn: undefined })),
    ).toEqual([
      'role neutral: selection `App/One` backs up with another role (arn:aws:iam::111111111111:role/A -> null)',
    ]);
  });
});
