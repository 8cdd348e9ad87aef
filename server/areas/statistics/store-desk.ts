import type pg from 'pg';
import type { PeriodKind } from '#domain/statistics/record.ts';
import { filters, type Filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Within which units a person may do something; null where he may not. */
type Within = { all: boolean; tokens: readonly string[] } | null;

/** What else may wait for a person: where he may consent, accept and act, and whose visits are his. */
interface WaitingAsk {
  actorId: string;
  staffId: string | null;
  today: string;
  consents: Within;
  accepts: Within;
  signs: Within;
}

/** What waits beside duties and findings; a number is null where it is not this person's. */
interface Waits {
  leaves: number | null;
  corrections: number | null;
  reports: number | null;
  /** The oldest period with a signed report. */
  reportKind: PeriodKind | null;
  reportDay: string | null;
  visits: number | null;
  visitsOverdue: number | null;
  signs: number | null;
}

function within(where: Filters, alias: string, reach: NonNullable<Within>): string {
  return reach.all ? 'true' : `${alias}.reach && ${where.value(reach.tokens)}::text[]`;
}

/** Counts in one statement what waits for a person beside his duties and findings; each part reads an index of what is open alone. */
export async function countWaits(client: Client, district: string, ask: WaitingAsk): Promise<Waits> {
  const where = filters(district);
  const actor = where.value(ask.actorId);
  const today = where.value(ask.today);
  const parts: Record<keyof Waits, string> = {
    leaves: 'NULL::int',
    corrections: 'NULL::int',
    reports: 'NULL::int',
    reportKind: 'NULL::text',
    reportDay: 'NULL::date',
    visits: 'NULL::int',
    visitsOverdue: 'NULL::int',
    signs: 'NULL::int',
  };
  if (ask.consents) {
    parts.leaves = `(SELECT count(*)::int FROM leave l WHERE l.district_code = $1 AND l.state = 'requested' AND l.requested_by <> ${actor} AND ${within(where, 'l', ask.consents)})`;
    parts.corrections = `(SELECT count(*)::int FROM attendance_correction x WHERE x.district_code = $1 AND x.state = 'waiting' AND x.asked_by <> ${actor} AND ${within(where, 'x', ask.consents)})`;
  }
  if (ask.accepts) {
    const signed = `FROM period_report r WHERE r.district_code = $1 AND r.state = 'signed' AND ${within(where, 'r', ask.accepts)}`;
    parts.reports = `(SELECT count(*)::int ${signed})`;
    parts.reportKind = `(SELECT r.period_kind ${signed} ORDER BY r.from_date, r.period_kind LIMIT 1)`;
    parts.reportDay = `(SELECT r.from_date ${signed} ORDER BY r.from_date, r.period_kind LIMIT 1)`;
  }
  if (ask.staffId !== null) {
    const own = `FROM visit_plan_item i WHERE i.district_code = $1 AND i.staff_id = ${where.value(ask.staffId)}::uuid AND i.state = 'open'`;
    parts.visits = `(SELECT count(*)::int ${own} AND i.due_date <= ${today}::date)`;
    parts.visitsOverdue = `(SELECT count(*)::int ${own} AND i.due_date < ${today}::date)`;
  }
  if (ask.signs)
    parts.signs = `(SELECT count(DISTINCT s.child_id)::int FROM risk_sign s WHERE s.district_code = $1 AND s.state = 'open' AND s.strength >= 2 AND s.acted_at IS NULL AND ${within(where, 's', ask.signs)})`;
  const columns = Object.entries(parts).map(([key, sql]) => `${sql} AS "${key}"`);
  // the placeholders of parts that are not asked for are named, so that each has its type
  const text = `SELECT ${columns.join(', ')} WHERE $1::text IS NOT NULL AND ${actor}::text IS NOT NULL AND ${today}::date IS NOT NULL`;
  const found = await client.query<Waits>({ text, values: where.values });
  const [row] = found.rows;
  if (!row) throw new Error('one row is answered');
  return row;
}
