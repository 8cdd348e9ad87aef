import type { InputOf } from '#contract/endpoint.ts';
import type { recordVisit } from '#contract/visits.ts';
import type { News } from '#server/http/news.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';

/** A line drawn at a height of the pad. */
export function drawn(height: number) {
  return [Array.from({ length: 20 }, (_, index) => ({ x: index / 20, y: height }))];
}

/** The three signatures of a visit. */
export function signatures() {
  return [
    { party: 'teacher' as const, means: 'drawn' as const, strokes: drawn(0.2) },
    { party: 'guardian' as const, means: 'drawn' as const, strokes: drawn(0.4) },
    { party: 'pupil' as const, means: 'drawn' as const, strokes: drawn(0.6) },
  ];
}

/** A met and signed visit at the door. */
export function visitOf(
  world: World,
  childId: string,
  more: Partial<InputOf<typeof recordVisit>> = {},
): InputOf<typeof recordVisit> {
  return {
    id: world.platform.newId(),
    childId,
    mode: 'door',
    at: '2026-11-20T01:30:00Z',
    content: contentOf(),
    signatures: signatures(),
    ...more,
  };
}

/** The written content of a visit. */
export function contentOf(more: object = {}): InputOf<typeof recordVisit>['content'] {
  return {
    visitors: [{ staffId: null, name: '周老师' }],
    guardian: { name: '李大海', relation: '父亲' },
    purpose: '了解家庭情况',
    family: '父母在外务工，祖母照看，密语家境',
    measures: '每周联系一次',
    nextDay: '2026-12-04',
    ...more,
  };
}

/** An attempt at the door. */
export function attemptOf(world: World, childId: string, more: Partial<InputOf<typeof recordVisit>> = {}) {
  return visitOf(world, childId, {
    content: contentOf({ guardian: null, notMet: { reason: 'notHome' }, purpose: '', family: '' }),
    signatures: [],
    ...more,
  });
}

/** A pupil of the sample with the units about him. */
export interface VisitPupil {
  id: string;
  name: string;
  class_id: string;
  school_id: string;
  subdistrict: string;
}

/** A world with the Binjiang sample and the people about one class. */
export interface VisitWorld {
  world: World;
  teacher: Person;
  colleague: Person;
  principal: Person;
  officer: Person;
  /** The news announced since it was opened. */
  heard: News[];
  /** A pupil of the teacher's class. */
  child: (index: number) => VisitPupil;
}

/** Opens it at Friday 2026-11-20 10:00 in China. */
export async function openVisitWorld(): Promise<VisitWorld> {
  const world = await openWorld({ lists: 'binjiang' });
  const found = await rows<VisitPupil>(
    world,
    `SELECT c.id, c.name, e.class_id, e.school_id, r.subdistrict_code AS subdistrict FROM child c
     JOIN enrolment e ON e.district_code = $1 AND e.child_id = c.id AND upper_inf(e.known)
     JOIN register_entry r ON r.district_code = $1 AND r.child_id = c.id AND upper_inf(r.known)
     WHERE c.district_code = $1 AND e.class_id IS NOT NULL AND r.subdistrict_code IS NOT NULL ORDER BY e.class_id, c.id`,
  );
  const [first] = found;
  const other = found.find((one) => one.school_id === first?.school_id && one.class_id !== first.class_id);
  if (!first || !other) throw new Error('too few pupils');
  const pupils = found.filter((one) => one.class_id === first.class_id);
  const heard: News[] = [];
  world.platform.listeners.push((_context, news) => {
    heard.push(news);
    return Promise.resolve();
  });
  return {
    world,
    teacher: await world.person('classTeacher', first.class_id, '周老师'),
    colleague: await world.person('classTeacher', other.class_id),
    principal: await world.person('principal', first.school_id),
    officer: await world.person('bureauOfficer', world.district),
    heard,
    child: (index) => {
      const pupil = pupils[index];
      if (!pupil) throw new Error(`no pupil ${String(index)}`);
      return pupil;
    },
  };
}
