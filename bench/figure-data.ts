import { copy } from './copy-rows.ts';
import { layWork } from './figure-work.ts';
import type { CourseCause, CourseState } from '#domain/enrolment/course.ts';
import type { Platform } from '#server/http/context.ts';

/** Today of the made-up district, and the school years of its history. */
export const figureToday = '2026-11-20';
const firstYear = 2023;
const thisYear = 2026;
const [primaries, juniors] = [70, 30];

const uuid = (kind: string, number: number) => `00000000-0000-4000-8${kind}-${String(number).padStart(12, '0')}`;
const schoolId = (number: number) => uuid('001', number);
const classId = (school: number, year: number, grade: number, room: number) =>
  uuid('002', ((year * 1000 + school) * 10 + grade) * 100 + room);

interface MadeSpell {
  from: string;
  to: string | null;
  state: CourseState;
  cause: CourseCause;
  school: number;
  classId: string;
  grade: number;
}

/** The course of one child whose grade this autumn would be `grade` (10 and more: has left), by rules of his number. */
function courseOf(child: number, grade: number): MadeSpell[] {
  const spells: MadeSpell[] = [];
  const add = (
    from: string,
    state: CourseState,
    cause: CourseCause,
    year: number,
    inGrade: number,
    room = child % 6,
  ) => {
    const school = inGrade <= 6 ? child % primaries : primaries + (child % juniors);
    const last = spells.at(-1);
    if (last) last.to = from;
    spells.push({
      from,
      to: null,
      state,
      cause,
      school,
      classId: classId(school, year, inGrade, room),
      grade: inGrade,
    });
  };
  for (let year = firstYear; year <= thisYear; year += 1) {
    const inGrade = grade - (thisYear - year);
    if (inGrade < 1) continue;
    if (inGrade > 9) break;
    const cause = inGrade === 1 ? 'entry' : spells.length === 0 ? 'listed' : inGrade === 7 ? 'placement' : 'promotion';
    add(`${String(year)}-09-01`, 'inSchool', cause, year, inGrade);
    const next = String(year + 1);
    const done = (day: string) => year < thisYear || day <= figureToday;
    const turn = child + year * 7;
    if (turn % 61 === 0 && done(`${String(year)}-10-20`))
      add(`${String(year)}-10-20`, 'inSchool', 'classChange', year, inGrade, (child + 1) % 6);
    if (turn % 149 === 0 && done(`${String(year)}-11-02`)) {
      add(`${String(year)}-11-02`, 'suspended', 'suspension', year, inGrade);
      if (year < thisYear) add(`${next}-03-01`, 'inSchool', 'resumed', year, inGrade);
    }
    if (turn % 149 !== 0 && turn % 397 === 0 && done(`${String(year)}-11-09`)) {
      add(`${String(year)}-11-09`, 'dropout', 'dropout', year, inGrade);
      if (year < thisYear || child % 3 === 0)
        add(year < thisYear ? `${next}-02-20` : '2026-11-18', 'inSchool', 'returned', year, inGrade);
    }
    if (turn % 811 === 0 && year < thisYear) {
      add(
        `${next}-04-10`,
        child % 2 === 0 ? 'gone' : 'out',
        child % 2 === 0 ? 'leftWithout' : 'transferArrived',
        year,
        inGrade,
      );
      break;
    }
    if (year < thisYear && inGrade === 6) add(`${next}-07-01`, 'leaver', 'leaving', year, inGrade);
    if (year < thisYear && inGrade === 9) add(`${next}-07-01`, 'graduated', 'graduation', year, inGrade);
  }
  return spells;
}

/** The key groups of a child: one in fourteen is left behind, one in twenty has come from elsewhere. */
function groupsOf(child: number): string {
  const groups = [...(child % 14 === 0 ? ['leftBehind'] : []), ...(child % 20 === 0 ? ['migrant'] : [])];
  return `{${groups.join(',')}}`;
}

/** Who left in earlier years stands behind those in school: three years of leavers beside the nine grades of today. */
function gradeOf(child: number, pupils: number): number {
  return child < pupils ? (child % 9) + 1 : 10 + (child % 3);
}

/** Lays a district with so many pupils in school and three years of history behind them, as the loader does; answers how many spells. */
export async function layFigures(platform: Platform, district: string, pupils: number): Promise<number> {
  const client = await platform.database.loaderPool.connect();
  const children = pupils + Math.round(pupils / 3);
  const known = '["2026-11-01 00:00:00+00",)';
  let spells = 0;
  const reach = (school: number, room: string) => `{school:${schoolId(school)},class:${room}}`;
  try {
    await client.query('BEGIN');
    const streets = await client.query<{ code: string }>(
      `SELECT code FROM place WHERE district_code = $1 AND kind = 'subdistrict' ORDER BY code`,
      [district],
    );
    const street = (child: number) => streets.rows[child % streets.rows.length]?.code ?? '';
    await copy(
      client,
      'school',
      'district_code, id, code, name, stage, from_date',
      (function* () {
        for (let at = 0; at < primaries + juniors; at += 1)
          yield `${district}\t${schoolId(at)}\t21429${String(at).padStart(5, '0')}\t第${String(at + 1)}学校\t${at < primaries ? 'primary' : 'junior'}\t2020-01-01`;
      })(),
    );
    await copy(
      client,
      'school_class',
      'district_code, id, school_id, school_year, grade, class_no, name',
      (function* () {
        for (let year = firstYear; year <= thisYear; year += 1)
          for (let school = 0; school < primaries + juniors; school += 1)
            for (let grade = school < primaries ? 1 : 7; grade <= (school < primaries ? 6 : 9); grade += 1)
              for (let room = 0; room < 6; room += 1)
                yield `${district}\t${classId(school, year, grade, room)}\t${schoolId(school)}\t${String(year)}\t${String(grade)}\t${String(room + 1)}\t${String(grade)}年级${String(room + 1)}班`;
      })(),
    );
    const laid = function* () {
      for (let child = 0; child < children; child += 1) {
        const course = courseOf(child, gradeOf(child, pupils));
        if (course.length > 0) yield { child, id: uuid('003', child), course };
      }
    };
    await copy(
      client,
      'child',
      'district_code, id, name, name_tail, pinyin, initials, document_type, identity, reach, created_at, changed_at',
      (function* () {
        for (const { child, id, course } of laid()) {
          const last = course.at(-1);
          yield `${district}\t${id}\t学生${String(child)}\t${String(child)}\txuesheng${String(child)}\txs\tnone\tproven\t${reach(last?.school ?? 0, last?.classId ?? '')}\t2026-11-01\t2026-11-01`;
        }
      })(),
    );
    await copy(
      client,
      'register_entry',
      'district_code, id, child_id, name, subdistrict_code, study_status, tags, during, from_date, known, row_print, reach',
      (function* () {
        for (const { child, id } of laid())
          yield `${district}\t${uuid('004', child)}\t${id}\t学生\t${street(child)}\tinSchool\t${groupsOf(child)}\t[2020-01-01,)\t2020-01-01\t${known}\t\\\\x00\t{subdistrict:${street(child)}}`;
      })(),
    );
    await copy(
      client,
      'course',
      'district_code, id, child_id, state, school_id, class_id, grade, cause, during, from_date, to_date, known, reach',
      (function* () {
        for (const { id, course } of laid())
          for (const one of course) {
            spells += 1;
            yield `${district}\t${uuid('005', spells)}\t${id}\t${one.state}\t${schoolId(one.school)}\t${one.classId}\t${String(one.grade)}\t${one.cause}\t[${one.from},${one.to ?? ''})\t${one.from}\t${one.to ?? '\\N'}\t${known}\t${reach(one.school, one.classId)}`;
          }
      })(),
    );
    await layWork(client, district, { pupils, streets: streets.rows.map((row) => row.code), uuid, schoolId, classId });
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  await platform.database.ownerPool.query('ANALYZE');
  return spells;
}
