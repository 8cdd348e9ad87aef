import type { CaseRecord, Client } from './store-cases.ts';

interface StateRow {
  id: string;
  round: number;
  kind: string;
  state: string;
  school_id: string | null;
  class_id: string | null;
  subdistrict_code: string | null;
  category: string | null;
  from_date: string;
  to_date: string | null;
}

/**
 * Says that a case is in its present state from a day on, as known from now: what was known of later days is superseded, what began
 * before ends on that day. A return is told only after its days, and so may begin before today.
 */
export async function writeState(
  client: Client,
  district: string,
  record: CaseRecord,
  asked: { from: string; knownAt: string; newId: () => string },
): Promise<void> {
  const { from, knownAt, newId } = asked;
  const stood = await client.query<StateRow>({
    name: 'case-state-supersede',
    values: [district, record.id, from, knownAt],
    text: `UPDATE case_state SET known = tstzrange(lower(known), $4::timestamptz) WHERE district_code = $1 AND case_id = $2 AND upper_inf(known) AND (to_date IS NULL OR to_date > $3::date)
           RETURNING id, round, kind, state, school_id, class_id, subdistrict_code, category, from_date, to_date`,
  });
  const insert = (id: string, row: Omit<StateRow, 'id'>) =>
    client.query({
      name: 'case-state-insert',
      values: [
        district,
        id,
        record.id,
        record.childId,
        row.round,
        row.kind,
        row.state,
        row.school_id,
        row.class_id,
        row.subdistrict_code,
        row.category,
        row.from_date,
        row.to_date,
        knownAt,
        record.reach,
      ],
      text: `INSERT INTO case_state (district_code, id, case_id, child_id, round, kind, state, school_id, class_id, subdistrict_code, category, during, from_date, to_date, known, reach)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, daterange($12::date, $13::date), $12::date, $13::date, tstzrange($14::timestamptz, NULL), $15::text[])`,
    });
  for (const row of stood.rows) if (row.from_date < from) await insert(newId(), { ...row, to_date: from });
  await insert(newId(), {
    round: record.round,
    kind: record.kind,
    state: record.state,
    school_id: record.schoolId,
    class_id: record.classId,
    subdistrict_code: record.subdistrictCode,
    category: record.category,
    from_date: from,
    to_date: null,
  });
}
