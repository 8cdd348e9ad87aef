import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import {
  courseParts,
  lostParts,
  emptyTally,
  scopeKinds,
  type Period,
  type ScopeKind,
} from '#domain/statistics/record.ts';
import type { Context } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { pupils as randomPupils } from '#server/testing/histories.ts';
import { openWorld, type World } from '#server/testing/world.ts';
import { behindIn, booksFor, talliesIn } from './books.ts';
import { bookOf, type CourseBook } from './course-book.ts';
import { homeBookOf } from './home-book.ts';
import { pageOfNames } from './name-page.ts';
import { countFigures, listFigureNames, type Within } from './store-figures.ts';
import { layCourses, type Laid } from './testing.ts';

let world: World;
let laid: Laid[];
const kinds = scopeKinds;
const periods: Period[] = fc
  .sample(fc.record({ start: fc.integer({ min: -300, max: 500 }), length: fc.integer({ min: 1, max: 365 }) }), {
    numRuns: 5,
    seed: 3,
  }) // prettier-ignore
  .map(({ start, length }) => {
    const from = addCalendarDays('2026-09-01', start);
    return { kind: 'month' as const, from, to: addCalendarDays(from, length - 1) };
  });
const [period] = periods as [Period];

beforeAll(async () => {
  world = await openWorld();
  laid = await layCourses(world, fc.sample(randomPupils, { numRuns: 60, seed: 19 }).flat());
});
afterAll(() => world.stop());

/** Runs work as the platform does, the whole district in sight. */
const within = <T>(work: (context: Context) => Promise<T>): Promise<T> =>
  runAs(world.platform, { actor: platformActor(world.district), reach: { all: true, tokens: [] }, audit: null }, work);

async function bookIn(context: Context): Promise<CourseBook> {
  const book = await bookOf(context);
  if (book === null) throw new Error('no book');
  return book;
}

async function booksIn(context: Context, asked: { kind: ScopeKind; period: Period; within?: Within | null }) {
  const books = await booksFor(context, asked);
  if (books === null) throw new Error('no books');
  return books;
}

async function byStatement(context: Context, kind: ScopeKind, asked: Period, within: Within | null = null) {
  const found: Record<string, Record<string, number>> = {};
  for (const { key, part, count } of await countFigures(context.client, context.district, {
    kind,
    period: asked,
    knownAt: null,
    within,
  }))
    // prettier-ignore
    (found[key] ??= { ...emptyTally() })[part] = count;
  return found;
}

const agree = (kind: ScopeKind, asked: Period, of: Within | null = null) =>
  within(async (context) => {
    const ask = { kind, period: asked, within: of };
    const made = Object.fromEntries(await talliesIn(await booksIn(context, ask), ask));
    expect([ask, made]).toEqual([ask, await byStatement(context, kind, asked, of)]);
    return Object.keys(made).length;
  });

/** What somebody writes beside: as the loader, committed at once. */
const write = (text: string, ...values: unknown[]) =>
  world.platform.database.loaderPool.query(text, [world.district, ...values]);

/** A copy of a spell with another state and other days, as known from a moment. */
const spell = `INSERT INTO course (district_code, child_id, state, school_id, class_id, grade, cause, during, from_date, to_date, known, reach)
  SELECT district_code, child_id, $3, school_id, class_id, grade, CASE WHEN $3 = 'dropout' THEN 'dropout' ELSE cause END, daterange($4::date, $5::date), $4::date, $5::date, tstzrange($6::timestamptz, NULL), reach
  FROM course WHERE district_code = $1 AND id = $2`;

/** A spell in school that began before the period and has no end. */
async function spellInSchool(): Promise<{ id: string; fromDate: string }> {
  const found = await world.platform.database.loaderPool.query<{ id: string; fromDate: string }>(
    `SELECT c.id, c.from_date AS "fromDate" FROM course c WHERE c.district_code = $1 AND upper_inf(c.known) AND c.state = 'inSchool' AND c.grade < 9 AND c.to_date IS NULL AND c.from_date < $2::date ORDER BY c.id LIMIT 1`,
    [world.district, period.from],
  );
  const row = found.rows[0];
  if (!row) throw new Error('no pupil');
  return row;
}

it('STA-07 the book counts as the statement does, in every scope and period', async () => {
  expect(laid.length).toBeGreaterThan(250);
  let scopes = 0;
  for (const kind of kinds) for (const one of periods) scopes += await agree(kind, one);
  expect(scopes).toBeGreaterThan(200);
});

it('STA-41 the children of one street are counted from the books as by the statement', async () => {
  let scopes = 0;
  for (const street of ['420102001', '420102002'])
    for (const kind of kinds) for (const one of periods) scopes += await agree(kind, one, { street, group: null });
  expect(scopes).toBeGreaterThan(200);
});

it('STA-41 a child who moves to another street is counted there by the next who asks; the same book of homes serves until then', async () => {
  const homes = (context: Context) => homeBookOf(context);
  const before = await within(homes);
  expect(before?.homes.of.size).toBeGreaterThan(100);
  expect(await within(homes)).toBe(before);
  const [moved] = [...(before?.homes.of ?? [])].filter(
    ([, list]) => list[0]?.street === '420102001' && list.length === 1,
  );
  if (!moved) throw new Error('nobody lives there');
  await write(`UPDATE register_entry SET known = tstzrange(lower(known), '2026-11-02T00:00:00Z') WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`, moved[0]); // prettier-ignore
  for (const [street, from, to] of [
    ['420102001', '2020-01-01', '2026-09-10'],
    ['420102002', '2026-09-10', null],
  ] as const)
    // prettier-ignore
    await write(
      `INSERT INTO register_entry (district_code, child_id, name, subdistrict_code, study_status, tags, during, from_date, to_date, known, row_print, reach)
       SELECT district_code, child_id, name, $3, study_status, tags, daterange($4::date, $5::date), $4::date, $5::date, tstzrange('2026-11-02T00:00:00Z', NULL), row_print, reach
       FROM register_entry WHERE district_code = $1 AND child_id = $2 AND upper(known) = '2026-11-02T00:00:00Z'`,
      moved[0],
      street,
      from,
      to,
    );
  expect((await within(homes))?.homes.of.get(moved[0])?.map((one) => one.street)).toEqual(['420102001', '420102002']);
  for (const kind of ['street', 'streetLevel'] as const) for (const one of periods) await agree(kind, one);
});

it('STA-07 STA-08 the book names the children that the statement names, in its order', async () => {
  let named = 0;
  for (const kind of ['level', 'school', 'street', 'streetLevel'] as const)
    await within(async (context) => {
      const { client, district } = context;
      for (const [key, tally] of Object.entries(await byStatement(context, kind, period)).slice(0, 1))
        for (const parts of [...courseParts.filter((one) => (tally[one] ?? 0) > 0).map((one) => [one]), lostParts]) {
          const asked = { kind, key, parts, period };
          const place = { size: 20, offset: 1 };
          const behind = await behindIn(await booksIn(context, asked), asked);
          const rows = await pageOfNames(client, district, behind, null, place);
          // where a day has many children they are looked for by name
          const walk = () => true;
          expect(await pageOfNames(client, district, behind, null, place, walk)).toEqual(rows);
          expect([asked, rows]).toEqual([asked, await listFigureNames(client, district, { ...asked, knownAt: null }, null, place)]); // prettier-ignore
          expect(behind.ids.length).toBe(parts.reduce((sum, part) => sum + (tally[part] ?? 0), 0));
          const tokens = [`school:${laid[0]?.versions[0]?.[0]?.schoolId ?? ''}`];
          expect(await pageOfNames(client, district, behind, tokens, place)).toEqual(await listFigureNames(client, district, { ...asked, knownAt: null }, tokens, place)); // prettier-ignore
          named += rows.length;
        }
    });
  expect(named).toBeGreaterThan(20);
});

it('STA-07 STA-09 a spell that becomes known is in the book of the next who asks; the same book serves until then', async () => {
  const before = await within(bookIn);
  expect(await within(bookIn)).toBe(before);
  const { id, fromDate } = await spellInSchool();
  const open = async () => (await within(async (context) => (await talliesIn(await bookIn(context), { kind: 'district', period })).get('')))?.Open ?? 0; // prettier-ignore
  const stood = await open();
  await write(`UPDATE course SET known = tstzrange(lower(known), '2026-11-02T00:00:00Z') WHERE district_code = $1 AND id = $2`, id); // prettier-ignore
  await write(spell, id, 'inSchool', fromDate, period.from, '2026-11-02T00:00:00Z');
  await write(spell, id, 'dropout', period.from, null, '2026-11-02T00:00:00Z');
  expect(await open()).toBe(stood + 1);
  for (const kind of kinds) await agree(kind, period);
});

it('STA-07 who has written himself, and does not see what the book holds, counts by statement', async () => {
  const { id } = await spellInSchool();
  const before = await within(bookIn);
  await expect(
    within(async (context) => {
      await context.client.query(
        `UPDATE course SET known = tstzrange(lower(known), '2026-11-03T00:00:00Z') WHERE district_code = $1 AND id = $2`,
        [context.district, id],
      );
      expect(await bookOf(context)).toBeNull();
      throw new Error('taken back');
    }),
  ).rejects.toThrow('taken back');
  expect(await within(bookIn)).toBe(before);
});

it('STA-07 after two records became one the book is read anew: no moment of the courses tells it', async () => {
  const before = await within(bookIn);
  const first = laid.find(({ childId }) => before.courses.childIds.includes(childId))?.childId ?? '';
  const other = '00000000-0000-4000-b001-000000000000';
  await write(
    `INSERT INTO child (district_code, id, name, name_tail, pinyin, initials, document_type, identity, reach, created_at, changed_at)
     SELECT district_code, $3, name, name_tail, pinyin, initials, document_type, identity, reach, created_at, changed_at FROM child WHERE district_code = $1 AND id = $2`,
    first,
    other,
  );
  await write('UPDATE course SET child_id = $3 WHERE district_code = $1 AND child_id = $2', first, other);
  await runAs(
    world.platform,
    { actor: platformActor(world.district), reach: { all: true, tokens: [] }, audit: 'comparison.mergeChildren' },
    () => Promise.resolve(),
  );
  const after = await within(bookIn);
  expect(after).not.toBe(before);
  expect([first, other].map((id) => after.courses.childIds.includes(id))).toEqual([false, true]);
  for (const kind of kinds) await agree(kind, period);
});

it('STA-07 the trail is looked at for merges from where it was looked at last, not from the beginning of the book', async () => {
  const book = await within(bookIn);
  const from = book.link;
  for (let link = 0; link < 520; link += 1)
    await runAs(
      world.platform,
      { actor: platformActor(world.district), reach: { all: true, tokens: [] }, audit: 'population.listChildren' },
      () => Promise.resolve(),
    );
  expect(await within(bookIn)).toBe(book);
  expect(book.link).toBeGreaterThanOrEqual(from + 520);
});
