import type { IConstruct } from 'constructs';
import { BackupTag } from '../../resources/selection/backup-tag';

/** The tag of a tier of an account, which reports what it is applied to. */
export class TierTag extends BackupTag {
  constructor(
    value: string,
    key: string,
    private readonly accept: (construct: IConstruct) => void,
  ) {
    super(value, { key });
  }

  public override applyTo(construct: IConstruct): void {
    this.accept(construct);
    super.applyTo(construct);
  }

  public override applyBelow(scope: IConstruct): void {
    this.accept(scope);
    super.applyBelow(scope);
  }
}
