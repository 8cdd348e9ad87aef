import { appoint } from '#contract/organisations.ts';
import type { HeldPost, Role } from '#domain/basics/roles.ts';
import { ids, rows } from './reach.ts';
import type { Person, World } from './world.ts';

/** Two units of every kind of the Binjiang sample, those with the most to see. */
export interface Units {
  schools: string[];
  classes: string[];
  subdistricts: string[];
  communities: string[];
}

/** A person of the cast with the posts held. */
export interface Member {
  role: string;
  person: Person;
  posts: HeldPost[];
}

/** Chooses the units: schools with most pupils and a class of each, streets and communities with most children. */
export async function chooseUnits(world: World): Promise<Units> {
  const most = (column: string, table: string, where = '') =>
    ids(
      world,
      `SELECT ${column}::text AS id FROM ${table} WHERE district_code = $1 AND upper_inf(known) AND ${column} IS NOT NULL ${where} GROUP BY 1 ORDER BY count(*) DESC, 1`,
    );
  const schools = (await most('school_id', 'enrolment')).slice(0, 2);
  const classes: string[] = [];
  for (const school of schools)
    classes.push(...(await most('class_id', 'enrolment', `AND school_id = '${school}'`)).slice(0, 1));
  return {
    schools,
    classes,
    subdistricts: (await most('subdistrict_code', 'register_entry')).slice(0, 2),
    communities: (await most('community_code', 'register_entry')).slice(0, 2),
  };
}

/** Gives a person a second post. */
export async function appointBeside(
  world: World,
  appointer: Person,
  person: Person,
  role: Role,
  unitId: string,
): Promise<void> {
  const [staff] = await rows<{ id: string }>(
    world,
    'SELECT staff_id AS id FROM account WHERE district_code = $1 AND login = $2',
    [person.login],
  );
  const id = staff?.id ?? '';
  await appointer.call(appoint, { id, role, unitId, fromDate: '2026-09-01', toDate: null, approvedBy: '局长' });
}

/** Signs in somebody of every role at every unit chosen for it, and one person with two posts of unlike rights. */
export async function makeCast(world: World, units: Units, appointer: Person): Promise<Member[]> {
  const { schools, classes, subdistricts, communities } = units;
  const at = (roles: readonly Role[], unitIds: readonly string[]) =>
    roles.flatMap((role) => unitIds.map((unitId) => ({ role, unitId })));
  const cast: Member[] = [];
  const add = async (role: string, person: Person) => {
    const posts = await rows<HeldPost>(
      world,
      `SELECT p.role, p.unit_kind AS "unitKind", p.unit_id AS "unitId" FROM post p JOIN account a ON a.district_code = $1 AND a.staff_id = p.staff_id
       WHERE p.district_code = $1 AND a.login = $2`,
      [person.login],
    );
    cast.push({ role, person, posts });
  };
  for (const { role, unitId } of [
    ...at(['bureauLeader', 'bureauOfficer', 'sysAdmin', 'secAdmin', 'auditAdmin'], [world.district]),
    ...at(['inspector', 'principal', 'registrar', 'schoolOfficer'], schools),
    ...at(['classTeacher', 'subjectTeacher'], classes),
    ...at(['subdistrictOfficer'], subdistricts),
    ...at(['communityWorker'], communities),
  ])
    await add(`${role} ${unitId}`, await world.person(role, unitId));
  const both = await world.person('subjectTeacher', classes[0] ?? '');
  await appointBeside(world, appointer, both, 'communityWorker', communities[0] ?? '');
  await add('subjectTeacher and communityWorker', both);
  return cast;
}
