import { at, type Place } from '../../inventory/core/item';
import type { Inventory } from '../../inventory/inventory';
import { FINDINGS, type FindingFacts, type FindingId, type Severity } from '../../values/findings/registry';
import type { AnalysisOptions } from '../../viability/core/analysis-options';
import type { FindDetections } from '../../viability/core/find-detections';
import type { Detection } from './detection';

/** What a check gets besides the inventory. */
export type CheckOptions = AnalysisOptions;

/**
 * A check: a pure function from an inventory to detections, with what the registry says about them. It is an error
 * only if the template alone proves it; what can't be determined is at most a note.
 */
export interface Check extends FindingFacts {
  /** `Backup-<RuleName>`, stable, public API. The same id as that of the law behind the check, if there is one. */
  readonly id: FindingId;
  readonly find: FindDetections;
}

/** A detection with what the registry says about it. */
export interface Finding {
  readonly id: FindingId;
  readonly severity: Severity;
  readonly place: Place;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly docs: string;
}

/** What one pass over an inventory detected. */
interface Pass {
  readonly options: CheckOptions;
  readonly byId: ReadonlyMap<string, readonly Detection[]>;
}

/** The passes over an inventory, as long as the inventory lives. */
const passes = new WeakMap<Inventory, Map<FindDetections, Pass>>();

/**
 * The checks of one subject. They share one pass over the inventory, because the laws behind them report several
 * problems of one value at once. Detections with other ids are dropped.
 */
export function checksOf(ids: readonly FindingId[], find: FindDetections): readonly Check[] {
  return ids.map((id) => ({
    id,
    ...FINDINGS[id],
    find: (inventory, options) => detectionsById(find, inventory, options).get(id) ?? [],
  }));
}

function detectionsById(find: FindDetections, inventory: Inventory, options: CheckOptions): Pass['byId'] {
  let bySubject = passes.get(inventory);
  if (!bySubject) {
    bySubject = new Map();
    passes.set(inventory, bySubject);
  }
  const done = bySubject.get(find);
  if (done?.options === options) return done.byId;

  const byId = new Map<string, Detection[]>();
  for (const detection of find(inventory, options)) {
    const detections = byId.get(detection.id);
    if (detections) detections.push(detection);
    else byId.set(detection.id, [detection]);
  }
  bySubject.set(find, { options, byId });
  return byId;
}

/**
 * Runs checks over an inventory, and over the templates of stack sets in it. The findings are in the order of the checks.
 * What CloudFormation refuses is not reported again by checks that read the same property.
 */
export function runChecks(checks: readonly Check[], inventory: Inventory, options: CheckOptions): Finding[] {
  const detected = detectionsOf(inventory, options);
  const certain = detectionsInEveryCase(inventory, options);
  const own = checks.flatMap((check) => {
    const { id, severity, why, fix, docs } = check;
    const found = detected(check);
    return [...found, ...certain(check, found)].map(({ place, message, fix: ownFix }) => ({
      id,
      severity,
      place,
      message,
      why,
      fix: ownFix ?? fix,
      docs,
    }));
  });
  const embedded = inventory.embedded.flatMap((one) =>
    runChecks(checks, one.inventory, options).map((finding) => ({
      ...finding,
      place: at(
        one.place,
        `${one.place.pathInTemplate}/Properties/TemplateBody/${finding.place.pathInTemplate}`,
      ),
    })),
  );
  return [...own, ...embedded];
}

type DetectionsOf = (check: Check) => readonly Detection[];

/** What checks detect, without what CloudFormation refuses already. */
function detectionsOf(inventory: Inventory, options: CheckOptions): DetectionsOf {
  const refused = refusedPaths(inventory);
  return ({ find }) => {
    const all = [...find(inventory, options)];
    if (refused.size === 0 || all.length === 0) return all;
    return all.filter(({ id, place }) => FAULTS.has(id) || !isUnderAny(refused, place));
  };
}

/**
 * What checks detect for every combination of the conditions that aren't known, though not without one: with either branch
 * of an `Fn::If`, it is there.
 */
function detectionsInEveryCase(
  inventory: Inventory,
  options: CheckOptions,
): (check: Check, known: readonly Detection[]) => Detection[] {
  const cases = inventory.cases().map(({ where, inventory: one }) => ({
    where,
    detected: detectionsOf(one, options),
  }));
  if (cases.length === 0) return () => [];
  return (check, known) => {
    const found = cases.map(({ where, detected }) => ({ where, detections: detected(check) }));
    if (found.some(({ detections }) => detections.length === 0)) return []; // nearly always
    const seen = new Set(known.map(placeKey));
    const byCase = found.map(({ where, detections }) => {
      const byPlace = new Map<string, Detection>();
      for (const one of detections) if (!byPlace.has(placeKey(one))) byPlace.set(placeKey(one), one);
      return { where, byPlace };
    });
    const [{ byPlace: first }] = byCase;
    const common = [...first.keys()].filter((key) => byCase.every(({ byPlace }) => byPlace.has(key)));
    const everywhere = common
      .filter((key) => !seen.has(key))
      .flatMap((key) =>
        distinct(byCase.map(({ where, byPlace }) => ({ where, detection: byPlace.get(key) as Detection }))),
      );
    // such as two roles, of which either is used, and either lacks something
    const elsewhere = byCase.map(({ where, byPlace }) =>
      [...byPlace]
        .filter(([key]) => !seen.has(key) && !common.includes(key))
        .map(([, detection]) => ({ where, detection })),
    );
    return elsewhere.every((each) => each.length > 0)
      ? [...everywhere, ...distinct(elsewhere.flat())]
      : everywhere;
  };
}

/** The detections of one place in all cases: one if all say the same, otherwise each with its case. */
function distinct(all: readonly { readonly where: string; readonly detection: Detection }[]): Detection[] {
  const byMessage = new Map<string, { where: string; detection: Detection }>();
  for (const one of all) {
    const key = `${one.detection.message}|${placeKey(one.detection)}`;
    if (!byMessage.has(key)) byMessage.set(key, one);
  }
  if (byMessage.size === 1) return [all[0].detection];
  return [...byMessage.values()].map(({ where, detection }) => ({
    ...detection,
    message: `${detection.message}, if ${where}`,
  }));
}

function placeKey({ place }: Detection): string {
  return keyOf(place, place.pathInTemplate);
}

const FAULTS: ReadonlySet<FindingId> = new Set([
  'Backup-MissingProperty',
  'Backup-PropertyType',
  'Backup-UnknownProperty',
]);

/** The properties whose type CloudFormation refuses, and those that it misses. */
function refusedPaths({ faults }: Inventory): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { id, place, missing } of faults) {
    if (missing !== undefined) paths.add(keyOf(place, missing));
    if (id === 'Backup-PropertyType') paths.add(keyOf(place, place.pathInTemplate));
  }
  return paths;
}

/** Whether a property is one of some properties, or in one of them. */
function isUnderAny(paths: ReadonlySet<string>, place: Place): boolean {
  for (let path = place.pathInTemplate; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/'))))
    if (paths.has(keyOf(place, path))) return true;
  return false;
}

function keyOf({ stackId }: Place, path: string): string {
  return `${stackId}|${path}`;
}
