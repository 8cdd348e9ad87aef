import type { ComparisonKind } from '#domain/comparison/record.ts';
import { chinaDay } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { countFound, countFoundThen, type FoundRow } from './store-found.ts';

/** A moment with six places of seconds, so that moments compare as texts. */
function micro(at: Date): string {
  return at.toISOString().replace('Z', '000Z');
}

/**
 * The moment of which findings are told: the end of the day, or that of the comparison of the day where it was made later, and never later
 * than the moment asked; null for now.
 */
export function foundMoment(
  context: Pick<Context, 'today'>,
  asked: { day: string; knownAt: string | null },
  runKnownAt: Date | null,
): string | null {
  if (asked.day >= context.today) return asked.knownAt;
  const end = `${asked.day}T15:59:59.999999Z`;
  // the next millisecond holds the microseconds of the run
  const made = runKnownAt === null ? end : micro(new Date(runKnownAt.getTime() + 1));
  const latest = made > end ? made : end;
  return asked.knownAt !== null && asked.knownAt < latest ? asked.knownAt : latest;
}

/** Of whom findings are asked: the district, streets, schools; null for classes, of whom the past is not kept. */
export interface FoundScope {
  kind: 'district' | 'streets' | 'schools' | 'classes';
  ids: readonly string[];
  /** Whether the unit was chosen by who reaches more. */
  chosen: boolean;
}

/** Findings as told to the cockpit. */
export interface Found {
  /** By kind, not closed. */
  live: ReadonlyMap<ComparisonKind, number>;
  states: Record<string, number>;
  /** Null where the days of then were not kept. */
  overdue: number | null;
  /** By school, not closed; null where the schools of then were not kept. */
  bySchool: ReadonlyMap<string | null, number> | null;
  /** By school and kind, not closed. */
  rows: readonly FoundRow[];
}

function gathered(rows: readonly FoundRow[]): Found {
  const live = new Map<ComparisonKind, number>();
  const bySchool = new Map<string | null, number>();
  const states: Record<string, number> = {};
  let [overdue, unkept] = [0, 0];
  for (const row of rows) {
    states[row.state] = (states[row.state] ?? 0) + row.count;
    unkept += row.unkept;
    overdue += row.overdue;
    if (!row.live) continue;
    live.set(row.kind, (live.get(row.kind) ?? 0) + row.count);
    bySchool.set(row.school_id, (bySchool.get(row.school_id) ?? 0) + row.count);
  }
  const kept = unkept === 0;
  return { live, states, overdue: kept ? overdue : null, bySchool: kept ? bySchool : null, rows };
}

/** The tokens that a chosen unit's records carry; null where nothing was chosen. */
export function tokensOf(scope: FoundScope): string[] | null {
  if (!scope.chosen) return null;
  return scope.ids.map((id) => `${scope.kind === 'streets' ? 'subdistrict' : 'school'}:${id}`);
}

/** Findings of a scope at a moment (null: now, as far as the actor reaches); null where they were not kept. */
export async function foundOf(
  context: Context,
  scope: FoundScope,
  moment: string | null,
  day: string,
): Promise<Found | null> {
  const { client, district, today } = context;
  if (moment === null) return gathered(await countFound(client, district, { today, tokens: tokensOf(scope) }));
  if (scope.kind === 'classes') return null;
  const then = chinaDay(new Date(moment));
  const rows = await inWholeDistrict(context, () =>
    countFoundThen(client, district, {
      moment,
      day: day < then ? day : then,
      schools: scope.kind === 'schools' ? scope.ids : null,
      streets: scope.kind === 'streets' ? scope.ids : null,
    }),
  );
  // which unit a finding was of is not known where its history was not kept
  if (scope.kind !== 'district' && rows.some((row) => row.unkept > 0)) return null;
  return gathered(rows);
}
