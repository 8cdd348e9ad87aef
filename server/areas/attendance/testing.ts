import { getRollCall, markRollCall } from '#contract/attendance.ts';
import { setSetting } from '#contract/organisations.ts';
import type { AbsenceKind, DayPart } from '#domain/attendance/record.ts';
import type { Context } from '#server/http/context.ts';
import type { News } from '#server/http/news.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person, World } from '#server/testing/world.ts';

/** A class of the world with its school. */
export interface Room {
  classId: string;
  schoolId: string;
  schoolCode: string;
  pupils: string[];
}

/** The classes with most pupils, of one school or of all. */
export async function roomsOf(world: World, schoolCode: string): Promise<Room[]> {
  const found = await rows<{ class_id: string; school_id: string; pupils: string[] }>(
    world,
    `SELECT e.class_id, e.school_id, array_agg(e.child_id::text ORDER BY c.pinyin, c.id) AS pupils FROM enrolment e
     JOIN school s ON s.district_code = $1 AND s.id = e.school_id JOIN child c ON c.district_code = $1 AND c.id = e.child_id
     WHERE e.district_code = $1 AND upper_inf(e.known) AND e.class_id IS NOT NULL AND s.code = $2 GROUP BY 1, 2 ORDER BY count(*) DESC, 1`,
    [schoolCode],
  );
  return found.map((row) => ({
    classId: row.class_id,
    schoolId: row.school_id,
    schoolCode,
    pupils: row.pupils,
  }));
}

/** Moves the clock to a time of a day in China; whoever is signed in stays so. */
export async function moveTo(world: World, day: string, time = '10:00'): Promise<void> {
  const at = new Date(`${day}T${time}:00+08:00`);
  world.clock.move(at.toISOString());
  await world.platform.database.ownerPool.query(
    `UPDATE session SET created_at = $1, seen_at = $1, expires_at = $1::timestamptz + interval '12 hours'`,
    [at],
  );
}

/** The term begins late: its first school day is 2026-11-23, a Monday. */
export async function beginLate(bureau: Person): Promise<void> {
  await bureau.call(setSetting, {
    key: 'calendar.2026',
    value: { terms: [{ name: '第一学期', from: '2026-11-21', to: '2027-01-31' }], changes: [] },
    fromDate: '2026-11-20',
    reason: '本学期推迟开学',
  });
}

/** Marks a class: everybody present but those named by their place on the roll. */
export async function mark(
  world: World,
  person: Person,
  room: Room,
  day: string,
  absent: Readonly<Record<number, AbsenceKind>> = {},
  more: { part?: DayPart; reason?: string } = {},
) {
  return person.call(markRollCall, {
    id: world.platform.newId(),
    classId: room.classId,
    day,
    part: more.part ?? 'morning',
    absent: Object.entries(absent).map(([at, kind]) => ({
      id: world.platform.newId(),
      childId: room.pupils[Number(at)] ?? '',
      kind,
    })),
    reason: more.reason ?? '',
  });
}

/** The line of a pupil in a roll call. */
export async function lineOf(person: Person, room: Room, day: string, at: number, part: DayPart = 'morning') {
  const roll = await person.call(getRollCall, { classId: room.classId, day, part });
  const line = roll.pupils.find((pupil) => pupil.childId === room.pupils[at]);
  if (!line) throw new Error('no such pupil');
  return line;
}

/** Hears all news of a world from now on. */
export function hear(world: World): News[] {
  const heard: News[] = [];
  world.platform.listeners.push((_context, news) => {
    heard.push(news);
    return Promise.resolve();
  });
  return heard;
}

/** Runs one thing as the platform, as jobs do. */
export function asPlatform<T>(world: World, work: (context: Context) => Promise<T>): Promise<T> {
  return runAs(
    world.platform,
    { actor: platformActor(world.district), reach: { all: true, tokens: [] }, audit: null },
    work,
  );
}
