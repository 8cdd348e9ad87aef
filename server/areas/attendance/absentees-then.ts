import type { Then } from '#server/database/past.ts';
import type { Context } from '#server/http/context.ts';
import { groundOf } from './standing.ts';
import { crossedThen, standingsThen, type StandingThen } from './standing-then.ts';
import type { Absentee, AbsenteeFilter } from './store-absentees.ts';
import { namesThen, pageAbsenteesThen, sumUnexcusedThen } from './store-then.ts';

type Found = { rows: Absentee[]; total: number; days: number };

function withStanding(row: Absentee, standing: StandingThen | undefined): Absentee {
  return {
    ...row,
    consecutive: standing?.consecutive ?? 0,
    cumulative: standing?.cumulative ?? 0,
    crossed_day: standing?.crossedDay ?? null,
  };
}

async function whoCrossed(
  context: Context,
  asked: AbsenteeFilter,
  then: Then,
  page: { size: number; offset: number },
): Promise<Found> {
  const { client, district } = context;
  const crossed = await crossedThen(context, asked, then);
  const childIds = crossed.map((row) => row.childId);
  const days = await sumUnexcusedThen(client, district, { from: asked.from, to: asked.to, childIds }, then);
  const ordered = crossed
    .map((row) => ({ row, days: days.get(row.childId) ?? 0 }))
    .sort((a, b) => {
      if (a.days !== b.days) return b.days - a.days;
      const last = (b.row.lastAbsent ?? '').localeCompare(a.row.lastAbsent ?? '');
      return last === 0 ? (a.row.childId < b.row.childId ? -1 : 1) : last;
    });
  const shown = ordered.slice(page.offset, page.offset + page.size);
  const names = await namesThen(
    client,
    district,
    shown.map(({ row }) => row),
  );
  return {
    rows: shown.map(({ row, days: sum }) => ({
      child_id: row.childId,
      name: names.children.get(row.childId) ?? '',
      school_id: row.schoolId,
      school_name: names.schools.get(row.schoolId) ?? '',
      class_id: row.classId,
      class_name: names.classes.get(row.classId) ?? '',
      days: sum,
      last_day: row.lastAbsent,
      consecutive: row.consecutive,
      cumulative: row.cumulative,
      crossed_day: row.crossedDay,
    })),
    total: ordered.length,
    days: ordered.reduce((sum, one) => sum + one.days, 0),
  };
}

/** A page of the pupils behind a figure of a span as it was known then, with their standing of then. */
export async function absenteesThen(
  context: Context,
  asked: AbsenteeFilter,
  then: Then,
  page: { size: number; offset: number },
): Promise<Found> {
  const { figure } = asked;
  if (figure === 'crossed') return whoCrossed(context, asked, then, page);
  const found = await pageAbsenteesThen(context.client, context.district, { ...asked, figure }, then, page);
  const ground = await groundOf(context, asked.to);
  const term = ground.termOf(asked.to);
  const childIds = [...new Set(found.rows.map((row) => row.child_id))];
  const standings = term && childIds.length > 0 ? await standingsThen(context, ground, term, then, childIds) : [];
  const of = new Map(standings.map((standing) => [standing.childId, standing] as const));
  return { ...found, rows: found.rows.map((row) => withStanding(row, of.get(row.child_id))) };
}
