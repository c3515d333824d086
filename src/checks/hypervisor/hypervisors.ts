import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { known } from '../../template/evaluation/unknown';
import {
  hypervisorTextProblems,
  logGroupProblems,
  passwordProblems,
} from '../../values/hypervisor/hypervisor-laws';
import type { Check } from '../engine/check';
import { type CheckFacts, type Seen, subject, told } from '../engine/subject';

const docs =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backupgateway-hypervisor.html';
const source = 'CloudFormation schema of AWS::BackupGateway::Hypervisor';
const asOf = '2026-09-29';
const fact = (id: string, what: string, fix: string): CheckFacts => ({
  id: `Backup-${id}`,
  severity: 'error',
  what,
  why: 'CloudFormation refuses the hypervisor.',
  fix,
  docs,
  source,
  asOf,
});

const FACTS: readonly CheckFacts[] = [
  fact(
    'HypervisorHost',
    'The host of a hypervisor has less than 3 or more than 128 characters.',
    'write for example `vcenter.example.com`',
  ),
  fact(
    'HypervisorName',
    'The name of a hypervisor is not 1 to 100 letters, digits and hyphens.',
    'use letters, digits and `-`',
  ),
  fact(
    'HypervisorUsername',
    'The user name of a hypervisor has characters that are not allowed, or more than 100.',
    'write for example `backup@vsphere.local`',
  ),
  fact(
    'HypervisorLogGroup',
    'The log group of a hypervisor is none by its ARN.',
    'name a log group by its ARN, which ends with `:*`',
  ),
  {
    id: 'Backup-HypervisorPassword',
    severity: 'warning',
    what: 'The password of a hypervisor stands in the template.',
    why: 'Everybody who sees the stack or the repository reads it.',
    fix: 'refer to a secret with `{{resolve:secretsmanager:…}}`',
    docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html',
    source: 'CloudFormation User Guide, Dynamic references',
    asOf: '2026-11-21',
  },
];

/** Hypervisors of VMware. */
export const hypervisorChecks: readonly Check[] = subject(FACTS, look);

function* look({ hypervisors }: Inventory): Iterable<Seen> {
  for (const { place, host, name, username, logGroup, plainPassword } of hypervisors) {
    const under = (property: string) => at(place, `${place.pathInTemplate}/Properties/${property}`);
    for (const [kind, property, text] of [
      ['host', 'Host', known(host)],
      ['hypervisorName', 'Name', known(name)],
      ['username', 'Username', dynamic(known(username))],
    ] as const)
      if (text !== undefined) yield* told(under(property), hypervisorTextProblems(kind, text, property));
    const group = known(logGroup);
    if (group !== undefined) yield* told(under('LogGroupArn'), logGroupProblems(group, 'LogGroupArn'));
    for (const problem of passwordProblems(plainPassword, 'Password'))
      yield* told(under('Password'), [{ ...problem, fix: undefined }]);
  }
}

/** What CloudFormation resolves isn't known. */
function dynamic(text: string | undefined): string | undefined {
  return text?.includes('{{resolve:') ? undefined : text;
}
