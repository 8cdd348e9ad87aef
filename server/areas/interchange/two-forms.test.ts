import { afterAll, beforeAll, expect, it } from 'vitest';
import { approveChange } from '#contract/enrolment-changes.ts';
import { getOpenData } from '#contract/interchange.ts';
import { openChangeWorld, suspended, type ChangeWorld } from '#server/areas/enrolment/testing.ts';

let on: ChangeWorld;
beforeAll(async () => {
  on = await openChangeWorld();
});
afterAll(() => on.world.stop());

const form = () => on.officer.call(getOpenData, {});
type Row = Awaited<ReturnType<typeof form>>['rows'][number];
const keyOf = ({ schoolYear, street, level }: Row) => `${String(schoolYear)}|${street}|${level}`;

it('INT-10 what is entered after the day of a form does not change it, and of a later form a count that moved by a few is blank', async () => {
  await on.move('2026-12-04T02:00:00Z');
  const first = await form();
  expect(first.asOf).toBe('2026-11-30');
  const whole = ({ rows }: typeof first) => rows.find((row) => row.street === 'all' && row.level === 'all');
  expect(whole(first)?.values['end']).toBeGreaterThan(100);
  // Two forms between which one pupil is entered as suspended since November.
  const id = await suspended(on, 0, '2027-06-30');
  await on.principal.call(approveChange, { id });
  expect(await on.officer.call(approveChange, { id })).toMatchObject({ state: 'done' });
  expect((await form()).rows).toEqual(first.rows);
  await on.move('2027-01-08T02:00:00Z');
  expect((await form()).rows).toEqual(first.rows);

  await on.move('2027-03-02T02:00:00Z');
  const next = await form();
  expect(next.asOf).toBe('2027-02-28');
  expect(whole(next)?.values['end']).toBeNull();
  const before = new Map(first.rows.map((row) => [keyOf(row), row.values]));
  let compared = 0;
  for (const row of next.rows)
    for (const [measure, value] of Object.entries(row.values)) {
      const earlier = before.get(keyOf(row))?.[measure] ?? null;
      if (value === null || earlier === null) continue;
      compared += 1;
      const moved = Math.abs(value - earlier);
      expect([keyOf(row), measure, moved === 0 || moved >= next.smallest]).toEqual([keyOf(row), measure, true]);
    }
  expect(compared).toBeGreaterThan(100);
});
