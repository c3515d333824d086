import { pseudoParameter } from '../../template/evaluation/pseudo';
import type { Text } from '../../template/evaluation/unknown';
import type { AcknowledgedRules } from '../../template/input/acknowledged-rules';
import type { SourceLine } from '../../template/input/source-lines';
import type { StackScope } from '../../template/input/stack';
import type { Context } from './context';
import { StackTags, type Tags } from './tags';

/** A stack of the input. AWS Backup can back up a stack with all its resources. */
export interface StackItem {
  readonly id: string;
  /** The name; that of a nested stack is `Parent/LogicalId`. */
  readonly name: string;
  readonly file: string;
  readonly constructPath?: string;
  readonly account?: string;
  readonly region?: string;
  /** The id of the stack that it is nested in. */
  readonly parent?: string;
  readonly arn: Text;
  readonly tags: Tags;
  /** What constructs acknowledge in it, or in the stack that it is nested in. Reads a file on the first call. */
  readonly acknowledged: () => AcknowledgedRules;
  /** The lines of code that create its constructs, by construct path. Reads a file on the first call. */
  readonly sources: () => ReadonlyMap<string, SourceLine>;
}

export function readStacks(context: Context): StackItem[] {
  const tags = new StackTags(context);
  const rules = new Map<StackScope, AcknowledgedRules>();
  const acknowledged = (root: StackScope): AcknowledgedRules => {
    const known = rules.get(root);
    if (known) return known;
    const byPath = new Map<string, Map<string, string>>();
    for (const [path, rule, reason] of root.source.acknowledgements?.() ?? []) {
      const own = byPath.get(path);
      if (own) own.set(rule, reason);
      else byPath.set(path, new Map([[rule, reason]]));
    }
    rules.set(root, byPath);
    return byPath;
  };
  const lines = new Map<StackScope, ReadonlyMap<string, SourceLine>>();
  const sources = (root: StackScope): ReadonlyMap<string, SourceLine> => {
    const known = lines.get(root) ?? new Map(root.source.sources?.() ?? []);
    lines.set(root, known);
    return known;
  };
  return context.stacks.all.map((stack) => ({
    id: stack.id,
    name: stack.name,
    file: stack.file,
    constructPath: context.paths.ofStack(stack),
    account: stack.account,
    region: stack.region,
    parent: stack.parent?.stack.id,
    arn: pseudoParameter('AWS::StackId', stack) as Text,
    tags: tags.of(stack),
    acknowledged: () => acknowledged(stack.root),
    sources: () => sources(stack.root),
  }));
}
