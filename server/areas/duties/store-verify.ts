import type pg from 'pg';
import type { Role, UnitKind } from '#domain/basics/roles.ts';
import type { FindingAsk } from '#domain/duties/finding-duties.ts';
import { findingRules } from '#domain/duties/finding-duties.ts';
import { dutyColumns } from './store-duties.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** What a finding asks while it waits for its owner. */
const asks = `f.closed_at IS NULL AND f.state IN ('open', 'verifying')`;
/** The end of a finding's day in China. */
const dueAt = `((f.due_date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' - interval '1 millisecond')`;
/** A finding owes beside its owner the school of its catchment. */
const catchment = `f.kind = 'notEnrolled' AND f.owner_kind IN ('community', 'subdistrict') AND f.school_id IS NOT NULL`;

/** Which kinds of findings, held by which kinds of owner, wait for their owners now; of one finding alone where it is named. */
export async function kindsAsking(
  client: Client,
  district: string,
  findingId: string | null,
): Promise<{ kind: string; owner_kind: string }[]> {
  const found = await client.query<{ kind: string; owner_kind: string }>({
    name: findingId === null ? 'duty-verify-kinds' : 'duty-verify-kind',
    values: findingId === null ? [district] : [district, findingId],
    text: `SELECT DISTINCT f.kind, f.owner_kind FROM finding f WHERE f.district_code = $1 AND ${asks}${findingId === null ? '' : ' AND f.id = $2::uuid'}`,
  });
  return found.rows;
}

/** What is opened about every waiting finding of a kind and kind of owner. */
export interface VerifyWrite {
  ask: FindingAsk;
  ruleVersion: string;
  occasion: string;
  ladder: readonly Role[];
  ownerRole: Role;
  ownerUnitKind: UnitKind;
  level: number;
  why: string;
  event: string;
  at: string;
  /** Asked anew by a person: what was once waived by hand is owed again. */
  again: boolean;
}

/** Opens in one statement what waiting findings make owed and nobody owes yet; of one finding alone where it is named. Tells how many. */
export async function openVerifications(
  client: Client,
  district: string,
  write: VerifyWrite,
  findingId: string | null,
): Promise<number> {
  const { ask, ladder, level } = write;
  const school = ask.unit === 'catchment';
  // What the owner owes counts to a school only where the owner is one.
  const schoolId = school ? 'f.school_id' : `CASE WHEN f.owner_kind = 'school' THEN f.owner_unit::uuid END`;
  const unit = school ? 'f.school_id::text' : 'f.owner_unit';
  const opened = await client.query({
    name: `duty-verify-open-${ask.unit}${findingId === null ? '' : '-one'}`,
    values: [
      district,
      ask.rule,
      write.ruleVersion,
      write.occasion,
      write.ownerRole,
      write.ownerUnitKind,
      ladder,
      level,
      ladder[level] ?? write.ownerRole,
      write.why,
      write.event,
      write.at,
      level < ladder.length - 1,
      ask.kind,
      ask.ownerKind,
      write.again,
      ...(findingId === null ? [] : [findingId]),
    ],
    text: `INSERT INTO duty (${dutyColumns})
           SELECT f.district_code, $2, $3, 'finding', f.id::text, $4, f.id::text, f.child_id, NULL, ${schoolId}, NULL, $5, $6, ${unit}, $7::text[], $8, $9, false,
             $10, $11, $12::timestamptz, ${dueAt}, CASE WHEN $13::boolean THEN ${dueAt} END,
             ARRAY(SELECT DISTINCT t FROM unnest(c.reach || CASE WHEN $6 <> 'district' THEN ARRAY[$6 || ':' || ${unit}] ELSE '{}'::text[] END) t ORDER BY t)
           FROM finding f JOIN child c ON c.district_code = $1 AND c.id = f.child_id
           WHERE f.district_code = $1 AND ${asks} AND f.kind = $14 AND f.owner_kind = $15${school ? ` AND ${catchment}` : ''}${findingId === null ? '' : ' AND f.id = $17::uuid'}
             AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.district_code = $1 AND d.child_id = f.child_id AND d.rule = $2 AND d.subject_id = f.id::text
               AND (d.state = 'open' OR (d.settled_event = 'waived' AND NOT $16::boolean))) ON CONFLICT DO NOTHING`,
  });
  return opened.rowCount ?? 0;
}

/** How open duties about findings end. */
export interface VerifyEnd {
  at: string;
  by: string;
  byName: string;
  event: string;
  reason: string;
}

const ended = `settled_at = $2::timestamptz, settled_by = $3, settled_name = $4, settled_event = $5, settled_reason = $6`;
const valuesOf = (district: string, end: VerifyEnd) => [
  district,
  end.at,
  end.by,
  end.byName,
  end.event,
  end.reason,
  findingRules,
];

/** Ends duties whose finding is closed, all or those about some children; tells how many. */
export async function endOfClosed(
  client: Client,
  district: string,
  end: VerifyEnd & { state: 'settled' | 'waived' },
  childIds: readonly string[] | null,
): Promise<number> {
  const done = await client.query({
    name: childIds === null ? 'duty-verify-closed' : 'duty-verify-closed-of',
    values: [...valuesOf(district, end), end.state, ...(childIds === null ? [] : [childIds])],
    text: `UPDATE duty d SET state = $8, ${ended} WHERE d.district_code = $1 AND d.state = 'open' AND d.rule = ANY($7::text[])${childIds === null ? '' : ' AND d.child_id = ANY($9::uuid[])'}
             AND NOT EXISTS (SELECT 1 FROM finding f WHERE f.district_code = $1 AND f.id::text = d.subject_id AND f.closed_at IS NULL)`,
  });
  return done.rowCount ?? 0;
}

/**
 * Ends duties whose live finding is owed by another unit or until another day by now; of one finding alone where it is named. In time they
 * are waived, past their day they stay late. Tells how many.
 */
export async function endOfHanded(
  client: Client,
  district: string,
  end: VerifyEnd,
  findingId: string | null,
): Promise<number> {
  const done = await client.query({
    name: findingId === null ? 'duty-verify-handed' : 'duty-verify-handed-one',
    values: [...valuesOf(district, end), ...(findingId === null ? [] : [findingId])],
    text: `UPDATE duty d SET state = CASE WHEN d.due_at < $2::timestamptz THEN 'settled' ELSE 'waived' END, ${ended} FROM finding f
           WHERE d.district_code = $1 AND d.state = 'open' AND d.rule = ANY($7::text[]) AND f.district_code = $1 AND f.child_id = d.child_id AND f.id::text = d.subject_id AND f.closed_at IS NULL${findingId === null ? '' : ' AND f.id = $8::uuid'}
             AND (d.due_at <> ${dueAt} OR CASE WHEN d.rule = 'verifyCatchment' THEN NOT (${catchment} AND d.owner_unit = f.school_id::text)
               ELSE d.owner_unit_kind <> f.owner_kind OR d.owner_unit <> f.owner_unit END)`,
  });
  return done.rowCount ?? 0;
}
