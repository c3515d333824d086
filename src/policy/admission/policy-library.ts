import { show } from '../../values/core/amounts';
import type { Problem } from '../../values/core/problem';
import { problem } from '../../values/core/problem';
import { readJson } from '../language/json-text';
import { ScheduleLaw } from '../language/policy-schedule';
import { policySizeProblems } from '../language/policy-size';
import { type PolicyReading, readPolicy } from './admission';

/**
 * Reads policies, each once, however often it is attached. It caches them: use one library per organization.
 */
export class PolicyLibrary {
  public readonly schedules: ScheduleLaw;
  private readonly readings = new Map<unknown, PolicyReading>();

  /** @param at when AWS evaluates schedules; any time by default */
  constructor(at?: Date) {
    this.schedules = new ScheduleLaw(at);
  }

  /** @param content the document, as an object or as JSON */
  public read(content: unknown): PolicyReading {
    if (typeof content === 'string') return this.readText(content);
    let reading = this.readings.get(content);
    if (!reading) {
      reading = readPolicy(content, this.schedules);
      this.readings.set(content, reading);
    }
    return reading;
  }

  /** All problems that AWS Organizations would report, including the length. */
  public problems(content: unknown): Problem[] {
    return [...this.read(content).problems, ...policySizeProblems(content)];
  }

  private readText(text: string): PolicyReading {
    const { value, faults } = readJson(text);
    const problems = faults.map(
      ({ path, reason }): Problem =>
        problem({
          id: 'Backup-PolicyJson',
          property: path || 'the document',
          message: path ? `${show(path)}: ${reason}` : `the document ${reason}`,
        }),
    );
    if (value === undefined) return { fragment: { name: '' }, problems };
    const reading = readPolicy(value, this.schedules);
    return { fragment: reading.fragment, problems: [...problems, ...reading.problems] };
  }
}
