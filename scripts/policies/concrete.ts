/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

type Resources = Readonly<Record<string, Resource>>;

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::NoValue': '',
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/example/0a1b2c3d`,
  'AWS::StackName': 'example',
  'AWS::URLSuffix': 'amazonaws.com',
};

const local = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

/** The ARNs of the resources that policies refer to, where `ID` stands for the logical ID. */
const ARNS: Readonly<Record<string, string>> = {
  'AWS::Backup::BackupPlan': local('backup', 'backup-plan:ID'),
  'AWS::Backup::BackupVault': local('backup', 'backup-vault:ID'),
  'AWS::Backup::LogicallyAirGappedBackupVault': local('backup', 'backup-vault:ID'),
  'AWS::EFS::FileSystem': local('elasticfilesystem', 'file-system/ID'),
  'AWS::Events::Rule': local('events', 'rule/ID'),
  'AWS::IAM::Role': `arn:aws:iam::${ACCOUNT}:role/ID`,
  'AWS::KMS::Key': local('kms', 'key/ID'),
  'AWS::Lambda::Function': local('lambda', 'function:ID'),
  'AWS::Logs::LogGroup': local('logs', 'log-group:ID:*'),
  'AWS::S3::Bucket': 'arn:aws:s3:::ID',
  'AWS::SNS::Topic': local('sns', 'ID'),
  'AWS::SQS::Queue': local('sqs', 'ID'),
  'AWS::SecretsManager::Secret': local('secretsmanager', 'secret:ID'),
  'AWS::SecretsManager::SecretTargetAttachment': local('secretsmanager', 'secret:ID'),
  'AWS::StepFunctions::StateMachine': local('states', 'stateMachine:ID'),
};

/** Types whose `Ref` is the ARN. */
const REF_IS_ARN = new Set([
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
  'AWS::SecretsManager::SecretTargetAttachment',
  'AWS::StepFunctions::StateMachine',
]);

/** A value of a template with examples for everything that CloudFormation fills in. */
export function concrete(value: unknown, resources: Resources): unknown {
  if (Array.isArray(value)) return value.map((each) => concrete(each, resources));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1) {
    const [[name, argument]] = entries;
    const known = intrinsic(name, argument, resources);
    if (known !== undefined) return known;
  }
  return Object.fromEntries(entries.map(([key, each]) => [key, concrete(each, resources)]));
}

function intrinsic(name: string, argument: unknown, resources: Resources): unknown {
  const arguments_ = () => concrete(argument, resources) as unknown[];
  switch (name) {
    case 'Ref':
      return referenced(String(argument), undefined, resources);
    case 'Fn::GetAtt': {
      const [id, attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
      return referenced(String(id), String(attribute), resources);
    }
    case 'Fn::Join': {
      const [separator, parts] = arguments_();
      return (parts as unknown[]).join(String(separator));
    }
    case 'Fn::Select': {
      const [index, list] = arguments_();
      return (list as unknown[])[Number(index)] ?? 'selected';
    }
    case 'Fn::Split': {
      const [separator, text] = arguments_();
      return String(text).split(String(separator));
    }
    case 'Fn::Sub': {
      const [text, values] = Array.isArray(argument) ? argument : [argument, {}];
      return String(text).replace(/\$\{([\w:.]+)\}/g, (_, key: string) => {
        const own = (values as Record<string, unknown>)[key];
        const [id, attribute] = key.split('.');
        return String(own === undefined ? referenced(id, attribute, resources) : concrete(own, resources));
      });
    }
    case 'Fn::ImportValue':
      return 'imported';
    case 'Fn::If':
      return concrete((argument as unknown[])[1], resources);
    default:
      return undefined;
  }
}

function referenced(id: string, attribute: string | undefined, resources: Resources): string {
  const pseudo = PSEUDO_PARAMETERS[id];
  if (pseudo !== undefined) return pseudo;
  const { Type = '' } = resources[id] ?? {};
  const isArn = attribute === undefined ? REF_IS_ARN.has(Type) : attribute.endsWith('Arn');
  return isArn ? (ARNS[Type] ?? local('example', 'ID')).replace('ID', id) : id;
}
