import ExcelJS from 'exceljs';
import { runScoreSheet } from '#contract/risk-scores.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person, World } from '#server/testing/world.ts';

/** A pupil of a class, with what a sheet says of him. */
export interface ScorePupil {
  id: string;
  name: string;
  classId: string;
  className: string;
  schoolId: string;
  schoolCode: string;
}

/** The class with most pupils of names of their own, of a grade in which points are given in this and the last school year, and one of another school. */
export async function scoreClasses(world: World): Promise<{ pupils: ScorePupil[]; elsewhere: ScorePupil[] }> {
  const found = await rows<ScorePupil & { alone: boolean }>(
    world,
    `SELECT c.id, c.name, k.id AS "classId", k.name AS "className", k.school_id AS "schoolId", s.code AS "schoolCode", count(*) OVER (PARTITION BY k.id, c.name) = 1 AS alone
     FROM enrolment e JOIN child c ON c.district_code = $1 AND c.id = e.child_id JOIN school_class k ON k.district_code = $1 AND k.id = e.class_id JOIN school s ON s.district_code = $1 AND s.id = k.school_id
     WHERE e.district_code = $1 AND upper_inf(e.known) AND e.to_date IS NULL AND k.grade BETWEEN 4 AND 9 ORDER BY k.id, c.pinyin, c.id`,
  );
  const classes = new Map<string, ScorePupil[]>();
  for (const { alone, ...pupil } of found)
    if (alone) classes.set(pupil.classId, [...(classes.get(pupil.classId) ?? []), pupil]);
  const [pupils = [], ...others] = [...classes.values()].sort((a, b) => b.length - a.length);
  const elsewhere = others.find(([one]) => one?.schoolId !== pupils[0]?.schoolId) ?? [];
  if (pupils.length < 8 || elsewhere.length === 0) throw new Error('too few pupils');
  return { pupils, elsewhere };
}

/** Calls a path with a body as a person. */
export async function callPath(world: World, person: Person, method: 'GET' | 'POST', url: string, body?: Buffer) {
  const answered = await world.app.inject({
    method,
    url,
    headers: {
      'x-baoxue': '1',
      'x-request-id': world.platform.newId(),
      ...(body ? { 'content-type': 'application/octet-stream' } : {}),
      cookie: `baoxue_session=${person.cookie}`,
    },
    ...(body ? { payload: body } : {}),
  });
  return { status: answered.statusCode, content: answered.rawPayload };
}

/** The rows of a sheet that was downloaded. */
export async function rowsOfSheet(content: Buffer): Promise<string[][]> {
  const read = new ExcelJS.Workbook();
  await read.xlsx.load(content as unknown as ArrayBuffer); // as: exceljs takes Node's buffer
  const all: string[][] = [];
  read.worksheets[0]?.eachRow((row) => {
    const cells: string[] = [];
    for (let at = 1; at <= row.cellCount; at++) cells.push(row.getCell(at).text);
    all.push(cells);
  });
  return all;
}

/** Hands in a sheet of scores; answers how it stands. */
export async function handIn(
  world: World,
  person: Person,
  head: readonly string[],
  lines: readonly (readonly string[])[],
) {
  const made = new ExcelJS.Workbook();
  const sheet = made.addWorksheet('成绩');
  sheet.addRow([...head]);
  for (const line of lines) sheet.addRow([...line]);
  const url = `/api/risks/score-sheets?fileName=${encodeURIComponent('期末成绩.xlsx')}`;
  const answered = await callPath(world, person, 'POST', url, Buffer.from(await made.xlsx.writeBuffer()));
  const body = JSON.parse(answered.content.toString()) as Record<string, unknown>; // as: JSON of the contract
  return { status: answered.status, id: String(body['id']), body };
}

/** Hands in and carries out. */
export async function enter(
  world: World,
  person: Person,
  head: readonly string[],
  lines: readonly (readonly string[])[],
) {
  const { id } = await handIn(world, person, head, lines);
  return person.call(runScoreSheet, { id });
}
