import { LINKED_SERVICES } from './account-prerequisites';
import type { GlobalFlag, Prerequisite } from './prerequisite';
import type { PrerequisiteGroup } from './prerequisite-report';

const FLAGS: Readonly<Record<GlobalFlag, { readonly label: string; readonly key: string }>> = {
  crossAccountBackup: { label: 'cross-account backup', key: 'isCrossAccountBackupEnabled' },
  multiPartyApproval: { label: 'multi-party approval', key: 'isMpaEnabled' },
  delegatedAdministrator: { label: 'delegated administrators', key: 'isDelegatedAdministratorEnabled' },
};

const ROLES: Readonly<Record<string, string>> = {
  [LINKED_SERVICES.backup]: 'AWSServiceRoleForBackup',
  [LINKED_SERVICES.reports]: 'AWSServiceRoleForBackupReports',
  [LINKED_SERVICES.restoreTesting]: 'AWSServiceRoleForBackupRestoreTesting',
};

/** The action, such as `opt in to S3`. */
export function whatOf({ kind, name }: Prerequisite): string {
  switch (kind) {
    case 'region':
      return `enable the Region ${name}`;
    case 'opt-in':
      return `opt in to ${name}`;
    case 'full-management':
      return `turn on full AWS Backup management for ${name}`;
    case 'service-linked-role':
      return `create the service-linked role ${ROLES[name]}`;
    case 'trail':
      return 'record management events with a trail of AWS CloudTrail';
    case 'trusted-access':
      return 'enable trusted access for AWS Backup in the organization';
    case 'policy-type':
      return 'enable backup policies in the organization';
    case 'global-flag':
      return `turn on ${FLAGS[name as GlobalFlag].label}`;
  }
}

/** The AWS CLI command for the action. */
export function commandOf({ kind, name, region }: Prerequisite): string {
  switch (kind) {
    case 'region':
      return `aws account enable-region --region-name ${name}`;
    case 'opt-in':
    case 'full-management':
      return updateRegion(region, [{ kind, name }]);
    case 'service-linked-role':
      return `aws iam create-service-linked-role --aws-service-name ${name}`;
    case 'trail':
      return `aws cloudtrail create-trail${inRegion(region)} --name ${name} --s3-bucket-name BUCKET --is-multi-region-trail --enable-log-file-validation && aws cloudtrail start-logging${inRegion(region)} --name ${name}`;
    case 'trusted-access':
      return `aws organizations enable-aws-service-access --service-principal ${name}`;
    case 'policy-type':
      return `aws organizations enable-policy-type --policy-type ${name} --root-id "$(aws organizations list-roots --query 'Roots[0].Id' --output text)"`;
    case 'global-flag':
      return `aws backup update-global-settings --global-settings ${FLAGS[name as GlobalFlag].key}=true`;
  }
}

const REGION_OPTIONS = {
  'opt-in': 'resource-type-opt-in-preference',
  'full-management': 'resource-type-management-preference',
} as const;

type RegionSetting = Prerequisite & { readonly kind: keyof typeof REGION_OPTIONS };

/** Whether one command sets this together with other settings of the Region. */
export function isRegionSetting(prerequisite: Prerequisite): prerequisite is RegionSetting {
  return Object.hasOwn(REGION_OPTIONS, prerequisite.kind);
}

/** The command for all settings of a Region that the app doesn't set; undefined if there are none. */
export function regionCommandOf({ prerequisites, region }: PrerequisiteGroup): string | undefined {
  const open = prerequisites.filter(isRegionSetting).filter(({ setBy }) => !setBy);
  return open.length === 0 ? undefined : updateRegion(region, open);
}

/** With JSON, because names of types may contain spaces. */
function updateRegion(
  region: string | undefined,
  settings: readonly Pick<RegionSetting, 'kind' | 'name'>[],
): string {
  const options = Object.entries(REGION_OPTIONS).flatMap(([kind, option]) => {
    const names = settings.filter((setting) => setting.kind === kind).map(({ name }) => [name, true]);
    return names.length === 0 ? [] : [` --${option} '${JSON.stringify(Object.fromEntries(names))}'`];
  });
  return `aws backup update-region-settings${inRegion(region)}${options.join('')}`;
}

/** The AWS CLI commands that show the current settings, each once. */
export function statusCommandsOf({ prerequisites }: PrerequisiteGroup): string[] {
  return [...new Set(prerequisites.map(statusCommand))];
}

function statusCommand({ kind, name, region }: Prerequisite): string {
  switch (kind) {
    case 'region':
      return `aws account get-region-opt-status --region-name ${name}`;
    case 'opt-in':
    case 'full-management':
      return `aws backup describe-region-settings${inRegion(region)}`;
    case 'service-linked-role':
      return `aws iam get-role --role-name ${ROLES[name]}`;
    case 'trail':
      return `aws cloudtrail describe-trails${inRegion(region)}`;
    case 'trusted-access':
      return 'aws organizations list-aws-service-access-for-organization';
    case 'policy-type':
      return 'aws organizations list-roots';
    case 'global-flag':
      return 'aws backup describe-global-settings';
  }
}

function inRegion(region: string | undefined): string {
  return region === undefined ? '' : ` --region ${region}`;
}

/** `Account 111122223333, eu-west-1`. */
export function groupTitle({ scope, account, region }: PrerequisiteGroup): string {
  if (scope === 'organization')
    return account === undefined
      ? 'Management account of the organization'
      : `Management account of the organization, ${account}`;
  const where = account === undefined ? 'Any account' : `Account ${account}`;
  const title = scope === 'account' ? where : `${where}, ${region ?? 'any Region'}`;
  const isAgnostic = account === undefined || (scope === 'region' && region === undefined);
  return isAgnostic ? `${title} (the stacks are environment-agnostic)` : title;
}
