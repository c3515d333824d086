import { show } from './amounts';
import { editDistance } from './nearest';
import type { Problem } from './problem';
import { problem } from './problem';
import { PROPERTY_NAMES } from './property-names';

/** The name of a public struct. */
export type StructName = keyof typeof PROPERTY_NAMES;

/**
 * The properties of an object that its struct doesn't have, which only untyped callers can pass.
 *
 * @param also a struct with properties that other laws refuse
 */
export function unknownPropertyProblems(props: unknown, struct: StructName, also?: StructName): Problem[] {
  if (typeof props !== 'object' || props === null || Array.isArray(props)) return [];
  const known: readonly string[] = [...PROPERTY_NAMES[struct], ...(also ? PROPERTY_NAMES[also] : [])];
  return Object.entries(props)
    .filter(([name, value]) => name.trim() !== '' && value !== undefined && !known.includes(name))
    .map(([name]) => {
      const shown = name.replace(/[`\p{Cc}\p{Zl}\p{Zp}]/gu, '?'); // untyped callers can use any name
      const near = likelyProperty(name, known);
      return problem({
        id: 'Backup-UnknownOption',
        property: shown,
        message: (label) => `${label(shown)} is not a property of \`${struct}\``,
        fix: near === undefined ? 'remove it' : `did you mean ${show(near)}?`,
      });
    });
}

/** The same for a struct within another one, such as an element of a list: the properties have the path before their names. */
export function unknownPropertyProblemsAt(path: string, props: unknown, struct: StructName): Problem[] {
  return unknownPropertyProblems(props, struct).map((each) =>
    each.as({ names: (property) => `${path}.${property}` }),
  );
}

/** The name that someone most likely meant: one that begins the same or ends the same, or differs in few letters. */
export function likelyProperty(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, distance: distanceOf(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(2, Math.floor(wanted.length / 4)) ? best.candidate : undefined;
}

/** The number of edits; less than 1 if one is the beginning or the end of the other. */
function distanceOf(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 4 && (long.startsWith(short) || long.endsWith(short))) return 0.5;
  return editDistance(a, b);
}
