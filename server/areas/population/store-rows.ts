import type pg from 'pg';
import type { childStandings } from '#contract/population.ts';
import type { DocumentType } from '#domain/basics/document-number.ts';
import type { ChildTag, StudyStatus } from '#domain/population/record.ts';
import { filters, statementName } from '#server/database/filters.ts';
import { pastOf, type Past, type Then } from '#server/database/past.ts';
import { listedRow, rowsThat } from './store-lists.ts';
import { standingCase } from './store-standing.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** What lists show of a child, as stored. */
export interface ChildRecord {
  id: string;
  name: string;
  sex: string | null;
  birth_date: string | null;
  document_type: DocumentType;
  identity: string;
  sealed: Buffer | null;
  school_id: string | null;
  school_name: string | null;
  class_name: string | null;
  grade: number | null;
  subdistrict_name: string | null;
  community_name: string | null;
  study_status: StudyStatus | null;
  register_tags: ChildTag[] | null;
  roster_tags: string[] | null;
  lists: string[] | null;
  standing: (typeof childStandings)[number];
  open_findings: number;
}

/** What of a child is read, from `$1` district, `$2` today, `$3` ids, `$4` and `$5` the births that owe. */
function textOf(past: Past | null): string {
  const findings =
    past === null
      ? 'f.closed_at IS NULL'
      : `f.opened_at <= ${past.moment()} AND (f.closed_at IS NULL OR f.closed_at > ${past.moment()})`;
  return `SELECT c.id, c.name, c.sex, c.birth_date, c.document_type, c.identity, c.sealed, e.school_id, sc.name AS school_name, k.name AS class_name, e.grade,
             ps.name AS subdistrict_name, pc.name AS community_name, r.study_status, r.tags AS register_tags, e.tags AS roster_tags,
             (SELECT array_agg(l.list) FROM key_list_entry l WHERE ${listedRow('l', past)} AND l.child_id = c.id) AS lists,
             ${standingCase('$4', '$5', past)} AS standing,
             (SELECT count(*)::int FROM finding f WHERE f.district_code = $1 AND f.child_id = c.id AND ${findings}) AS open_findings
           FROM child c
           LEFT JOIN enrolment e ON ${rowsThat('e', past)} AND e.child_id = c.id
           LEFT JOIN register_entry r ON ${rowsThat('r', past)} AND r.child_id = c.id
           LEFT JOIN standing s ON ${rowsThat('s', past)} AND s.child_id = c.id
           LEFT JOIN school sc ON sc.district_code = $1 AND sc.id = e.school_id
           LEFT JOIN school_class k ON k.district_code = $1 AND k.id = e.class_id
           LEFT JOIN place ps ON ps.district_code = $1 AND ps.code = r.subdistrict_code
           LEFT JOIN place pc ON pc.district_code = $1 AND pc.code = r.community_code
           WHERE c.district_code = $1 AND $2::date IS NOT NULL AND c.id = ANY($3::uuid[])`;
}

/** The children with these ids as lists show them, in no order; ids out of reach are missing. Of the past, who he is stays told as it is known now. */
export async function readChildRecords(
  client: Client,
  district: string,
  today: string,
  owing: { first: string; last: string },
  ids: readonly string[],
  then: Then | null = null,
): Promise<ChildRecord[]> {
  if (ids.length === 0) return [];
  const where = filters(district, today, ids, owing.first, owing.last);
  const text = textOf(then === null ? null : pastOf(where, then));
  const name = then === null ? 'population-rows' : statementName('population-rows-then', text);
  return (await client.query<ChildRecord>({ name, text, values: where.values })).rows;
}
