import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const district = '420102';
const other = '420103';
const idOf = (kind: string, index: number) => `00000000-0000-4000-${kind}-${String(index).padStart(12, '0')}`;
const [school, schoolClass] = [idOf('8000', 1), idOf('9000', 1)];

it('ENR-25 a database of before the courses has them after its upgrade: listed from the roll, a dropout since his confirmation', async () => {
  const database = await server.makeDatabase('upgrade_courses');
  await migrate(database, { upTo: 18 });
  for (const code of [district, other])
    await database.ownerPool.query(`INSERT INTO district VALUES ($1, '测试区', '测试市', '测试省', '2026-08-01')`, [
      code,
    ]);
  const pool = database.loaderPool;
  for (const code of [district, other]) {
    await pool.query(
      `INSERT INTO school (district_code, id, code, name, stage, from_date) VALUES ($1, $2, '2142010901', '测试学校', 'primary', '2020-09-01')`,
      [code, school],
    );
    await pool.query(
      `INSERT INTO school_class (district_code, id, school_id, school_year, grade, class_no, name) VALUES ($1, $2, $3, 2025, 3, '1', '三年级1班')`,
      [code, schoolClass, school],
    );
  }
  const pupil = async (
    code: string,
    index: number,
    roll: { from: string; to?: string; until?: string },
    from: { state: string; confirmed: string | null; returned?: string } | null = null,
  ) => {
    const [child, reach] = [idOf('a000', index), [`school:${school}`]];
    await pool.query(
      `INSERT INTO child (district_code, id, name, name_tail, pinyin, initials, document_type, identity, reach, created_at, changed_at)
       VALUES ($1, $2, '某某', '某', 'moumou', 'mm', 'none', 'proven', $3, '2025-08-01', '2025-08-01')`,
      [code, child, reach],
    );
    await pool.query(
      `INSERT INTO enrolment (district_code, child_id, school_id, class_id, grade, name, tags, during, from_date, to_date, known, row_print, reach)
       VALUES ($1, $2, $3, $4, 3, '某某', '{}', daterange($5::date, $6::date), $5::date, $6::date, tstzrange('2025-09-02', $7::timestamptz), $8, $9)`,
      [code, child, school, schoolClass, roll.from, roll.to ?? null, roll.until ?? null, Buffer.from(child), reach],
    );
    if (from !== null)
      await pool.query(
        `INSERT INTO return_case (district_code, id, child_id, kind, state, round, school_id, lead, owner_role, owner_unit_kind, owner_unit, opened_at, state_since, clock_start, confirmed_on, persuasions, present_days, returned_on, emergency, people, units, changed_at, reach)
         VALUES ($1, $2, $3, 'dropout', $4, 1, $5::uuid, 'school', 'schoolOfficer', 'school', $9, '2025-10-01', '2025-10-01', '2025-10-01', $6, 0, 0, $7, false, '{}', '{}', '2025-10-01', $8)`,
        [code, idOf('b000', index), child, from.state, school, from.confirmed, from.returned ?? null, reach, school],
      );
  };
  await pupil(district, 1, { from: '2025-09-01' });
  await pupil(district, 2, { from: '2025-09-01' }, { state: 'persuading', confirmed: '2025-10-08' });
  await pupil(district, 3, { from: '2025-09-01' }, { state: 'suspected', confirmed: null });
  await pupil(
    district,
    4,
    { from: '2025-09-01' },
    { state: 'closing', confirmed: '2025-10-08', returned: '2025-11-01' },
  );
  await pupil(district, 5, { from: '2025-11-03' }, { state: 'confirmed', confirmed: '2025-10-08' });
  await pupil(district, 6, { from: '2024-09-01', to: '2025-07-01' });
  await pupil(district, 7, { from: '2025-09-01', until: '2025-09-20' });
  await pupil(other, 8, { from: '2025-09-01' });
  const before = new Date();
  await migrate(database);

  const client = await database.appPool.connect();
  await client.query('BEGIN');
  await client.query('SELECT platform.enter_scope($1, $2, $3, $4)', [district, 'test', '1', null]);
  const found = await client.query<{ known: Date; [name: string]: unknown }>(
    `SELECT child_id, state, cause, from_date, to_date, case_id, grade, lower(known) AS known, reach FROM course WHERE district_code = $1 AND school_id = $2 AND class_id = $3 AND upper_inf(known) ORDER BY child_id, from_date`,
    [district, school, schoolClass],
  );
  await client.query('ROLLBACK');
  client.release();
  const spell = (index: number, state: string, cause: string, from: string, to: string | null = null) => ({
    child_id: idOf('a000', index),
    state,
    cause,
    from_date: from,
    to_date: to,
    case_id: state === 'dropout' ? idOf('b000', index) : null,
    grade: 3,
    reach: [`school:${school}`],
  });
  expect(found.rows).toMatchObject([
    spell(1, 'inSchool', 'listed', '2025-09-01'),
    spell(2, 'inSchool', 'listed', '2025-09-01', '2025-10-08'),
    spell(2, 'dropout', 'dropout', '2025-10-08'),
    spell(3, 'inSchool', 'listed', '2025-09-01'),
    spell(4, 'inSchool', 'listed', '2025-09-01'),
    spell(5, 'dropout', 'dropout', '2025-11-03'),
  ]);
  for (const { known } of found.rows) expect(known.getTime()).toBeGreaterThanOrEqual(before.getTime());
  const all = await pool.query('SELECT district_code FROM course ORDER BY district_code');
  expect(all.rows).toHaveLength(7);
});

it('ENR-60 RSK-15 of sheets from before each row of several units is its giver’s, those of one unit stay, those of the bureau are the bureau’s', async () => {
  const database = await server.makeDatabase('upgrade_sheets');
  await migrate(database, { upTo: 40 });
  await database.ownerPool.query(`INSERT INTO district VALUES ($1, '测试区', '测试市', '测试省', '2026-08-01')`, [
    district,
  ]);
  const sheet = async (index: number, reach: readonly string[]) => {
    await database.loaderPool.query(
      `INSERT INTO change_sheet (district_code, id, sealed_name, at, by_id, by_name, reach, kind) VALUES ($1, $2, '\\x00', '2026-11-20', $3, '某某', $4, 'scores')`,
      [district, idOf('8000', index), `giver-${String(index)}`, reach],
    );
    await database.loaderPool.query(
      `INSERT INTO change_sheet_row (district_code, id, sheet_id, row_no, state, sealed, reach) VALUES ($1, $2, $3, 2, 'asked', '\\x00', $4)`,
      [district, idOf('9000', index), idOf('8000', index), reach],
    );
  };
  await sheet(1, ['school:a', 'school:b']);
  await sheet(2, ['school:a']);
  await sheet(3, ['person:giver-3']);
  await migrate(database);
  for (const table of ['change_sheet', 'change_sheet_row']) {
    const found = await database.loaderPool.query<{ reach: string[] }>(`SELECT reach FROM ${table} WHERE district_code = $1 ORDER BY id`, [district]); // prettier-ignore
    expect([table, ...found.rows.map((row) => row.reach)]).toEqual([table, ['person:giver-1'], ['school:a'], []]);
  }
});
