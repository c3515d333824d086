import { at } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { arnOrToken } from '../../inventory/written-arns';
import { isNoArn } from '../../template/evaluation/text';
import { known } from '../../template/evaluation/unknown';
import {
  hypervisorTextProblems,
  logGroupProblems,
  passwordProblems,
} from '../../values/hypervisor/hypervisor-laws';
import { type Check, checksOf } from '../engine/check';
import { type Detection, detectionsFrom } from '../engine/detection';

/** Hypervisors of VMware. */
export const hypervisorChecks: readonly Check[] = checksOf(
  [
    'Backup-HypervisorHost',
    'Backup-HypervisorName',
    'Backup-HypervisorUsername',
    'Backup-HypervisorLogGroup',
    'Backup-HypervisorPassword',
  ],
  findProblems,
);

function* findProblems({ hypervisors }: Inventory): Iterable<Detection> {
  for (const { place, host, name, username, logGroup, plainPassword } of hypervisors) {
    const under = (property: string) => at(place, `${place.pathInTemplate}/Properties/${property}`);
    for (const [kind, property, text] of [
      ['host', 'Host', known(host)],
      ['hypervisorName', 'Name', known(name)],
      ['username', 'Username', literalText(known(username))],
    ] as const)
      if (text !== undefined)
        yield* detectionsFrom(under(property), hypervisorTextProblems(kind, text, property));
    if (logGroup !== undefined)
      yield* detectionsFrom(
        under('LogGroupArn'),
        logGroupProblems(arnOrToken(logGroup), 'LogGroupArn').map((one) =>
          isNoArn(logGroup) ? one.with({ fix: 'write the ARN, such as `!GetAtt LogGroup.Arn`' }) : one,
        ),
      );
    for (const problem of passwordProblems(plainPassword, 'Password'))
      yield* detectionsFrom(under('Password'), [
        problem.with({ id: 'Backup-HypervisorPassword', fix: undefined }),
      ]);
  }
}

/** Undefined for text with dynamic references, which CloudFormation resolves. */
function literalText(text: string | undefined): string | undefined {
  return text?.includes('{{resolve:') ? undefined : text;
}
