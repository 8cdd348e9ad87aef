import { escalate } from '#server/areas/duties/actions.ts';
import type { Platform } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { stoppedClock } from '#server/clock.ts';

/** What the deadline job was measured on. */
export interface DutiesMeasured {
  /** Open duties in the district. */
  duties: number;
  /** Seconds of one run of the deadline job in which every one of them has missed its moment and climbs. */
  dutiesSeconds: number;
  climbed: number;
  /** Seconds of the next run, which finds nothing to do. */
  againSeconds: number;
}

const start = '2026-11-20T01:00:00.000Z';

/** Fills a district with open duties of as many classes as a district has, straight into the table. */
async function fill(platform: Platform, district: string, count: number): Promise<void> {
  const client = await platform.database.loaderPool.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO duty (district_code, rule, rule_version, subject_kind, subject_id, occasion, live_key, school_id, class_id, owner_role, owner_unit_kind, owner_unit,
         ladder, level, top_role, urgent, why, started_by, started_at, due_at, climbs_at, reach)
       SELECT d.district_code, 'contactGuardian', 'v1', 'child', 'pupil ' || n, '2026-11-20', 'pupil ' || n || ' 2026-11-20',
         ('00000000-0000-4000-8000-' || lpad((n % 74)::text, 12, '0'))::uuid, ('00000000-0000-4000-9000-' || lpad((n % 1850)::text, 12, '0'))::uuid,
         'classTeacher', 'class', '00000000-0000-4000-9000-' || lpad((n % 1850)::text, 12, '0'), ARRAY['classTeacher', 'schoolOfficer', 'principal'], 0, 'classTeacher', false,
         '点名未到校，未请假', 'attendance.classMarked', $2::timestamptz, $2::timestamptz, $2::timestamptz,
         ARRAY['class:00000000-0000-4000-9000-' || lpad((n % 1850)::text, 12, '0'), 'school:00000000-0000-4000-8000-' || lpad((n % 74)::text, 12, '0')]
       FROM district d CROSS JOIN generate_series(1, $3::int) AS n WHERE d.district_code = $1`,
      [district, start, count],
    );
    await client.query('COMMIT');
    await client.query('ANALYZE duty');
  } finally {
    client.release();
  }
}

/** Measures the deadline job as the server runs it: one transaction as the application's role, under row-level security, with its messages and audit row. */
export async function measureDuties(platform: Platform, district: string, count = 200_000): Promise<DutiesMeasured> {
  await fill(platform, district, count);
  const run = async (at: string) => {
    const stopped: Platform = { ...platform, clock: stoppedClock(at) };
    const began = performance.now();
    const climbed = await runAs(
      stopped,
      { actor: platformActor(district, '定时任务'), reach: { all: true, tokens: [] }, audit: 'duties.escalate' },
      (context) => escalate(context),
    );
    return { climbed, seconds: Number(((performance.now() - began) / 1000).toFixed(2)) };
  };
  const first = await run('2026-11-20T02:00:00.000Z');
  const again = await run('2026-11-20T02:01:00.000Z');
  if (first.climbed !== count || again.climbed !== 0)
    throw new Error(`climbed ${String(first.climbed)} and again ${String(again.climbed)} of ${String(count)}`);
  return { duties: count, dutiesSeconds: first.seconds, climbed: first.climbed, againSeconds: again.seconds };
}
