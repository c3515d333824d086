import { readCron } from '../../../src/values/schedule/cron';
import type { Cron } from '../../../src/values/schedule/cron-field-spec';
import {
  dailyWindow,
  fsxBackup,
  fsxMaintenance,
  meeting,
  minutesOfWeek,
  weeklyWindow,
} from '../../../src/values/schedule/service-windows';
import { WallClock } from '../../../src/values/schedule/wall-clock';

const DAY = 1440;
const at = (day: number, hour: number, minute = 0) => day * DAY + hour * 60 + minute;
const [MONDAY, , , , , , SUNDAY] = [0, 1, 2, 3, 4, 5, 6];
const NOW = new Date('2026-11-21T00:00:00Z');

describe('windows', () => {
  test('of a week, over its end too', () => {
    expect(weeklyWindow('sun:05:00-sun:05:30')).toEqual({ start: at(SUNDAY, 5), minutes: 30 });
    expect(weeklyWindow('Mon:23:30-Tue:00:30')).toEqual({ start: at(MONDAY, 23, 30), minutes: 60 });
    expect(weeklyWindow('sun:23:45-mon:00:15')).toEqual({ start: at(SUNDAY, 23, 45), minutes: 30 });
  });

  test('of every day, over midnight too', () => {
    expect(dailyWindow('05:00-05:30')).toHaveLength(7);
    expect(dailyWindow('23:45-00:15')[0]).toEqual({ start: at(MONDAY, 23, 45), minutes: 30 });
  });

  test('of FSx begin, and last half an hour', () => {
    expect(fsxMaintenance('7:05:00')).toEqual({ start: at(SUNDAY, 5), minutes: 30 });
    expect(fsxBackup('05:00')).toHaveLength(7);
    expect(fsxBackup('05:00')[6]).toEqual({ start: at(SUNDAY, 5), minutes: 30 });
  });

  test.each([
    '',
    'sunday',
    'sun:25:00-sun:05:30',
    'xyz:05:00-sun:05:30',
    '05:00',
    '8:05:00',
    '24:00',
    'constructor',
  ])('that are none are nothing: %j', (text) => {
    expect(weeklyWindow(text)).toBeUndefined();
    expect(dailyWindow(text)).toEqual([]);
    expect(fsxMaintenance(text)).toBeUndefined();
    if (text !== '05:00') expect(fsxBackup(text)).toEqual([]);
  });
});

describe('the minutes of the week at which a schedule runs', () => {
  const minutes = (expression: string, zone = 'UTC') =>
    minutesOfWeek(readCron(expression).cron as Cron, new WallClock(zone), NOW).sort((a, b) => a - b);

  test('in UTC', () => {
    expect(minutes('cron(0 5 ? * SUN *)')).toEqual([at(SUNDAY, 5)]);
    expect(minutes('cron(30 5 ? * * *)')).toHaveLength(7);
    expect(minutes('cron(0 * ? * * *)')).toHaveLength(7 * 24);
  });

  test('in a zone with summer time, of both times', () => {
    expect(minutes('cron(0 1 ? * MON *)', 'Europe/Berlin')).toEqual([at(MONDAY, 0), at(SUNDAY, 23)]);
  });
});

describe('a run', () => {
  const window = { start: at(SUNDAY, 5), minutes: 30 };

  test.each([
    [at(SUNDAY, 5), 'starts'],
    [at(SUNDAY, 5, 29), 'starts'],
    [at(SUNDAY, 5, 30), undefined],
    [at(SUNDAY, 4, 1), 'starts'],
    [at(SUNDAY, 4), 'may start'],
    [at(SUNDAY, 3, 59), 'may start'],
    [at(SUNDAY, 3), 'may start'],
    [at(SUNDAY, 2), undefined],
  ])('at %d of a window that keeps the hour before it free: %s', (run, expected) => {
    expect(meeting([run], window, 60, 120)).toBe(expected);
  });

  test('of the last week may start in this one', () => {
    expect(meeting([at(SUNDAY, 23)], { start: at(MONDAY, 0, 30), minutes: 30 }, 60, 60)).toBe('may start');
    expect(meeting([at(SUNDAY, 23, 31)], { start: at(MONDAY, 0, 30), minutes: 30 }, 60, 60)).toBe('starts');
  });

  test('that starts in the window counts more than one that may', () => {
    expect(meeting([at(SUNDAY, 3, 30), at(SUNDAY, 5)], window, 60, 120)).toBe('starts');
    expect(meeting([], window, 60, 120)).toBeUndefined();
  });
});
