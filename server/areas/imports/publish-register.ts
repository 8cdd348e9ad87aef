import { countAnew, insertMany, type Publishing, steps } from './publish-bulk.ts';
import { insertChildren, resolvePersons } from './publish-persons.ts';

/** Ranks the rows of each child in this file; the first stands in the register, the others are repeats. */
async function markRepeats(publishing: Publishing): Promise<void> {
  const step = steps(publishing);
  await step(`UPDATE import_row r SET outcome = 'repeated'
    FROM (SELECT row_no, row_number() OVER (PARTITION BY coalesce(child_id, child_new_id) ORDER BY (outcome IS NOT DISTINCT FROM 'unchanged') DESC, row_no) AS place
          FROM import_row WHERE district_code = $1 AND import_id = $2 AND held_code IS NULL) f
    WHERE r.district_code = $1 AND r.import_id = $2 AND r.row_no = f.row_no AND f.place > 1 AND r.outcome IS DISTINCT FROM 'unchanged'`);
  await step(
    `UPDATE import_row r SET outcome = 'repeated' FROM register_entry e, household h
    WHERE r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL AND r.outcome IS NULL
      AND e.district_code = $1 AND e.child_id = r.child_id AND upper_inf(e.known) AND e.from_date = $3::date AND e.import_id IS NOT NULL AND e.import_id <> $2
      AND h.district_code = $1 AND h.id = e.household_id AND r.household_no IS NOT NULL AND h.household_no <> r.household_no`,
    publishing.asOf,
  );
}

async function insertHouseholds(publishing: Publishing): Promise<void> {
  const made = await steps(publishing)(
    `INSERT INTO household (district_code, household_no, address, subdistrict_code, community_code, created_at, reach)
     SELECT DISTINCT ON (r.household_no) r.district_code, r.household_no, coalesce(r.address, ''), r.subdistrict_code, r.community_code, $3::timestamptz,
       array_remove(ARRAY['subdistrict:' || r.subdistrict_code, 'community:' || r.community_code], NULL)
     FROM import_row r WHERE r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL AND r.household_no IS NOT NULL
     ORDER BY r.household_no, r.row_no
     ON CONFLICT ON CONSTRAINT household_no_uq DO NOTHING`,
    publishing.knownAt,
  );
  await countAnew(publishing, 'household', made);
}

/**
 * Publishes a register: persons, households, what the register says of each child, repeats. An entry that changed is superseded:
 * its known time ends, so that an answer given before stays the same, and the new entry begins with the child's first listed day.
 */
export async function publishRegister(publishing: Publishing): Promise<void> {
  const step = steps(publishing);
  await resolvePersons(publishing, 'register');
  await markRepeats(publishing);
  await insertChildren(publishing);
  await insertHouseholds(publishing);
  const changed = `r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL AND (r.outcome IS NULL OR r.outcome IN ('conflict'))`;
  await step(
    `UPDATE register_entry e SET known = tstzrange(lower(e.known), $3::timestamptz) FROM import_row r
     WHERE ${changed} AND e.district_code = $1 AND e.child_id = r.child_id AND upper_inf(e.known)`,
    publishing.knownAt,
  );
  await insertMany(
    publishing,
    'register_entry',
    `INSERT INTO register_entry (district_code, id, child_id, household_id, name, sex, birth_date, subdistrict_code, community_code, address, guardian, relation, household_state, study_status,
       stated_school, stated_grade, tags, surveyor, survey_date, note, phone_index, registry_index, sealed, during, from_date, known, row_print, import_id, row_no, reach)
     SELECT r.district_code, r.entry_new_id, c.id, h.id, r.name, r.sex, r.birth_date, r.subdistrict_code, r.community_code, r.address, r.guardian, r.facts ->> 'relation',
       r.facts ->> 'householdState', r.facts ->> 'studyStatus', nullif(r.facts ->> 'statedSchool', ''), nullif(r.grade, 0),
       ARRAY(SELECT jsonb_array_elements_text(r.facts -> 'tags')), nullif(r.facts ->> 'surveyor', ''), (r.facts ->> 'surveyDate')::date, nullif(r.facts ->> 'note', ''),
       r.phone_index, r.registry_index, r.sealed_entry,
       daterange(least($3::date, coalesce(b.from_date, $3::date)), NULL), least($3::date, coalesce(b.from_date, $3::date)), tstzrange($4::timestamptz, NULL), r.row_print, r.import_id, r.row_no, c.reach
     FROM import_row r
     JOIN child c ON c.district_code = $1 AND c.id = coalesce(r.child_id, r.child_new_id)
     LEFT JOIN household h ON h.district_code = $1 AND h.household_no = r.household_no
     LEFT JOIN (SELECT e.child_id, min(e.from_date) AS from_date FROM register_entry e WHERE e.district_code = $1 GROUP BY e.child_id) b ON b.child_id = r.child_id
     WHERE ${changed}`,
    publishing.asOf,
    publishing.knownAt,
  );
  await step(
    `INSERT INTO register_repeat (district_code, id, child_id, household_no, address, subdistrict_code, community_code, known, row_print, import_id, row_no, reach)
     SELECT r.district_code, r.entry_new_id, c.id, r.household_no, r.address, r.subdistrict_code, r.community_code, tstzrange($3::timestamptz, NULL), r.row_print, r.import_id, r.row_no, c.reach
     FROM import_row r JOIN child c ON c.district_code = $1 AND c.id = coalesce(r.child_id, r.child_new_id)
     WHERE r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL AND r.outcome = 'repeated'`,
    publishing.knownAt,
  );
}
