import type { Check, Step, Subject, Validator } from '../../../src/handler/restore/check';
import type { FakeAws } from './fake-aws';

/** What a validator says, level by level: `counts: …`, or `counts failed: …`. */
export async function sayings(
  validator: Validator,
  subject: Partial<Subject>,
  aws: FakeAws,
  check: Partial<Check> = {},
): Promise<string[]> {
  const said: string[] = [];
  const whole = { jobId: 'job', type: '', restoredArn: '', ...subject };
  for await (const step of validator(whole, { type: '', level: 'queries', ...check }, aws.tools()))
    said.push(sayingOf(step));
  return said;
}

function sayingOf({ level, ok, says }: Step): string {
  return `${level}${ok ? '' : ' failed'}: ${says}`;
}
