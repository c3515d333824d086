/** A list without repetitions, and the position of each entry. */
export class NameList<T = string> {
  public readonly all: T[] = [];
  private readonly positions = new Map<string, number>();

  constructor(private readonly keyOf: (entry: T) => string = String) {}

  /** The position of an entry, which is added if it is new; -1 for undefined. */
  public of(entry: T | undefined): number {
    if (entry === undefined) return -1;
    const key = this.keyOf(entry);
    let position = this.positions.get(key);
    if (position === undefined) {
      position = this.all.length;
      this.positions.set(key, position);
      this.all.push(entry);
    }
    return position;
  }
}
