import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { readJson } from '../language/json-text';
import { ScheduleLaw } from '../language/policy-schedule';
import { policySizeProblems } from '../language/policy-size';
import { type PolicyReading, readPolicy } from './admission';

/**
 * Reads policies, each once however often it is attached. It keeps them: use one for one organization.
 */
export class PolicyLibrary {
  public readonly schedules: ScheduleLaw;
  private readonly readings = new Map<object, PolicyReading>();

  /** @param at when AWS judges schedules: any time when left out */
  constructor(at?: Date) {
    this.schedules = new ScheduleLaw(at);
  }

  /** @param content the document, as an object or as JSON text */
  public read(content: unknown): PolicyReading {
    if (typeof content === 'string') return this.readText(content);
    if (typeof content !== 'object' || content === null) return readPolicy(content, this.schedules);
    let reading = this.readings.get(content);
    if (!reading) {
      reading = readPolicy(content, this.schedules);
      this.readings.set(content, reading);
    }
    return reading;
  }

  /** All that AWS Organizations would say of a document, its length included. */
  public problems(content: unknown): Problem[] {
    return [...this.read(content).problems, ...policySizeProblems(content)];
  }

  private readText(text: string): PolicyReading {
    const { value, faults } = readJson(text);
    const problems = faults.map(
      ({ path, reason }): Problem => ({
        id: 'Backup-PolicyJson',
        severity: 'error',
        property: path || 'the document',
        message: path ? `${show(path)}: ${reason}` : `the document ${reason}`,
      }),
    );
    if (value === undefined) return { fragment: { name: '' }, problems };
    const reading = readPolicy(value, this.schedules);
    return { fragment: reading.fragment, problems: [...problems, ...reading.problems] };
  }
}
