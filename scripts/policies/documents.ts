import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { concrete, type Resource } from './concrete';

type Json = Record<string, unknown>;

/** A policy or a state machine of an example. */
export interface Document {
  /** Where it is: example, stack, logical ID and property. */
  readonly place: string;
  readonly kind: 'identity' | 'resource' | 'trust' | 'service-control' | 'state-machine';
  readonly content: unknown;
}

/** The properties with policies that say what their principal may do, and those on a resource. */
const POLICIES: Readonly<Record<string, readonly [property: string, kind: Document['kind']][]>> = {
  'AWS::IAM::Role': [['AssumeRolePolicyDocument', 'trust']],
  'AWS::IAM::Policy': [['PolicyDocument', 'identity']],
  'AWS::IAM::ManagedPolicy': [['PolicyDocument', 'identity']],
  'AWS::Backup::BackupVault': [['AccessPolicy', 'resource']],
  'AWS::Backup::LogicallyAirGappedBackupVault': [['AccessPolicy', 'resource']],
  'Custom::BackupVaultSettings': [['accessPolicy', 'resource']],
  'AWS::KMS::Key': [['KeyPolicy', 'resource']],
  'AWS::KMS::ReplicaKey': [['KeyPolicy', 'resource']],
  'AWS::SNS::TopicPolicy': [['PolicyDocument', 'resource']],
  'AWS::SQS::QueuePolicy': [['PolicyDocument', 'resource']],
  'AWS::S3::BucketPolicy': [['PolicyDocument', 'resource']],
  'AWS::Organizations::ResourcePolicy': [['Content', 'resource']],
};

/** All policies and state machines of all examples. */
export function exampleDocuments(): Document[] {
  return readdirSync('examples')
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) => documentsOf(resolve('examples', file)));
}

/** CDK's App listens for the end of the process, once for each example. */
process.setMaxListeners(0);

function documentsOf(file: string): Document[] {
  const folder = mkdtempSync(join(tmpdir(), 'policies-'));
  Object.assign(process.env, {
    CDK_OUTDIR: folder,
    CDK_CONTEXT_JSON: JSON.stringify(recommendedFlags),
    CDK_VALIDATION: 'false', // other stages validate
    JSII_DEPRECATED: 'quiet',
  });
  try {
    require(file); // ends with `app.synth()`
    return new CloudAssembly(folder).stacksRecursively.flatMap(({ stackName, template }) =>
      documentsIn(`${basename(file, '.ts')} ${stackName}`, template.Resources ?? {}),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function documentsIn(stack: string, resources: Readonly<Record<string, Resource>>): Document[] {
  return Object.entries(resources).flatMap(([id, { Type, Properties = {} }]) => {
    const place = `${stack} ${id}`;
    const content = (value: unknown) => concrete(value, resources);
    const documents: Document[] = (POLICIES[Type] ?? []).flatMap(([property, kind]) =>
      Properties[property] === undefined
        ? []
        : [{ place: `${place} ${property}`, kind, content: content(Properties[property]) }],
    );
    for (const policy of (Properties.Policies as Json[] | undefined) ?? [])
      documents.push({
        place: `${place} Policies`,
        kind: 'identity',
        content: content(policy.PolicyDocument),
      });
    if (Type === 'AWS::Organizations::Policy' && Properties.Type === 'SERVICE_CONTROL_POLICY')
      documents.push({
        place: `${place} Content`,
        kind: 'service-control',
        content: content(Properties.Content),
      });
    if (Type === 'AWS::StepFunctions::StateMachine')
      documents.push({
        place: `${place} DefinitionString`,
        kind: 'state-machine',
        content: JSON.parse(String(content(Properties.DefinitionString))),
      });
    if (Type === 'AWS::CloudFormation::StackSet' && typeof Properties.TemplateBody === 'string')
      documents.push(...documentsIn(place, JSON.parse(Properties.TemplateBody).Resources));
    return documents;
  });
}
