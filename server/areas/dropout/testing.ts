import { reportDropout } from '#contract/dropout.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { png, upload } from '#server/areas/papers/testing.ts';
import type { Context } from '#server/http/context.ts';
import type { News } from '#server/http/news.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';

/** A pupil of the sample with the units about him. */
export interface CasePupil {
  id: string;
  name: string;
  class_id: string;
  school_id: string;
  subdistrict: string;
}

/** A world with the Binjiang sample, people of one school and its street, and the bureau. */
export interface CaseWorld {
  world: World;
  pupils: CasePupil[];
  otherSchool: string;
  teacher: Person;
  schoolOfficer: Person;
  principal: Person;
  street: Person;
  officer: Person;
  second: Person;
  leader: Person;
  /** Announces news as the platform, in a transaction of its own. */
  tell(news: News): Promise<void>;
  /** Runs work as the platform in the whole district. */
  whole<T>(work: (context: Context) => Promise<T>): Promise<T>;
  /** Moves the clock and lets everybody stay signed in. */
  move(to: string): Promise<void>;
  heard: News[];
}

/** Opens it at Friday 2026-11-20 10:00 in China; every pupil lives in one street and sits in one class. */
export async function openCaseWorld(): Promise<CaseWorld> {
  const world = await openWorld({ lists: 'binjiang' });
  const found = await rows<CasePupil>(
    world,
    `SELECT c.id, c.name, e.class_id, e.school_id, r.subdistrict_code AS subdistrict FROM child c
     JOIN enrolment e ON e.district_code = $1 AND e.child_id = c.id AND upper_inf(e.known)
     JOIN register_entry r ON r.district_code = $1 AND r.child_id = c.id AND upper_inf(r.known)
     WHERE c.district_code = $1 AND e.class_id IS NOT NULL AND r.subdistrict_code IS NOT NULL ORDER BY e.class_id, r.subdistrict_code, c.id`,
  );
  const groups = new Map<string, CasePupil[]>();
  for (const pupil of found) {
    const key = `${pupil.class_id} ${pupil.subdistrict}`;
    groups.set(key, [...(groups.get(key) ?? []), pupil]);
  }
  const pupils = [...groups.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  const [first] = pupils;
  const other = found.find((one) => one.school_id !== first?.school_id);
  if (!first || !other || pupils.length < 5) throw new Error('too few pupils');
  const heard: News[] = [];
  world.platform.listeners.push((_context, news) => {
    heard.push(news);
    return Promise.resolve();
  });
  const whole: CaseWorld['whole'] = (work) =>
    runAs(
      world.platform,
      { actor: platformActor(world.district), reach: { all: true, tokens: [] }, audit: null },
      work,
    );
  return {
    world,
    pupils,
    otherSchool: other.school_id,
    teacher: await world.person('classTeacher', first.class_id, '周老师'),
    schoolOfficer: await world.person('schoolOfficer', first.school_id, '吴主任'),
    principal: await world.person('principal', first.school_id, '郑校长'),
    street: await world.person('subdistrictOfficer', first.subdistrict, '王专干'),
    officer: await world.person('bureauOfficer', world.district, '冯专干'),
    second: await world.person('bureauOfficer', world.district, '陈专干'),
    leader: await world.person('bureauLeader', world.district, '褚局长'),
    whole,
    tell: (news) => whole((context) => context.announce(news)),
    move: async (to) => {
      world.clock.move(to);
      await world.platform.database.loaderPool.query(
        `UPDATE session SET seen_at = $2::timestamptz, expires_at = $2::timestamptz + interval '12 hours' WHERE district_code = $1`,
        [world.district, to],
      );
    },
    heard,
  };
}

/** The pupil of an index. */
export function pupilOf(opened: CaseWorld, index: number): CasePupil {
  const found = opened.pupils[index];
  if (!found) throw new Error(`no pupil ${String(index)}`);
  return found;
}

let counted = 0;
/** An id as a phone chooses it: counted, so that each is another. */
export function phoneId(): string {
  counted += 1;
  return `00000000-0000-4000-8000-${String(counted).padStart(12, '0')}`;
}

/** A report about a pupil. */
export function reportOf(childId: string, more: Partial<InputOf<typeof reportDropout>> = {}) {
  return {
    id: phoneId(),
    childId,
    discovered: '2026-11-20',
    lastSeen: '2026-11-13',
    reasonGroup: 'study' as const,
    reasonWords: '密语原因：成绩跟不上',
    whereabouts: 'home' as const,
    done: '电话两次',
    ...more,
  };
}

/** The absence of a pupil crossed the rule on a day. */
export function crossingOf(pupil: CasePupil, day: string): News {
  return {
    kind: 'attendance.thresholdCrossed',
    childId: pupil.id,
    schoolId: pupil.school_id,
    classId: pupil.class_id,
    day,
    at: `${day}T08:00:00Z`,
    consecutive: 3,
    cumulative: 3,
  };
}

/** A run of present days of a pupil. */
export function runOf(pupil: CasePupil, from: string, days: number, day: string): News {
  return {
    kind: 'attendance.presentRun',
    childId: pupil.id,
    schoolId: pupil.school_id,
    classId: pupil.class_id,
    from,
    days,
    day,
    at: `${day}T01:00:00Z`,
  };
}

/** Reports and confirms a pupil's dropout; answers the case's id. */
export async function confirmedCase(
  opened: CaseWorld,
  index: number,
  confirm: (id: string) => Promise<unknown>,
): Promise<string> {
  const { caseId } = await opened.teacher.call(reportDropout, reportOf(pupilOf(opened, index).id));
  await confirm(caseId);
  return caseId;
}

/** Uploads a scan as this person does; answers its id. */
export async function scanOf(opened: CaseWorld, person: Person): Promise<string> {
  const id = phoneId();
  await upload(opened.world, person, { id, kind: 'scan', fileName: '证明.png' }, png(id));
  return id;
}
