import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import type { StructName } from '../../values/core/unknown-properties';
import type { FindingId } from '../../values/findings/registry';
import { flagProblems, kindProblems, propsProblems, textProblems } from '../core/argument-checks';
import { SettingsRemoval } from './settings-removal';

const LONGEST_TRIGGER = 256;

/** What all constructs of settings have besides their settings. */
interface CommonProps {
  readonly onRemoval?: unknown;
  readonly trigger?: unknown;
}

/** The law of settings that are turned on or off one by one: at least one must be set. */
export function switchProblems<F extends string>(
  id: FindingId,
  struct: StructName,
  props: (CommonProps & { readonly [flag in F]?: boolean }) | undefined,
  flags: readonly F[],
): Problem[] {
  const shape = [
    ...propsProblems(id, props, struct),
    ...flags.flatMap((property) => flagProblems(id, property, props?.[property])),
    ...commonProblems(id, props),
  ];
  if (shape.length > 0 || flags.some((property) => props?.[property] !== undefined)) return shape;
  const [property] = flags;
  return [
    problem({
      id,
      property,
      message: `one of ${flags.map((flag) => `\`${flag}\``).join(', ')} must be set, got none`,
      fix: `for example, set \`${property}: true\``,
    }),
  ];
}

/** The laws of what happens on removal, and of the trigger. */
export function commonProblems(id: FindingId, props: CommonProps | undefined): Problem[] {
  return [
    ...removalProblems(id, props?.onRemoval),
    ...textProblems(id, 'trigger', props?.trigger, LONGEST_TRIGGER),
  ];
}

/** The law of what happens on removal. */
export function removalProblems(id: FindingId, removal: unknown): Problem[] {
  const all: readonly unknown[] = Object.values(SettingsRemoval);
  return kindProblems(removal, (given) => all.includes(given), {
    id,
    property: 'onRemoval',
    what: '`SettingsRemoval.RESTORE` or `SettingsRemoval.KEEP`',
  });
}
