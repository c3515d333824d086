import { type CostResource, type CostSize, type CostSizes, DEFAULT_CHANGE_PER_DAY } from './cost-model';

/** S3 backups of smaller objects cost as much as of objects of this size. Source: AWS Backup pricing page. */
const MIN_OBJECT_GIB = 128 / 1024 / 1024;

/** The size of a resource, and where it comes from. */
export interface ResolvedSize extends CostSize {
  readonly resourceType: string;
  readonly isFromTemplate: boolean;
}

/** The size of a resource: its own, or that of its type, or the one in the template; each property alone. */
export function sizeOf({ id, path, resourceType, sizeGiB }: CostResource, sizes: CostSizes): ResolvedSize {
  const named = namesOf(id, path).find((name) => Object.hasOwn(sizes.resources, name));
  const own: CostSize = named === undefined ? {} : sizes.resources[named];
  const ofType: CostSize = Object.hasOwn(sizes.types, resourceType) ? sizes.types[resourceType] : {};
  const stated = own.sizeGiB ?? ofType.sizeGiB;
  return {
    resourceType,
    sizeGiB: stated ?? sizeGiB,
    changePerDay: own.changePerDay ?? ofType.changePerDay,
    objects: own.objects ?? ofType.objects,
    isFromTemplate: stated === undefined && sizeGiB !== undefined,
  };
}

/** The names of a resource in sizes: its construct path, with and without `/Resource`, and `stack/logicalId`. */
export function namesOf(id: string, path: string | undefined): string[] {
  return path === undefined ? [id] : [path.replace(/\/Resource$/, ''), path, id];
}

/** Resources with the same change rate, added up. */
export interface SizePart {
  readonly changePerDay: number;
  readonly sizeGiB: number;
  /** With the smallest size of objects. */
  readonly billedGiB: number;
  readonly objects: number;
}

/** The sizes of several resources. */
export class GroupSizes {
  public readonly parts: readonly SizePart[];
  /** The number of resources whose size isn't known. */
  public readonly unknown: number;
  public readonly usesTemplate: boolean;
  public readonly usesDefaultRate: boolean;

  constructor(sizes: readonly ResolvedSize[], changePerDay: number | undefined) {
    const parts = new Map<number, SizePart>();
    const known = sizes.filter((size) => size.sizeGiB !== undefined);
    for (const { sizeGiB = 0, changePerDay: own, objects = 0, resourceType } of known) {
      const rate = own ?? changePerDay ?? DEFAULT_CHANGE_PER_DAY;
      const before = parts.get(rate) ?? { changePerDay: rate, sizeGiB: 0, billedGiB: 0, objects: 0 };
      const billed = resourceType === 'S3' ? Math.max(sizeGiB, objects * MIN_OBJECT_GIB) : sizeGiB;
      parts.set(rate, {
        changePerDay: rate,
        sizeGiB: before.sizeGiB + sizeGiB,
        billedGiB: before.billedGiB + billed,
        objects: before.objects + objects,
      });
    }
    this.parts = [...parts.values()];
    this.unknown = sizes.length - known.length;
    this.usesTemplate = known.some(({ isFromTemplate }) => isFromTemplate);
    this.usesDefaultRate =
      changePerDay === undefined && known.some(({ changePerDay: own }) => own === undefined);
  }
}
