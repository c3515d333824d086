import type { Problem } from '../../values/core/problem';
import type { FindingId } from '../../values/findings/registry';
import type { Place } from '../core/item';

/** Something that CloudFormation refuses, whatever AWS Backup thinks of it. */
export interface Fault {
  readonly id: FindingId;
  /** The id of the resource that has it. */
  readonly item: string;
  /** Whether CloudFormation refuses the whole template, this resource, or perhaps nothing. */
  readonly refuses: 'template' | 'resource' | 'nothing';
  readonly place: Place;
  /** The path of the property that is missing, so that it isn't reported again. */
  readonly missing?: string;
  readonly message: string;
  /** The fix, if it is more precise than that of the registry. */
  readonly fix?: Problem['fix'];
}
