import { spawnSync } from 'node:child_process';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { BackupVault, RestoreRunbook } from '../../../src';
import { testApp } from '../../support/app';
import { refusal } from '../../support/refusal';
import { TABLE, World } from './runbook-world';

interface Step {
  readonly name: string;
  readonly action: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs?: { readonly Name: string; readonly Selector: string; readonly Type: string }[];
  readonly nextStep?: string;
  readonly onFailure?: string;
  readonly isEnd?: boolean;
  readonly isCritical?: boolean;
}
interface Parameter {
  readonly type: string;
  readonly description: string;
  readonly default: unknown;
  readonly allowedPattern?: string;
  readonly allowedValues?: unknown[];
}
interface AutomationDocument {
  readonly schemaVersion: string;
  readonly description: string;
  readonly assumeRole: unknown;
  readonly parameters: Record<string, Parameter>;
  readonly mainSteps: Step[];
  readonly outputs: string[];
}

const make = (automationDocument = true) => {
  const stack = new Stack(testApp(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const table = new dynamodb.Table(stack, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  });
  const runbook = new RestoreRunbook(stack, 'Runbook', {
    resources: [{ resource: table }],
    vaults: [new BackupVault(stack, 'Vault')],
    automationDocument,
  });
  return { runbook, stack, template: Template.fromStack(stack) };
};

let template: Template;
let content: AutomationDocument;
beforeAll(() => {
  ({ template } = make());
  const [{ Properties }] = Object.values(template.findResources('AWS::SSM::Document'));
  content = Properties.Content;
});
const stepOf = (name: string) => content.mainSteps.find((step) => step.name === name) as Step;

/** What actions put out by themselves. */
const PREDEFINED: Record<string, string[]> = {
  'aws:executeStateMachine': [
    'executionArn',
    'input',
    'name',
    'output',
    'startDate',
    'stateMachineArn',
    'status',
    'stopDate',
  ],
  'aws:executeScript': ['Payload'],
  'aws:executeAwsApi': [],
};
/** What actions must be told. */
const REQUIRED: Record<string, string[]> = {
  'aws:executeStateMachine': ['stateMachineArn'],
  'aws:executeScript': ['Runtime', 'Handler', 'Script'],
  'aws:executeAwsApi': ['Service', 'Api'],
};

/** What is wrong with a document by the rules of schema 0.3. */
function documentProblems(document: AutomationDocument): string[] {
  const { mainSteps, parameters } = document;
  const names = mainSteps.map(({ name }) => name);
  const outputsOf = (step: Step) => [
    ...(PREDEFINED[step.action] ?? []),
    ...(step.outputs ?? []).map(({ Name }) => Name),
  ];
  const outputs = mainSteps.flatMap((step) => outputsOf(step).map((output) => `${step.name}.${output}`));
  const known = [...Object.keys(parameters), ...outputs, 'automation:EXECUTION_ID'];
  const next = (step: Step) => [step.nextStep, /^step:(.*)/.exec(step.onFailure ?? '')?.[1]];
  const reached = new Set([names[0], ...mainSteps.flatMap(next)]);
  return [
    ...(document.schemaVersion === '0.3' ? [] : ['schemaVersion']),
    ...Object.keys(document)
      .filter(
        (key) =>
          !/^(schemaVersion|description|assumeRole|parameters|mainSteps|outputs|variables|files)$/.test(key),
      )
      .map((key) => `unknown key ${key}`),
    ...(JSON.stringify(document).length > 65_536 ? ['larger than 64 KB'] : []),
    ...document.outputs.filter((output) => !outputs.includes(output)).map((output) => `no output ${output}`),
    ...Object.entries(parameters).flatMap(([name, parameter]) => [
      ...(/^(String|StringList|Boolean|Integer|MapList|StringMap)$/.test(parameter.type)
        ? []
        : [`type of ${name}`]),
      ...(parameter.allowedPattern && !new RegExp(parameter.allowedPattern).test(parameter.default as string)
        ? [`default of ${name}`]
        : []),
      ...(parameter.allowedValues && !parameter.allowedValues.includes(parameter.default)
        ? [`default of ${name}`]
        : []),
    ]),
    ...mainSteps.flatMap((step, index) => [
      ...(/^[a-zA-Z0-9_]{3,128}$/.test(step.name) && names.indexOf(step.name) === index
        ? []
        : [`name of ${step.name}`]),
      ...(REQUIRED[step.action] ?? [`action ${step.action}`])
        .filter((input) => !(input in step.inputs))
        .map((input) => `${step.name} lacks ${input}`),
      ...next(step)
        .filter((to) => to !== undefined && !names.includes(to))
        .map((to) => `${step.name} goes to ${to}`),
      ...((step.nextStep === undefined) === (step.isEnd === true) ? [] : [`${step.name} must go on or end`]),
      ...(reached.has(step.name) ? [] : [`nothing leads to ${step.name}`]),
      ...[...JSON.stringify(step.inputs).matchAll(/\{\{ *([^{} ]+) *\}\}/g)]
        .filter(([, reference]) => !known.includes(reference))
        .map(([, reference]) => `${step.name} reads ${reference}`),
    ]),
  ];
}

describe('the Automation document', () => {
  test('keeps the rules of schema 0.3', () => {
    expect(documentProblems(content)).toEqual([]);
    template.hasResourceProperties('AWS::SSM::Document', {
      DocumentType: 'Automation',
      DocumentFormat: 'JSON',
      UpdateMethod: 'NewVersion',
    });
    expect(content.mainSteps.map(({ name, action }) => [name, action])).toEqual([
      ['CheckParameters', 'aws:executeScript'],
      ['Restore', 'aws:executeStateMachine'],
      ['ReadResult', 'aws:executeAwsApi'],
      ['ReadFailure', 'aws:executeAwsApi'],
    ]);
  });

  test.each<[string, (document: AutomationDocument) => object, string[]]>([
    ['an older schema', () => ({ schemaVersion: '2.2' }), ['schemaVersion']],
    ['an output that no step has', () => ({ outputs: ['Restore.result'] }), ['no output Restore.result']],
    [
      'a step that leads nowhere',
      ({ mainSteps }) => ({
        mainSteps: mainSteps.map((step) => ({ ...step, nextStep: step.nextStep && 'Elsewhere' })),
      }),
      [
        'CheckParameters goes to Elsewhere',
        'Restore goes to Elsewhere',
        'nothing leads to Restore',
        'nothing leads to ReadResult',
      ],
    ],
    [
      'a parameter that is read, but not there',
      ({ parameters: { Vault: _, ...parameters } }) => ({ parameters }),
      ['CheckParameters reads Vault'],
    ],
  ])('would break them with %s', (_title, change, problems) => {
    const changed = documentProblems({ ...content, ...change(content) });
    expect(changed.sort()).toEqual(problems.sort());
  });

  test('runs under a role that may do what its actions need, and nothing else', () => {
    const policy = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).find(({ Properties }) =>
      /waits for it and stops it/.test(Properties.Description),
    )?.Properties.PolicyDocument.Statement as { Action: string[]; Resource: unknown }[];
    const needed = content.mainSteps.flatMap(({ action, inputs }) => {
      if (action === 'aws:executeStateMachine')
        return ['states:DescribeExecution', 'states:StartExecution', 'states:StopExecution'];
      return action === 'aws:executeAwsApi' ? [`states:${inputs.Api}`] : [];
    });
    expect(policy.flatMap(({ Action }) => Action).sort()).toEqual([...new Set(needed)].sort());
    const machine = stepOf('Restore').inputs.stateMachineArn as { Ref: string };
    expect(template.findResources('AWS::StepFunctions::StateMachine')).toHaveProperty(machine.Ref);
    const executions = (end: string) => ({
      'Fn::Join': [
        '',
        [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':states:eu-west-1:111122223333:execution:',
          { 'Fn::GetAtt': [machine.Ref, 'Name'] },
          end,
        ],
      ],
    });
    expect(policy.map(({ Resource }) => Resource)).toEqual([machine, executions(':*')]);
    // the execution that is read is the one that was started
    expect(stepOf('Restore').inputs.name).toBe('{{ automation:EXECUTION_ID }}');
    for (const name of ['ReadResult', 'ReadFailure'])
      expect(stepOf(name).inputs.executionArn).toEqual(executions(':{{ automation:EXECUTION_ID }}'));
    const [role] = (content.assumeRole as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
    expect(
      template.findResources('AWS::IAM::Role')[role].Properties.AssumeRolePolicyDocument.Statement,
    ).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'ssm.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      },
    ]);
  });

  test('fails when the restore fails, after it has read why', () => {
    expect(stepOf('Restore')).toMatchObject({ onFailure: 'step:ReadFailure', isCritical: true });
    expect(stepOf('ReadFailure').outputs).toContainEqual({
      Name: 'cause',
      Selector: '$.cause',
      Type: 'String',
    });
    expect(content.outputs).toContain('ReadFailure.cause');
  });

  test('has its name as an attribute, and is not there unless asked for', () => {
    const { runbook, stack } = make();
    expect(stack.resolve(runbook.automationDocumentName)).toEqual({ Ref: expect.stringMatching(/Document/) });
    const without = make(false);
    expect(without.runbook.automationDocumentName).toBeUndefined();
    without.template.resourceCountIs('AWS::SSM::Document', 0);
    expect(refusal(() => make('yes' as never))).toContain(
      '`automationDocument` must be true or false, got `yes`',
    );
  });

  test.each<[string, string, string[], string[]]>([
    [
      'NewestBefore',
      'a time',
      ['', '2026-11-29T05:00Z', '2026-11-29T05:00:00.5+01:00'],
      ['yesterday', '2026-11-29', '2026-11-29T05:00:00'],
    ],
    ['PointInTime', 'a time', ['2026-11-29T05:00:00Z'], ['now']],
    ['Items', 'an object', ['', '{"a": ["b"]}'], ['["a"]', 'a']],
    ['Vault', 'the name of a vault', ['', 'gold-1'], ['a', 'gold vault']],
    ['RunId', 'the id of a run', ['', 'b4c1-9'], ['../plan']],
  ])('accepts in %s only %s', (name, _what, good, bad) => {
    const pattern = new RegExp(content.parameters[name].allowedPattern as string);
    expect(good.filter((value) => !pattern.test(value))).toEqual([]);
    expect(bad.filter((value) => pattern.test(value))).toEqual([]);
  });
});

/** What the script answers to each set of parameters, the others at their defaults. */
function answers(sets: readonly object[]): (Record<string, unknown> | string)[] {
  const { Script, Handler, InputPayload } = stepOf('CheckParameters').inputs as Record<string, string>;
  const events = sets.map((set) =>
    Object.fromEntries(
      Object.keys(InputPayload).map((name) => [
        name,
        (set as Record<string, unknown>)[name] ?? content.parameters[name].default,
      ]),
    ),
  );
  const driver = `${Script}
import sys
answers = []
for events in json.load(sys.stdin):
    try:
        answers.append(json.loads(${Handler}(events, None)['input']))
    except ValueError as error:
        answers.append(str(error))
print(json.dumps(answers))
`;
  const { status, stdout, stderr } = spawnSync('python3', ['-c', driver], {
    input: JSON.stringify(events),
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

/** The script runs where there is Python, as on every machine of AWS Systems Manager. */
const hasPython = spawnSync('python3', ['--version']).status === 0;

(hasPython ? describe : describe.skip)('its parameters', () => {
  test('become the input of the state machine, and are refused before anything starts', () => {
    const cases: [object, Record<string, unknown> | string][] = [
      [{ Everything: true }, { everything: true, dryRun: true }],
      [{ Everything: true, DryRun: false }, { everything: true }],
      // as the API passes flags
      [
        { Everything: 'true', DryRun: 'false', NewestClean: 'True' },
        { everything: true, newestClean: true },
      ],
      [
        { Resources: ['App/S3', ' '], NewestBefore: '2026-11-02T12:00Z', Vault: 'gold', DryRun: false },
        { resources: ['App/S3'], newestBefore: '2026-11-02T12:00Z', vault: 'gold' },
      ],
      [
        { TagKey: 'app', TagValue: 'shop', PointInTime: '2026-11-02T12:00Z' },
        { tag: { key: 'app', value: 'shop' }, pointInTime: '2026-11-02T12:00Z', dryRun: true },
      ],
      [
        { Everything: true, DryRun: false, Items: '{"a": ["b"]}', Metadata: '{"a": {"k": "{\\"v\\": 1}"}}' },
        { everything: true, items: { a: ['b'] }, metadata: { a: { k: '{"v": 1}' } } },
      ],
      [{ RunId: 'run-1', DryRun: false }, { runId: 'run-1' }],
      [{ RunId: 'run-1' }, { runId: 'run-1', dryRun: true }],
      [{}, 'set exactly one of Everything, Resources, TagKey and RunId'],
      [{ Everything: true, TagKey: 'app' }, 'set exactly one of Everything, Resources, TagKey and RunId'],
      [
        { RunId: 'run-1', Everything: true, Vault: 'gold' },
        'RunId goes on with the plan of its run; remove everything, vault',
      ],
      [{ Everything: true, TagValue: 'shop' }, 'TagValue is for TagKey, which is not set'],
      [{ Everything: true, Items: '[1]' }, 'Items must be a JSON object'],
      [
        { Everything: true, Metadata: '{a}' },
        'Metadata must be JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)',
      ],
    ];
    expect(answers(cases.map(([set]) => set))).toEqual(cases.map(([, answer]) => answer));
  });

  test('restore what they name, and by default restore nothing', async () => {
    const [dry, real] = answers([
      { Resources: [TABLE] },
      { Resources: [TABLE], NewestBefore: '2026-11-02T12:00Z', DryRun: false },
    ]) as Record<string, unknown>[];
    const world = new World();
    expect([(await world.run(dry)).states.at(-1), world.starts()]).toEqual(['Dry run', []]);
    expect([(await world.run(real)).status, world.starts()]).toEqual(['SUCCEEDED', [`${TABLE}#2`]]);
  });
});
