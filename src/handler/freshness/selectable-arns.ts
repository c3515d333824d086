/** Resources that AWS Backup backs up, as their ARNs say. */
interface SelectableKind {
  readonly service: string;
  /** The beginning of the resource part of the ARN. */
  readonly resource: string;
  /** The dimension of the metrics. */
  readonly type: string;
  /** The settings of the Region, one of which must be on; none that is known: the type counts as on. */
  readonly optIns: readonly string[];
}

const kind = (service: string, resource: string, type: string, optIns = [type]): SelectableKind => ({
  service,
  resource,
  type,
  optIns,
});

/**
 * The ARNs that say by themselves that AWS Backup backs them up. Those of Amazon FSx don't: a volume is, or its file system.
 *
 * Source: AWS Backup Developer Guide, Assigning resources and Supported services, 2026-10.
 */
const KINDS: readonly SelectableKind[] = [
  kind('backup-gateway', 'vm/', 'VirtualMachine'),
  kind('cloudformation', 'stack/', 'CloudFormation'),
  kind('dsql', 'cluster/', 'DSQL'),
  kind('dynamodb', 'table/', 'DynamoDB'),
  kind('ec2', 'instance/', 'EC2'),
  kind('ec2', 'volume/', 'EBS'),
  kind('eks', 'cluster/', 'EKS'),
  kind('elasticfilesystem', 'file-system/', 'EFS'),
  kind('rds', 'cluster:', 'Aurora', ['Aurora', 'DocumentDB', 'Neptune', 'RDS']),
  kind('rds', 'db:', 'RDS'),
  kind('redshift', 'cluster:', 'Redshift'),
  kind('redshift-serverless', 'namespace/', 'Redshift Serverless'),
  kind('s3', '', 'S3'),
  kind('ssm-sap', 'HANA/', 'SAP HANA on Amazon EC2'),
  kind('storagegateway', 'gateway/', 'Storage Gateway'),
  kind('timestream', 'database/', 'Timestream'),
];

/** How the resource part of those ARNs goes on that only begin as a resource that is backed up does. */
const PARTS: Readonly<Record<string, RegExp>> = {
  storagegateway: /^gateway\/[^/]+\/volume\//,
  timestream: /^database\/[^/]+\/table\//,
  dynamodb: /^table\/[^/]+$/,
  s3: /^[^/]+$/,
};

/** The type of a resource that AWS Backup backs up; undefined if its ARN does not say that it does. */
export function selectableKind(arn: string): SelectableKind | undefined {
  const [, , service, , , ...rest] = arn.split(':');
  const resource = rest.join(':');
  const part = PARTS[service];
  if (part && !part.test(resource)) return undefined;
  return KINDS.find((each) => each.service === service && resource.startsWith(each.resource));
}

/** Whether the Region is opted in to a kind. */
export function isOptedIn({ optIns }: SelectableKind, settings: Readonly<Record<string, boolean>>): boolean {
  const known = optIns.filter((name) => name in settings);
  return known.length === 0 || known.some((name) => settings[name]);
}
