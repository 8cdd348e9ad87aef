import type pg from 'pg';
import { copy } from './copy-rows.ts';

/** How ids of the made-up district are made. */
interface Ground {
  pupils: number;
  streets: readonly string[];
  uuid: (kind: string, number: number) => string;
  schoolId: (number: number) => string;
  classId: (school: number, year: number, grade: number, room: number) => string;
}

const years = [2023, 2024, 2025, 2026];
const day = (year: number, at: number): string =>
  new Date(Date.UTC(year, 8, 1) + at * 86_400_000).toISOString().slice(0, 10);
const today = '2026-11-20';

/**
 * Three years of work beside the courses: 600 duties a year for each school, one visit a year planned for each pupil, a household for each
 * two pupils with its survey, and a case for each four hundredth pupil a year that goes all the way from suspected to followed.
 */
export async function layWork(client: pg.PoolClient, district: string, ground: Ground): Promise<void> {
  const { pupils, streets, uuid, schoolId, classId } = ground;
  const schoolOf = (child: number, grade: number) => (grade <= 6 ? child % 70 : 70 + (child % 30));
  const placeOf = (child: number, year: number) => {
    const grade = Math.max(1, (child % 9) + 1 - (2026 - year));
    const school = schoolOf(child, grade);
    return { school: schoolId(school), room: classId(school, year, grade, child % 6) };
  };
  const street = (child: number) => streets[child % streets.length] ?? '';
  await copy(
    client,
    'household',
    'district_code, id, household_no, address, subdistrict_code, created_at, reach',
    (function* () {
      for (let at = 0; at < pupils / 2; at += 1)
        yield `${district}\t${uuid('011', at)}\t${String(at)}\t某路\t${street(at)}\t2023-09-01\t{}`;
    })(),
  );
  await copy(
    client,
    'survey',
    'district_code, id, household_id, day, result, surveyor_id, surveyor_name, known_at, reach',
    (function* () {
      let made = 0;
      for (const year of years)
        for (let at = 0; at < pupils / 2; at += 1) {
          made += 1;
          if (at % 10 === year % 10) continue;
          const on = day(year, at % 60);
          yield `${district}\t${uuid('012', made)}\t${uuid('011', at)}\t${on}\t${at % 50 === 0 ? 'refused' : 'children'}\tx\t网格员\t${on}\t{}`;
        }
    })(),
  );
  await copy(
    client,
    'duty',
    'district_code, id, rule, rule_version, subject_kind, subject_id, occasion, live_key, school_id, owner_role, owner_unit_kind, owner_unit, ladder, level, top_role, urgent, why, started_by, started_at, due_at, state, settled_at, reach',
    (function* () {
      let made = 0;
      for (const year of years)
        for (let school = 0; school < 100; school += 1)
          for (let at = 0; at < 600; at += 1) {
            const on = day(year, Math.floor(at / 2.2));
            if (on > today) continue;
            made += 1;
            const late = at % 23 === 0;
            const open = year === 2026 && at % 41 === 0;
            const settled = open ? '\\N' : `${late ? day(year, Math.floor(at / 2.2) + 3) : on} 06:00:00+00`;
            yield `${district}\t${uuid('013', made)}\tweeklyTally\tv1\tschool\t${String(made)}\t${on}\t${String(made)}\t${schoolId(school)}\tprincipal\tschool\t${schoolId(school)}\t{principal}\t0\tprincipal\tf\tx\tx\t${on} 00:00:00+00\t${on} 10:00:00+00\t${open ? 'open' : 'settled'}\t${settled}\t{}`;
          }
    })(),
  );
  await copy(
    client,
    'visit_plan',
    'district_code, id, kind, name, school_id, from_date, to_date, modes, made_by, made_name, known_at, reach',
    (function* () {
      for (const year of years)
        for (let school = 0; school < 100; school += 1)
          yield `${district}\t${uuid('014', year * 100 + school)}\tterm\t走访\t${schoolId(school)}\t${String(year)}-09-01\t${String(year + 1)}-01-20\t{door}\tx\tx\t${String(year)}-09-01\t{}`;
    })(),
  );
  await copy(
    client,
    'visit_plan_item',
    'district_code, id, plan_id, kind, child_id, household_id, school_id, class_id, purpose, modes, from_date, due_date, to_date, state, visit_id, visit_day, known_at, reach',
    (function* () {
      let made = 0;
      for (const year of years)
        for (let child = 0; child < pupils; child += 1) {
          made += 1;
          const { school, room } = placeOf(child, year);
          const on = day(year, 10 + (child % 120));
          const done = child % 8 !== 0 && on <= today;
          const plan = uuid('014', year * 100 + Number(school.slice(-12)));
          yield `${district}\t${uuid('015', made)}\t${plan}\tterm\t${uuid('003', child)}\t${uuid('011', Math.floor(child / 2))}\t${school}\t${room}\tterm\t{door}\t${String(year)}-09-01\t${String(year + 1)}-01-20\t${String(year + 1)}-01-20\t${done ? 'done' : 'open'}\t${done ? uuid('016', made) : '\\N'}\t${done ? on : '\\N'}\t${String(year)}-09-01\t{}`;
        }
    })(),
  );
  const cases = years.flatMap((year) =>
    Array.from({ length: Math.floor(pupils / 400) }, (_, at) => ({ year, child: at * 400 + (year - 2023) })),
  );
  await copy(
    client,
    'return_case',
    'district_code, id, child_id, kind, state, round, school_id, class_id, subdistrict_code, lead, owner_role, owner_unit_kind, owner_unit, opened_at, state_since, clock_start, persuasions, present_days, emergency, people, units, changed_at, reach',
    (function* () {
      for (const { year, child } of cases) {
        const { school, room } = placeOf(child, year);
        yield `${district}\t${uuid('017', child)}\t${uuid('003', child)}\tdropout\tfollowed\t1\t${school}\t${room}\t${street(child)}\tschool\tclassTeacher\tschool\t${school}\t${day(year, 30)}\t${day(year, 30)}\t${day(year, 30)}\t1\t0\tf\t{}\t{}\t${day(year, 30)}\t{}`;
      }
    })(),
  );
  await copy(
    client,
    'case_round',
    'district_code, id, case_id, child_id, round, kind, source, opened_at, opened_on, opened_name, reach',
    (function* () {
      for (const { year, child } of cases)
        yield `${district}\t${uuid('018', child)}\t${uuid('017', child)}\t${uuid('003', child)}\t1\tdropout\t${child % 3 === 0 ? 'finding' : 'rule'}\t${day(year, 30)}\t${day(year, 30)}\tx\t{}`;
    })(),
  );
  await copy(
    client,
    'case_state',
    'district_code, id, case_id, child_id, round, kind, state, school_id, class_id, subdistrict_code, during, from_date, to_date, known, reach',
    (function* () {
      let made = 0;
      for (const { year, child } of cases) {
        const { school, room } = placeOf(child, year);
        const states = ['suspected', 'confirmed', 'persuading', 'returned', 'followed'].slice(0, 2 + (child % 4));
        for (const [at, state] of states.entries()) {
          made += 1;
          const from = day(year, 30 + at * 9);
          const to = at === states.length - 1 ? '' : day(year, 39 + at * 9);
          yield `${district}\t${uuid('019', made)}\t${uuid('017', child)}\t${uuid('003', child)}\t1\tdropout\t${state}\t${school}\t${room}\t${street(child)}\t[${from},${to})\t${from}\t${to === '' ? '\\N' : to}\t["2026-11-01 00:00:00+00",)\t{}`;
        }
      }
    })(),
  );
}
