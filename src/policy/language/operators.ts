/** The operators of AWS Organizations for management policies, as bits: what a policy may do to a setting. */
export const ASSIGN = 1;
export const APPEND = 2;
export const REMOVE = 4;
export const ALL = ASSIGN | APPEND | REMOVE;
export const NONE = 0;

/** The key that restricts the policies below. */
export const CONTROL = '@@operators_allowed_for_child_policies';

/** The operators of a child control, with what they allow. */
export const CHILD_OPERATORS = {
  '@@all': ALL,
  '@@none': NONE,
  '@@assign': ASSIGN,
  '@@append': APPEND,
  '@@remove': REMOVE,
} as const;

export type ChildOperator = keyof typeof CHILD_OPERATORS;

/** The operators that set the value of a setting. */
export type ValueOperator = '@@assign' | '@@append' | '@@remove';

export function isChildOperator(text: string): text is ChildOperator {
  return Object.hasOwn(CHILD_OPERATORS, text);
}

export function isValueOperator(text: string): text is ValueOperator {
  return text === '@@assign' || text === '@@append' || text === '@@remove';
}

/** The bits of several operators. */
export function allowedBy(operators: readonly ChildOperator[]): number {
  return operators.reduce((bits, operator) => bits | CHILD_OPERATORS[operator], NONE);
}

/** The shortest list of operators for what is allowed. */
export function operatorsFor(allowed: number): ChildOperator[] {
  if (allowed === ALL) return ['@@all'];
  if (allowed === NONE) return ['@@none'];
  return (['@@assign', '@@append', '@@remove'] as const).filter((o) => allowed & CHILD_OPERATORS[o]);
}
