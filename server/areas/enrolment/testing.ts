import type { InputOf } from '#contract/endpoint.ts';
import { askChange } from '#contract/enrolment-changes.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import type { PaperKind } from '#domain/papers/record.ts';
import { openCaseWorld, phoneId, type CasePupil, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { png, upload } from '#server/areas/papers/testing.ts';
import { openJson } from '#server/crypto/seal.ts';
import { rows } from '#server/testing/reach.ts';
import type { Answered, Person } from '#server/testing/world.ts';

/** The case world with the people of two schools' registries, and pupils of each. */
export interface ChangeWorld extends CaseWorld {
  registrar: Person;
  otherRegistrar: Person;
  otherPrincipal: Person;
  /** Pupils of the first school, each for one test. */
  pupilsHere: CasePupil[];
}

/** Opens it at Friday 2026-11-20 10:00 in China. */
export async function openChangeWorld(): Promise<ChangeWorld> {
  const opened = await openCaseWorld();
  const { world, otherSchool } = opened;
  const school = opened.pupils[0]?.school_id ?? '';
  const pupilsHere = await rows<CasePupil>(
    world,
    `SELECT e.child_id AS id, e.name, e.class_id, e.school_id, '' AS subdistrict FROM enrolment e WHERE e.district_code = $1 AND e.school_id = $2 AND e.grade = 4 AND e.class_id IS NOT NULL AND upper_inf(e.known) ORDER BY e.child_id`,
    [school],
  );
  return {
    ...opened,
    pupilsHere,
    registrar: await world.person('registrar', school, '钱学籍'),
    otherRegistrar: await world.person('registrar', otherSchool, '孙学籍'),
    otherPrincipal: await world.person('principal', otherSchool, '李校长'),
  };
}

/** The pupil of an index. */
export function pupilAt(opened: ChangeWorld, index: number): CasePupil {
  const found = opened.pupilsHere[index];
  if (!found) throw new Error(`no pupil ${String(index)}`);
  return found;
}

/** Uploads a paper as a person and answers it as a piece. */
export async function piece(
  opened: ChangeWorld,
  person: Person,
  code: string,
  kind: PaperKind = 'scan',
): Promise<{ code: string; paperId: string }> {
  const paperId = phoneId();
  const answered = await upload(opened.world, person, { id: paperId, kind, fileName: `${code}.png` }, png(paperId));
  if (answered.status !== 200) throw new Error(JSON.stringify(answered.body));
  return { code, paperId };
}

/** Asks for a change of a pupil. */
export function ask(
  person: Person,
  input: Partial<InputOf<typeof askChange>> & Pick<InputOf<typeof askChange>, 'kind'>,
): Promise<Answered> {
  return person.ask(askChange, { id: phoneId(), fromDay: '2026-11-20', reason: '密语事由', ...input });
}

/** Asks for a suspension with its papers and lets it be granted; answers its id. */
export async function suspended(opened: ChangeWorld, index: number, endsOn: string): Promise<string> {
  const { registrar } = opened;
  const id = phoneId();
  await registrar.call(askChange, {
    id,
    kind: 'suspension',
    childId: pupilAt(opened, index).id,
    fromDay: '2026-11-20',
    endsOn,
    reason: '因病需长期治疗',
    pieces: [await piece(opened, registrar, 'application'), await piece(opened, registrar, 'medical', 'hospitalPaper')],
  });
  return id;
}

/** The course of a child as short lines. */
export async function courseLines(opened: CaseWorld, childId: string): Promise<string[]> {
  const found = await rows<{ state: string; cause: string; from_date: string; to_date: string | null }>(
    opened.world,
    `SELECT state, cause, from_date, to_date FROM course WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) ORDER BY from_date`,
    [childId],
  );
  return found.map((spell) => `${spell.from_date} ${spell.state} ${spell.cause} ${spell.to_date ?? ''}`.trim());
}

/** The document number with which a pupil stands on his roll, as his papers say it. */
export async function numberOf(opened: ChangeWorld, childId: string): Promise<string> {
  const [row] = await rows<{ id: string; sealed: Buffer }>(
    opened.world,
    'SELECT id, sealed FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) ORDER BY from_date DESC LIMIT 1',
    [childId],
  );
  if (!row) throw new Error('on no roll');
  const place = { table: 'enrolment', column: 'sealed', district: opened.world.district, id: row.id };
  // as: sealed by the import with this field
  return (openJson(opened.world.platform.keys, place, row.sealed) as { documentNumber: string }).documentNumber;
}

/** Calls an endpoint that answers or takes a file; `body` is what is sent. */
export async function fileCall(
  opened: ChangeWorld,
  person: Person,
  asked: { method: 'GET' | 'POST'; url: string; body?: Buffer },
): Promise<{ status: number; type: string; content: Buffer }> {
  const answered = await opened.world.app.inject({
    method: asked.method,
    url: asked.url,
    headers: {
      'x-baoxue': '1',
      'x-request-id': opened.world.platform.newId(),
      ...(asked.body ? { 'content-type': 'application/octet-stream' } : {}),
      cookie: `baoxue_session=${person.cookie}`,
    },
    ...(asked.body ? { payload: asked.body } : {}),
  });
  return { status: answered.statusCode, type: String(answered.headers['content-type']), content: answered.rawPayload };
}

/** Gives the school of the tests a second class of a grade, where the sample has one alone; answers its id and number. */
export async function secondClass(opened: ChangeWorld, grade: number): Promise<{ id: string; classNo: string }> {
  const school = pupilAt(opened, 0).school_id;
  const made = await opened.world.platform.database.loaderPool.query<{ id: string }>(
    `INSERT INTO school_class (district_code, school_id, school_year, grade, class_no, name) VALUES ($1, $2, 2026, $3, '9', $4) RETURNING id`,
    [opened.world.district, school, grade, `${wordsOfGrade(grade)}（9）班`],
  );
  return { id: made.rows[0]?.id ?? '', classNo: '9' };
}
