import type pg from 'pg';
import type { Role, UnitKind } from '#domain/basics/roles.ts';
import type { DutyRuleId, DutySubject } from '#domain/duties/record.ts';
import { filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A duty to be opened; moments ISO 8601. `subjectId` null: the child himself. */
export interface DutyWrite {
  rule: DutyRuleId;
  ruleVersion: string;
  subjectKind: DutySubject;
  subjectId: string | null;
  occasion: string;
  single: boolean;
  caseId: string | null;
  schoolId: string | null;
  classId: string | null;
  ownerRole: Role;
  ownerUnitKind: UnitKind;
  ownerUnit: string;
  ladder: readonly Role[];
  level: number;
  topRole: Role;
  urgent: boolean;
  why: string;
  startedBy: string;
  startedAt: string;
  dueAt: string;
  climbsAt: string | null;
  reach: readonly string[];
}

/** The columns of a duty that is opened, in the order of every statement that opens one. */
export const dutyColumns =
  'district_code, rule, rule_version, subject_kind, subject_id, occasion, live_key, child_id, case_id, school_id, class_id, owner_role, owner_unit_kind, owner_unit, ladder, level, top_role, urgent, why, started_by, started_at, due_at, climbs_at, reach';

function values(district: string, duty: DutyWrite): unknown[] {
  return [
    district,
    duty.rule,
    duty.ruleVersion,
    duty.subjectKind,
    duty.subjectId,
    duty.occasion,
    duty.single,
    duty.caseId,
    duty.schoolId,
    duty.classId,
    duty.ownerRole,
    duty.ownerUnitKind,
    duty.ownerUnit,
    duty.ladder,
    duty.level,
    duty.topRole,
    duty.urgent,
    duty.why,
    duty.startedBy,
    duty.startedAt,
    duty.dueAt,
    duty.climbsAt,
    duty.reach,
  ];
}

/** Opens a duty about children, one for each; one that was opened before, or is open and single, is left alone. Tells how many were opened. */
export async function openForChildren(
  client: Client,
  district: string,
  duty: DutyWrite,
  childIds: readonly string[],
): Promise<number> {
  const opened = await client.query({
    name: 'duty-open-children',
    values: [...values(district, duty), childIds],
    text: `INSERT INTO duty (${dutyColumns})
           SELECT c.district_code, $2, $3, $4, coalesce($5::text, c.id::text), $6, coalesce($5::text, c.id::text) || CASE WHEN $7::boolean THEN '' ELSE ' ' || $6 END,
             c.id, $8::uuid, $9::uuid, $10::uuid, $11, $12, $13, $14::text[], $15, $16, $17, $18, $19, $20::timestamptz, $21::timestamptz, $22::timestamptz,
             ARRAY(SELECT DISTINCT token FROM unnest(c.reach || $23::text[]) AS token ORDER BY token)
           FROM child c WHERE c.district_code = $1 AND c.id = ANY($24::uuid[]) ON CONFLICT DO NOTHING`,
  });
  return opened.rowCount ?? 0;
}

/** Opens a duty that is about no child. */
export async function openForClass(client: Client, district: string, duty: DutyWrite): Promise<number> {
  const opened = await client.query({
    name: 'duty-open-class',
    values: values(district, duty),
    text: `INSERT INTO duty (${dutyColumns})
           VALUES ($1, $2, $3, $4, $5::text, $6, $5::text || CASE WHEN $7::boolean THEN '' ELSE ' ' || $6 END, NULL, $8::uuid, $9::uuid, $10::uuid, $11, $12, $13, $14::text[], $15, $16,
             $17, $18, $19, $20::timestamptz, $21::timestamptz, $22::timestamptz, $23::text[]) ON CONFLICT DO NOTHING`,
  });
  return opened.rowCount ?? 0;
}

/** Which open duties an event settles; `except` is the occasion that the event itself opens. */
export interface Settling {
  rules: readonly DutyRuleId[];
  childId?: string;
  subjectId?: string;
  occasion?: string;
  except?: string;
  /** One that stays as it is: the same rule, owner and due moment are still owed. */
  keep?: { rule: DutyRuleId; dueAt: string; ownerRole: string; ownerUnit: string };
  at: string;
  by: string;
  byName: string;
  event: string;
}

/** Settles open duties; tells how many. */
export async function settle(client: Client, district: string, asked: Settling): Promise<number> {
  const where = filters(district, asked.at, asked.by, asked.byName, asked.event);
  where.and(`rule = ANY(${where.value(asked.rules)}::text[])`);
  if (asked.childId !== undefined) where.and(`child_id = ${where.value(asked.childId)}::uuid`);
  if (asked.subjectId !== undefined) where.and(`subject_id = ${where.value(asked.subjectId)}`);
  if (asked.occasion !== undefined) where.and(`occasion = ${where.value(asked.occasion)}`);
  if (asked.except !== undefined) where.and(`occasion <> ${where.value(asked.except)}`);
  if (asked.keep) {
    const { rule, dueAt, ownerRole, ownerUnit } = asked.keep;
    where.and(
      `NOT (rule = ${where.value(rule)} AND due_at = ${where.value(dueAt)}::timestamptz AND owner_role = ${where.value(ownerRole)} AND owner_unit = ${where.value(ownerUnit)})`,
    );
  }
  const settled = await client.query({
    text: `UPDATE duty SET state = 'settled', settled_at = $2::timestamptz, settled_by = $3, settled_name = $4, settled_event = $5 WHERE district_code = $1 AND state = 'open'${where.where()}`,
    values: where.values,
  });
  return settled.rowCount ?? 0;
}

/** Tells open duties about a child the case that was opened for him. */
export async function joinCase(client: Client, district: string, childId: string, caseId: string): Promise<void> {
  await client.query({
    name: 'duty-join-case',
    values: [district, childId, caseId],
    text: `UPDATE duty SET case_id = $3::uuid WHERE district_code = $1 AND child_id = $2::uuid AND state = 'open' AND case_id IS NULL`,
  });
}
