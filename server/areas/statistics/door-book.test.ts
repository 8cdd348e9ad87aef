import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { openingDay } from '#domain/basics/school-year.ts';
import type { Context } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { openWorld, type World } from '#server/testing/world.ts';
import { countDoorsIn, doorBookOf } from './door-book.ts';
import { countHouseholdsOf, type WorkAsk } from './store-work.ts';

let world: World;
const results = ['children', 'noChild', 'empty', 'refused', 'notMet'];
const made = fc.sample(
  fc.record({
    street: fc.constantFrom('420102001', '420102002'),
    surveys: fc.array(fc.record({ days: fc.integer({ min: 0, max: 440 }), result: fc.constantFrom(...results) }), { maxLength: 4 }), // prettier-ignore
  }),
  { numRuns: 150, seed: 41 },
);
const days = ['2025-09-01', '2025-12-31', '2026-03-15', '2026-08-31', '2026-09-01', '2026-11-15'];

/** Milliseconds of the test's clock by which something more becomes known each time. */
let moment = 0;
const nextMoment = () => new Date(Date.parse('2026-11-16T00:00:00Z') + (moment += 1)).toISOString();

/** What somebody writes beside: as the loader, committed at once. */
const write = (text: string, ...values: unknown[]) =>
  world.platform.database.loaderPool.query(text, [world.district, ...values]);

async function layHousehold(number: number, street: string): Promise<string> {
  const id = `00000000-0000-4000-d000-${String(number).padStart(12, '0')}`;
  await write(
    `INSERT INTO household (district_code, id, household_no, address, subdistrict_code, created_at, reach) VALUES ($1, $2, $3, '某路', $4, $5, '{}')`,
    id,
    `门${String(number)}`,
    street,
    nextMoment(),
  );
  return id;
}

const laySurvey = (householdId: string, day: string, result: string) =>
  write(
    `INSERT INTO survey (district_code, household_id, day, result, surveyor_id, surveyor_name, known_at, reach) VALUES ($1, $2, $3::date, $4, 'x', '网格员', $5, '{}')`,
    householdId,
    day,
    result,
    nextMoment(),
  );

beforeAll(async () => {
  world = await openWorld();
  for (const [at, { street, surveys }] of made.entries()) {
    const id = await layHousehold(at, street);
    for (const one of surveys) await laySurvey(id, addCalendarDays('2025-09-01', one.days), one.result);
  }
});
afterAll(() => world.stop());

const within = <T>(work: (context: Context) => Promise<T>): Promise<T> =>
  runAs(world.platform, { actor: platformActor(world.district), reach: { all: true, tokens: [] }, audit: null }, work);

const bookIn = async (context: Context) => {
  const book = await doorBookOf(context);
  if (book === null) throw new Error('no book');
  return book;
};

const askOf = (day: string, now: Date): WorkAsk => ({
  period: { kind: 'year', from: '2025-09-01', to: day },
  knownAt: null,
  now,
  within: null,
  opening: openingDay(day),
  kinds: ['district', 'street'],
});

/** Compares the book with the statement on every day; answers how many households were called on. */
const agree = () =>
  within(async (context) => {
    let surveyed = 0;
    for (const day of days) {
      const ask = askOf(day, context.now);
      const found: Record<string, Record<string, number>> = {};
      for (const row of await countHouseholdsOf(context.client, context.district, ask))
        // prettier-ignore
        (found[row.street ?? '?'] ??= {})[row.part] = row.count;
      const counted = countDoorsIn(await bookIn(context), { from: ask.opening, to: day, now: context.now });
      const plain = counted.map(({ street, ...parts }) => [street, Object.fromEntries(Object.entries(parts).filter(([, count]) => count > 0))]); // prettier-ignore
      expect([day, Object.fromEntries(plain)]).toEqual([day, found]);
      surveyed += counted.reduce((sum, one) => sum + one.Surveyed, 0);
    }
    return surveyed;
  });

it('STA-41 the book of doors counts as the statement does on every day, and follows each household and survey that becomes known', async () => {
  expect(await agree()).toBeGreaterThan(250);
  const before = await within(bookIn);
  expect(await within(bookIn)).toBe(before);
  const id = await layHousehold(900, '420102002');
  await laySurvey(id, '2026-03-01', 'refused');
  await laySurvey('00000000-0000-4000-d000-000000000003', '2026-11-15', 'notMet');
  const surveyed = await agree();
  const after = await within(bookIn);
  expect([after.doors.households - before.doors.households, after.doors.surveys - before.doors.surveys]).toEqual([
    1, 2,
  ]);
  expect(surveyed).toBeGreaterThan(250);
  // who holds the earlier book still counts what it held
  const of = (book: typeof before) => countDoorsIn(book, { from: '2025-08-31', to: '2026-03-15', now: new Date('2026-12-31T00:00:00Z') }); // prettier-ignore
  const homes = (book: typeof before) => of(book).reduce((sum, one) => sum + one.Households, 0);
  expect(homes(after) - homes(before)).toBe(1);
});

it('STA-41 who has written himself, and does not see what the book of doors holds, counts by statement', async () => {
  const before = await within(bookIn);
  await expect(
    within(async (context) => {
      await context.client.query(
        `INSERT INTO survey (district_code, household_id, day, result, surveyor_id, surveyor_name, known_at, reach) VALUES ($1, '00000000-0000-4000-d000-000000000003', '2026-11-15', 'empty', 'x', '网格员', '2026-11-18', '{}')`,
        [context.district],
      );
      expect(await doorBookOf(context)).toBeNull();
      throw new Error('taken back');
    }),
  ).rejects.toThrow('taken back');
  expect(await within(bookIn)).toBe(before);
});
