import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { PolicyLibrary } from '../admission/policy-library';
import { NumberText, readJson } from '../language/json-text';
import { join } from '../language/policy-problems';
import {
  type AttachedPolicy,
  ORGANIZATION_QUOTAS,
  type Organization,
  type OrganizationAccount,
  type OrganizationUnit,
} from './organization';

/** A problem in a file. */
export interface FileProblem {
  readonly file: string;
  /** The keys and indexes that lead to it, with `/` between them; empty for the whole file. */
  readonly path: string;
  readonly severity: Problem['severity'];
  /** Lower case, no full stop. */
  readonly reason: string;
  readonly fix?: string;
}

export interface OrganizationReading {
  /** Undefined if there are errors. */
  readonly organization?: Organization;
  /** Errors and warnings; warnings leave the organization usable. */
  readonly problems: readonly FileProblem[];
}

/**
 * Reads an organization with its backup policies from JSON:
 * `{"root":{"id","policies":[{"name","content"}],"children":[…],"accounts":[{"id","policies"}]}}`. Never throws.
 *
 * @param file the path that the user passed
 * @param policies caches the policies, for `evaluateOrganization`
 */
export function readOrganization(
  text: string,
  file: string,
  policies = new PolicyLibrary(),
): OrganizationReading {
  const { value, faults } = readJson(text);
  const problems = faults.map(({ path, reason }): FileProblem => ({ file, path, severity: 'error', reason }));
  if (value === undefined) return { problems };
  return checkOrganization(value, file, policies, problems);
}

/**
 * Like `readOrganization`, for parsed JSON.
 *
 * @param problems known problems
 */
export function checkOrganization(
  value: unknown,
  file: string,
  policies = new PolicyLibrary(),
  problems: readonly FileProblem[] = [],
): OrganizationReading {
  const reader = new OrganizationReader(file, policies, [...problems]);
  const organization = reader.read(value);
  const usable = reader.problems.every(({ severity }) => severity !== 'error');
  return { organization: usable ? organization : undefined, problems: reader.problems };
}

/** Deeper nesting is hostile; our JSON nests half as deep. */
const MAX_DEPTH = 1000;

const UNIT_KEYS = ['id', 'policies', 'children', 'accounts'];

class OrganizationReader {
  /** The path of each ID. */
  private readonly places = new Map<string, string>();
  /** The first occurrence of each policy, by name. */
  private readonly texts = new Map<string, FirstPolicy>();

  constructor(
    private readonly file: string,
    private readonly policies: PolicyLibrary,
    public readonly problems: FileProblem[],
  ) {}

  public read(value: unknown): Organization | undefined {
    const whole = this.object(value, '', ['root']);
    if (!whole) return undefined;
    if (whole.root === undefined) {
      this.error('root', 'is missing', 'write `{"root": {"id": …}}`');
      return undefined;
    }
    const root = this.unit(whole.root, 'root', []);
    return root && { root };
  }

  private unit(value: unknown, path: string, above: readonly string[]): OrganizationUnit | undefined {
    const unit = this.object(value, path, UNIT_KEYS);
    if (!unit) return undefined;
    const id = this.id(unit.id, path, above);
    if (id !== undefined && above.includes(id)) return undefined; // a cycle
    if (above.length > MAX_DEPTH) {
      this.error(path, 'is nested too deeply');
      return undefined;
    }
    if (above.length === ORGANIZATION_QUOTAS.unitDepth + 1)
      this.warn(
        path,
        `is nested more than ${ORGANIZATION_QUOTAS.unitDepth} units deep, which AWS Organizations doesn't allow`,
      );
    const inside = [...above, id ?? ''];
    return {
      id: id ?? '',
      policies: this.attached(unit.policies, join(path, 'policies')),
      accounts: this.list(unit.accounts, join(path, 'accounts'), (account, at) => this.account(account, at)),
      children: this.list(unit.children, join(path, 'children'), (child, at) => this.unit(child, at, inside)),
    };
  }

  private account(value: unknown, path: string): OrganizationAccount | undefined {
    const account = this.object(value, path, ['id', 'policies']);
    if (!account) return undefined;
    const id = this.id(account.id, path, []);
    if (id !== undefined && !/^\d{12}$/.test(id))
      this.error(join(path, 'id'), `must be 12 digits, got ${show(id)}`);
    return { id: id ?? '', policies: this.attached(account.policies, join(path, 'policies')) };
  }

  private id(id: unknown, path: string, above: readonly string[]): string | undefined {
    const place = join(path, 'id');
    if (typeof id !== 'string' || id.trim() === '') {
      const fix = typeof id === 'number' ? `write it in quotes: "${id}"` : undefined;
      this.error(place, id === undefined ? 'is missing' : `must be a text, got ${show(id)}`, fix);
      return undefined;
    }
    const twin = this.places.get(id);
    if (above.includes(id)) this.error(place, `is ${show(id)}, which contains this unit: a cycle`);
    else if (twin !== undefined)
      this.error(place, `is ${show(id)}, which is already used at \`${twin}\` already`, 'use each ID once');
    else this.places.set(id, place);
    return id;
  }

  private attached(value: unknown, path: string): AttachedPolicy[] {
    const names = new Set<string>();
    const policies = this.list(value, path, (policy, at) => this.policy(policy, at, names));
    const most = ORGANIZATION_QUOTAS.policiesPerEntity;
    if (policies.length > most)
      this.warn(path, `should be at most ${most} policies, got ${policies.length}, which exceeds the quota`);
    return policies;
  }

  private policy(value: unknown, path: string, names: Set<string>): AttachedPolicy | undefined {
    const policy = this.object(value, path, ['name', 'content']);
    if (!policy) return undefined;
    const { name, content } = policy;
    const named = typeof name === 'string' && name !== '';
    if (!named)
      this.error(join(path, 'name'), name === undefined ? 'is missing' : `must be a text, got ${show(name)}`);
    else if (names.has(name))
      this.error(join(path, 'name'), `is ${show(name)}, which is already attached here`, 'attach it once');
    else names.add(name);
    const place = join(path, 'content');
    if (content === undefined) {
      this.error(place, 'is missing', 'write the policy document as an object');
      return undefined;
    }
    const first = named ? this.texts.get(name) : undefined;
    // its problems are reported at the first occurrence
    if (named && first && isSame(first, content)) return { name, content: first.content };
    for (const { severity, property, message, fix } of this.policies.problems(content)) {
      const inner = property === 'the document' ? place : join(place, property);
      const reason = message.startsWith(`\`${property}\` `) ? message.slice(property.length + 3) : message;
      this.problems.push({ file: this.file, path: inner, severity, reason, fix });
    }
    if (!named) return undefined;
    if (first)
      this.error(
        place,
        `differs from that of policy ${show(name)} at \`${first.path}\``,
        'rename one of them: policy names are unique in an organization',
      );
    else this.texts.set(name, { content, path });
    return { name, content };
  }

  private list<T>(
    value: unknown,
    path: string,
    read: (element: unknown, path: string) => T | undefined,
  ): T[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.error(path, `must be a list, got ${show(value)}`);
      return [];
    }
    return value.flatMap((element, index) => read(element, join(path, index)) ?? []);
  }

  private object(
    value: unknown,
    path: string,
    known: readonly string[],
  ): Record<string, unknown> | undefined {
    if (Object.prototype.toString.call(value) !== '[object Object]') {
      this.error(path, `must be an object, got ${show(value)}`);
      return undefined;
    }
    const object = value as Record<string, unknown>;
    for (const key of Object.keys(object))
      if (!known.includes(key))
        this.error(
          join(path, key),
          `is not an allowed key here, expected one of ${known.map((name) => `\`${name}\``).join(', ')}`,
          meant(key, known),
        );
    return object;
  }

  private error(path: string, reason: string, fix?: string): void {
    this.problems.push({ file: this.file, path, severity: 'error', reason, fix });
  }

  private warn(path: string, reason: string): void {
    this.problems.push({ file: this.file, path, severity: 'warning', reason });
  }
}

interface FirstPolicy {
  readonly content: unknown;
  readonly path: string;
  text?: string;
}

function isSame(first: FirstPolicy, content: unknown): boolean {
  if (first.content === content) return true;
  first.text ??= exactText(first.content);
  return first.text !== undefined && first.text === exactText(content);
}

/** The JSON of a document, with numbers as written; undefined if it can't be JSON. */
function exactText(content: unknown): string | undefined {
  try {
    return JSON.stringify(content, function (this: Record<string, unknown>, key, value) {
      const raw = this[key];
      return raw instanceof NumberText ? { number: raw.text } : value;
    });
  } catch {
    return undefined; // an object that contains itself
  }
}

/** The key that was probably meant, which differs in case or in a final `s`. */
function meant(key: string, known: readonly string[]): string | undefined {
  const bare = (text: string) => text.toLowerCase().replace(/s$/, '');
  const name = known.find((candidate) => bare(candidate) === bare(key));
  return name && `write \`${name}\``;
}
