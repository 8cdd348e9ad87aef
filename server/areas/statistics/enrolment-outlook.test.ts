import { afterAll, beforeAll, expect, it } from 'vitest';
import { runComparison } from '#contract/comparison.ts';
import { getEnrolmentForecast } from '#contract/statistics-cockpit.ts';
import { getCockpit } from '#contract/statistics.ts';
import { openCaseWorld, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';

let opened: CaseWorld;
beforeAll(async () => {
  opened = await openCaseWorld();
});
afterAll(() => opened.world.stop());

it('STA-30 the bureau sees the enrolment rate of the year’s end from its comparisons with the deciding catchments, a street its own, a school none', async () => {
  const { officer, street, principal, teacher, world } = opened;
  expect((await officer.call(getEnrolmentForecast, {})).value).toBeNull();
  await officer.call(runComparison, { asOf: '2026-11-20' });
  const cockpit = await officer.call(getCockpit, {});
  const [denominator, enrolled] = [cockpit.denominator ?? 0, cockpit.enrolled ?? 0];
  const told = await officer.call(getEnrolmentForecast, {});
  expect(denominator).toBeGreaterThan(100);
  expect([told.asOf, told.missing, told.target]).toEqual([cockpit.asOf, denominator - enrolled, 100]);
  expect(told.missing).toBeGreaterThan(0);
  expect(told.value).toBeCloseTo((enrolled / denominator) * 100, 6);
  expect([told.reaches, told.short]).toEqual([false, told.missing]);
  expect((told.low ?? 0) < (told.value ?? 0) && (told.value ?? 0) < (told.high ?? 0)).toBe(true);
  const [live] = await rows<{ n: number }>(world, `SELECT count(*)::int AS n FROM finding WHERE district_code = $1 AND kind IN ('notEnrolled', 'enrolledElsewhere') AND closed_at IS NULL`); // prettier-ignore
  expect(told.deciding.reduce((sum, one) => sum + one.notEnrolled + one.stated, 0)).toBe(live?.n);
  expect(told.deciding.every((one) => one.decides)).toBe(true);
  const own = await street.call(getEnrolmentForecast, {});
  expect(own.missing).toBeLessThan(told.missing);
  for (const person of [principal, teacher]) expect((await person.call(getEnrolmentForecast, {})).value).toBeNull();
  const then = await officer.call(getEnrolmentForecast, { day: '2020-01-01' });
  expect([then.asOf, then.deciding]).toEqual([null, []]);
});
