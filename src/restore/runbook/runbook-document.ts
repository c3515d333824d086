import { Aws, Stack } from 'aws-cdk-lib';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { makeServiceRole } from '../../resources/core/customized-role';
import { acknowledgeWildcards } from '../../resources/provider/nag-acknowledgements';
import { allow } from '../validation/check-permissions';

/** `2026-11-29T05:00:00Z`, or nothing. */
const TIME = '^$|^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$';
const JSON_OBJECT = '^$|^\\{[\\s\\S]*\\}$';

const text = (description: string, allowedPattern: string) => ({
  type: 'String',
  description,
  default: '',
  allowedPattern,
});
const flag = (description: string, byDefault: boolean) => ({
  type: 'Boolean',
  description,
  default: byDefault,
  allowedValues: [true, false],
});

/** The input of the state machine, as a person fills it in. */
const PARAMETERS = {
  DryRun: flag('Says what would be restored, and restores nothing. Set it to false to restore.', true),
  Everything: flag('Restores everything that the runbook knows.', false),
  Resources: {
    type: 'StringList',
    description: 'Restores these: construct paths or ARNs.',
    default: [],
  },
  TagKey: text('Restores what has this tag on its recovery point: the key.', '^.{0,128}$'),
  TagValue: text('The value of the tag.', '^.{0,256}$'),
  NewestBefore: text('The newest recovery point before this time, such as 2026-11-29T05:00:00Z.', TIME),
  NewestClean: flag('Only recovery points that a malware scan found clean.', false),
  PointInTime: text('The time to restore from continuous backups, such as 2026-11-29T05:00:00Z.', TIME),
  Items: text('Restores only these, as JSON: {"resource": ["path or prefix"]}.', JSON_OBJECT),
  Metadata: text('Restore metadata that wins, as JSON: {"resource": {"key": "value"}}.', JSON_OBJECT),
  Vault: text('Looks only into the vault of this name.', '^$|^[\\w-]{2,50}$'),
  RunId: text('Goes on with this run, without restoring twice.', '^$|^[\\w-]{1,80}$'),
};

/** Checks the parameters and writes the input of the state machine: only what is set, because it refuses the unknown. */
const SCRIPT = `import json


def text(events, name):
    return str(events.get(name) or '').strip()


def flag(events, name):
    return str(events.get(name)).lower() == 'true'


def mapping(events, name):
    if not text(events, name):
        return None
    try:
        value = json.loads(text(events, name))
    except ValueError as error:
        raise ValueError(name + ' must be JSON: ' + str(error))
    if not isinstance(value, dict):
        raise ValueError(name + ' must be a JSON object')
    return value


def check(events, context):
    resources = [each for each in events.get('Resources') or [] if each.strip()]
    tag = text(events, 'TagKey')
    if text(events, 'TagValue') and not tag:
        raise ValueError('TagValue is for TagKey, which is not set')
    wishes = dict(
        everything=flag(events, 'Everything') or None,
        resources=resources or None,
        tag=dict(key=tag, value=text(events, 'TagValue')) if tag else None,
        newestBefore=text(events, 'NewestBefore') or None,
        newestClean=flag(events, 'NewestClean') or None,
        pointInTime=text(events, 'PointInTime') or None,
        items=mapping(events, 'Items'),
        metadata=mapping(events, 'Metadata'),
        vault=text(events, 'Vault') or None,
    )
    wishes = dict((name, value) for name, value in wishes.items() if value is not None)
    run = text(events, 'RunId')
    if run and wishes:
        raise ValueError('RunId goes on with the plan of its run; remove ' + ', '.join(sorted(wishes)))
    if run:
        wishes = dict(runId=run)
    elif sum(name in wishes for name in ('everything', 'resources', 'tag')) != 1:
        raise ValueError('set exactly one of Everything, Resources, TagKey and RunId')
    if flag(events, 'DryRun'):
        wishes['dryRun'] = True
    return dict(input=json.dumps(wishes))
`;

/** The places of a document, all of which may be tokens. */
interface DocumentPlaces {
  readonly roleArn: string;
  readonly stateMachineArn: string;
  /** The ARN of the execution that the automation starts. */
  readonly executionArn: string;
}

/**
 * An Automation document that checks its parameters, runs the state machine and waits for it. The execution has the id of the
 * automation as its name, which is the id of the run.
 */
function documentContent({ roleArn, stateMachineArn, executionArn }: DocumentPlaces): object {
  const read = (name: string, outputs: Readonly<Record<string, string>>) => ({
    name,
    action: 'aws:executeAwsApi',
    inputs: { Service: 'stepfunctions', Api: 'DescribeExecution', executionArn },
    outputs: Object.entries(outputs).map(([Name, Selector]) => ({ Name, Selector, Type: 'String' })),
    isEnd: true,
  });
  return {
    schemaVersion: '0.3',
    description:
      'Restores resources with a runbook: checks the parameters, plans, restores in order and validates. It never changes the sources.',
    assumeRole: roleArn,
    parameters: PARAMETERS,
    mainSteps: [
      {
        name: 'CheckParameters',
        action: 'aws:executeScript',
        onFailure: 'Abort',
        inputs: {
          Runtime: 'python3.11',
          Handler: 'check',
          Script: SCRIPT,
          InputPayload: Object.fromEntries(
            Object.keys(PARAMETERS).map((parameter) => [parameter, `{{ ${parameter} }}`]),
          ),
        },
        outputs: [{ Name: 'input', Selector: '$.Payload.input', Type: 'String' }],
        nextStep: 'Restore',
      },
      {
        name: 'Restore',
        action: 'aws:executeStateMachine',
        // the failure is read, and the automation fails all the same
        onFailure: 'step:ReadFailure',
        isCritical: true,
        inputs: {
          stateMachineArn,
          name: '{{ automation:EXECUTION_ID }}',
          input: '{{ CheckParameters.input }}',
        },
        nextStep: 'ReadResult',
      },
      read('ReadResult', { status: '$.status' }),
      read('ReadFailure', { status: '$.status', cause: '$.cause' }),
    ],
    outputs: [
      'CheckParameters.input',
      'Restore.output',
      'ReadResult.status',
      'ReadFailure.status',
      'ReadFailure.cause',
    ],
  };
}

/** Creates the Automation document of a runbook, with a role that may only run its state machine. */
export function makeDocument(scope: Construct, machine: CfnStateMachine): CfnDocument {
  const holder = new Construct(scope, 'Automation');
  const { account, region } = Stack.of(scope);
  const executions = `arn:${Aws.PARTITION}:states:${region}:${account}:execution:${machine.attrName}`;
  const { roleArn, policy } = makeServiceRole(holder, {
    service: 'ssm.amazonaws.com',
    description: 'Lets Systems Manager run a restore runbook',
    policyDescription: 'Runs the state machine of a restore runbook, waits for it and stops it',
    statements: [
      allow(['states:StartExecution'], machine.ref),
      allow(['states:DescribeExecution', 'states:StopExecution'], `${executions}:*`),
    ],
  });
  if (policy) acknowledgeWildcards(policy, 'executions of the state machine have no name before they start');
  const document = new CfnDocument(holder, 'Document', {
    documentType: 'Automation',
    documentFormat: 'JSON',
    updateMethod: 'NewVersion',
    content: documentContent({
      roleArn,
      stateMachineArn: machine.ref,
      executionArn: `${executions}:{{ automation:EXECUTION_ID }}`,
    }),
  });
  if (policy) document.addResourceDependency(policy);
  return document;
}
