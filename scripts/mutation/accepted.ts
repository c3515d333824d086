/** A mutation that no test can tell from the source, or that needn't be told. */
export interface Accepted {
  /** A file, or a folder with `/` at the end. */
  readonly file: string;
  /** A part of the line that is mutated. */
  readonly line: string;
  /** What it becomes; any mutation of the line without it. */
  readonly replacement?: string;
  readonly reason: string;
}

export const ACCEPTED: readonly Accepted[] = [
  {
    file: 'src/handler/',
    line: '?? []',
    replacement: '["Stryker was here"]',
    reason:
      'the types of the SDK leave lists out that AWS always sends, and an element without any field is passed over',
  },
  {
    file: 'src/handler/core/saved-values.ts',
    line: 'if (value === undefined) return undefined;',
    replacement: 'false',
    reason: 'a value that is not there names no parts, and is returned as it is',
  },
  {
    file: 'src/handler/vault/vaults.ts',
    line: 'page.BackupVaultList?.some(',
    replacement: 'page.BackupVaultList.some',
    reason: 'the types of the SDK leave the list out, AWS always sends it',
  },
  {
    file: 'src/handler/freshness/selected-resources.ts',
    line: 'if (SelectionId) ids.push(SelectionId)',
    replacement: 'true',
    reason: 'the types of the SDK leave the id out, AWS always sends it',
  },
  {
    file: 'src/policy/admission/admission.ts',
    line: 'keys.length > 1 ? new Map<string, string>() : undefined;',
    replacement: 'keys.length >= 1',
    reason: 'a single key has no twin: it takes longer, and finds the same',
  },
  {
    file: 'src/policy/merge/policy-merge.ts',
    line: '!fragment.remove?.includes(element)',
    replacement: 'fragment.remove.includes',
    reason: 'only fragments that remove something come here, which the type does not say',
  },
  {
    file: 'src/policy/effective/partition-laws.ts',
    line: "key.endsWith('resource_types') ? value : []",
    replacement: '["Stryker was here"]',
    reason: 'a text that is no ARN is passed over',
  },
  {
    file: 'src/policy/effective/effective-document.ts',
    line: 'if (object) this.objects.set(node, object);',
    replacement: 'true',
    reason: 'a node without an object is printed anew each time, whether it is remembered or not',
  },
  {
    file: 'src/coverage/arn-index.ts',
    line: "if (test.kind === 'exact') return;",
    replacement: 'false',
    reason: 'exact ARNs among the beginnings are looked up in vain: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/arns.ts',
    line: 'if (verdict === false) return false;',
    replacement: 'false',
    reason: 'a verdict that is false stays false: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/arns.ts',
    line: 'return missing > 0 ?',
    replacement: 'missing >= 0',
    reason: 'a text with all its fields is no ARN, which it is found to be again',
  },
  {
    file: 'src/coverage/arns.ts',
    line: 'if (wanted.key === subject.key) return true;',
    replacement: 'false',
    reason: 'equal texts are compared part by part: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/arn-index.ts',
    line: 'if (key !== undefined) this.contents.set(key, content);',
    replacement: 'false',
    reason: 'equal tests that do not share their content are each met: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/arn-index.ts',
    line: 'if (length > literal.length && length <= known.length)',
    replacement: 'true',
    reason: 'prefixes of other lengths are looked up in vain, or twice: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/arn-index.ts',
    line: 'if (prefix.length > known.length && !key.startsWith(prefix))',
    replacement: 'key.endsWith(prefix)',
    reason: 'what was met before is met twice: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/arn-index.ts',
    line: 'this.isSorted = true;',
    replacement: 'false',
    reason: 'texts that are sorted already are sorted again: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/arn-index.ts',
    line: 'private isSorted = true;',
    replacement: 'false',
    reason: 'texts that are sorted already are sorted again: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/arn-index.ts',
    line: 'if (!this.isSorted)',
    replacement: 'true',
    reason: 'texts that are sorted already are sorted again: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/schedule-intervals.ts',
    line: 'if (!this.intervals.has(schedule)) {',
    replacement: 'true',
    reason: 'without its memory, it computes the same again',
  },
  {
    file: 'src/coverage/compiled-selection.ts',
    line: 'if (this.byTag.size < tags.known.size)',
    reason: 'either way finds the same: the other one goes through more tags',
  },
  {
    file: 'src/coverage/organization-plans.ts',
    line: 'if (!isUnknown(name)) this.vaults.set(',
    replacement: 'true',
    reason: 'a vault whose name is not known is noted under a name that no policy can have',
  },
  {
    file: 'src/coverage/tag-tests.ts',
    line: "operator === 'StringEquals' && typeof key",
    replacement: '""',
    reason:
      'without a gate, a selection is compared with more resources: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/tag-tests.ts',
    line: "operator === 'StringEquals' && typeof key",
    replacement: 'false',
    reason:
      'without a gate, a selection is compared with more resources: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/tag-tests.ts',
    line: '? [{ key: key.slice(TAG_KEY_PREFIX.length), value }]',
    replacement: '[]',
    reason:
      'without a gate, a selection is compared with more resources: it takes longer, and finds the same',
  },
  {
    file: 'src/forecast/core/run-times.ts',
    line: 'one.rules.length === rules.length &&',
    replacement: 'false',
    reason: 'without its memory, it computes the same again',
  },
  {
    file: 'src/forecast/core/run-times.ts',
    line: 'one.rules.every((rule, i)',
    replacement: 'false',
    reason: 'without its memory, it computes the same again',
  },
  {
    file: 'src/forecast/core/run-times.ts',
    line: 'if (same) return same.gaps;',
    replacement: 'false',
    reason: 'without its memory, it computes the same again',
  },
  {
    file: 'src/forecast/core/plan-runs.ts',
    line: 'Math.min(MAX_LOOKAHEAD, Math.max(0, ...windows))',
    replacement: 'Math.max(MAX_LOOKAHEAD, Math.max(0, ...windows))',
    reason: 'looking further ahead takes longer, and finds the same',
  },
  {
    file: 'src/forecast/core/plan-runs.ts',
    line: 'const ahead = rules.length > 1 ?',
    replacement: 'true',
    reason: 'looking further ahead takes longer, and finds the same',
  },
  {
    file: 'src/forecast/survival/survival.ts',
    line: 'if (!known) {',
    replacement: 'true',
    reason: 'without its memory, it computes the same again',
  },
  {
    file: 'src/forecast/survival/survival.ts',
    line: 'if (!survival) {',
    replacement: 'true',
    reason: 'without its memory, it computes the same again',
  },
  {
    file: 'src/coverage/subjects.ts',
    line: 'the stack does not specify',
    replacement: '``',
    reason: 'the reason belongs to a part of the ARN of a stack, which no message prints',
  },
  {
    file: 'src/coverage/matcher.ts',
    line: 'if (here === false) continue;',
    replacement: 'false',
    reason: 'selections of other places are asked in vain: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/matcher.ts',
    line: 'if (verdict !== false) verdict = and(verdict, not(',
    replacement: 'true',
    reason: 'a verdict that is false stays false: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/compiled-selection.ts',
    line: 'if (notResources.items.length === 0) return',
    replacement: 'false',
    reason: 'an index of nothing finds nothing: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/compiled-selection.ts',
    line: 'if (this.byTag.size === 0) return;',
    replacement: 'false',
    reason: 'among no tags, none is found: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/compiled-selection.ts',
    line: 'counts.set(id(tag),',
    reason: 'whichever tag is the gate, a selection finds the same',
  },
  {
    file: 'src/coverage/compiled-selection.ts',
    line: '(best, tag) => (best && rank(best) <= rank(tag) ? best : tag)',
    reason: 'whichever tag is the gate, a selection finds the same',
  },
  {
    file: 'src/coverage/compiled-selection.ts',
    line: 'const rank = (tag: TagPair) =>',
    reason: 'whichever tag is the gate, a selection finds the same',
  },
  {
    file: 'src/coverage/compiled-selection.ts',
    line: 'key}\\0',
    reason: 'whichever tag is the gate, a selection finds the same',
  },
  {
    file: 'src/coverage/tag-tests.ts',
    line: 'if (tests.length === 1) return tests[0];',
    replacement: 'false',
    reason: 'a list of one test holds if that does: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/tag-tests.ts',
    line: 'if (verdict === false) break;',
    replacement: 'false',
    reason: 'a verdict that is false stays false: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/protections.ts',
    line: 'if (original.size === 0) return byStack;',
    replacement: 'false',
    reason: 'no selection of stacks finds no stack: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/',
    line: 'if (!plans) {',
    replacement: 'true',
    reason: 'without its memory, it computes the same again',
  },
  {
    file: 'src/coverage/protections.ts',
    line: 'if (!protections) {',
    replacement: 'true',
    reason: 'without its memory, it computes the same again',
  },
  {
    file: 'src/coverage/rule-facts.ts',
    line: 'if (!facts) {',
    replacement: 'true',
    reason: 'without its memory, it computes the same again',
  },
  {
    file: 'src/coverage/organization-plans.ts',
    line: 'if (!merged) {',
    replacement: 'true',
    reason: 'without its memory, it computes the same again',
  },
  {
    file: 'src/coverage/coverage.ts',
    line: 'const protections = more ?',
    replacement: 'true',
    reason: 'without its memory, it computes the same again',
  },
  {
    file: 'src/coverage/rule-facts.ts',
    line: 'return RANK[a] >= RANK[b] ? a : b;',
    replacement: 'RANK[a] > RANK[b]',
    reason: 'of two locks with the same rank, either is the same',
  },
  {
    file: 'src/coverage/organization-plans.ts',
    line: 'inventory.organizationPolicies.length === 0',
    replacement: 'false',
    reason: 'no policies make no plans: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/',
    line: 'if (this.originals.size === 0) return [];',
    replacement: 'false',
    reason: 'none of no selections covers a resource: it takes longer, and finds the same',
  },
  {
    file: 'src/coverage/subjects.ts',
    line: 'is generated at deployment',
    reason: 'the kind and the reason belong to a part of the ARN of a stack, which nothing asks for',
  },
  {
    file: 'src/values/core/nearest.ts',
    line: 'if (Math.abs(candidate.length - text.length) > mostEdits) continue;',
    replacement: 'false',
    reason: 'a pair that is too far apart is compared further: it takes longer, and finds the same',
  },
  {
    file: 'src/values/core/nearest.ts',
    line: 'if (Math.abs(one.length - other.length) > most) return',
    replacement: 'false',
    reason: 'a pair that is too far apart is compared further: it takes longer, and finds the same',
  },
  {
    file: 'src/values/core/nearest.ts',
    line: 'if (most < other.length && lettersApart(one, other) > most) return',
    replacement: 'false',
    reason: 'a pair that is too far apart is compared further: it takes longer, and finds the same',
  },
  {
    file: 'src/values/core/nearest.ts',
    line: 'if (count > 0) more += count;',
    replacement: 'false',
    reason: 'a pair that is too far apart is compared further: it takes longer, and finds the same',
  },
  {
    file: 'src/values/core/nearest.ts',
    line: 'if (fewest > most && fewestBefore > most) return',
    replacement: 'false',
    reason: 'a pair that is too far apart is compared further: it takes longer, and finds the same',
  },
];
