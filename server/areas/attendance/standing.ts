import type { DateText } from '#domain/basics/calendar.ts';
import { crossedDay, newCrossing, standingOf, stillCrossed } from '#domain/attendance/rules.ts';
import type { ChildMark, Mark, Standing, Thresholds } from '#domain/attendance/record.ts';
import { readSettings, schoolCalendar } from '#server/areas/organisations/actions.ts';
import type { Settings } from '#domain/organisations/settings.ts';
import type { Context } from '#server/http/context.ts';
import { rememberFor } from '#server/http/list-cache.ts';
import { readMarks } from './store-marks.ts';
import { listCounted, readStandings, saveStandings, type StandingRecord } from './store-standing.ts';

/** What of settings and calendar attendance needs on a day. */
export interface Ground {
  settings: Settings;
  isSchoolDay: (day: DateText) => boolean;
  termOf: (day: DateText) => { name: string; from: DateText; to: DateText } | null;
  thresholds: Thresholds;
}

/** The ground of a day: settings and school calendar, remembered until the district's trail shows a change. */
export function groundOf(context: Context, day: DateText): Promise<Ground> {
  return rememberFor(
    context,
    { all: true, tokens: [] },
    { key: `attendance-ground ${day}`, dependsOn: 'persons', bytes: () => 100_000 },
    () => readGround(context, day),
  );
}

async function readGround(context: Context, day: DateText): Promise<Ground> {
  const settings = await readSettings(context, day);
  const calendar = await schoolCalendar(context, day);
  return {
    settings,
    ...calendar,
    thresholds: { consecutive: settings['attendance.consecutive'], cumulative: settings['attendance.cumulative'] },
  };
}

/** A pupil whose standing is counted. */
export interface Counted {
  childId: string;
  schoolId: string;
  classId: string;
  reach: readonly string[];
}

/** A recount of one pupil: before, after, and what it means for the alarm. */
export interface Recounted {
  pupil: Counted;
  before: StandingRecord | null;
  after: Standing;
  crossed: DateText | null;
  gone: boolean;
  changed: boolean;
}

function byChild(marks: readonly ChildMark[]): Map<string, ChildMark[]> {
  const map = new Map<string, ChildMark[]>();
  for (const mark of marks) {
    const list = map.get(mark.childId);
    if (list) list.push(mark);
    else map.set(mark.childId, [mark]);
  }
  return map;
}

/** The rule by which a crossing is told, in words. */
export function ruleWords(thresholds: Thresholds): string {
  return `连续${String(thresholds.consecutive)}天或累计${String(thresholds.cumulative)}天`;
}

/** What a day's marks of these pupils, changed as `instead` says, would take away: the children whose announced crossing would be gone. */
export async function wouldLose(
  context: Context,
  ground: Ground,
  childIds: readonly string[],
  instead: ReadonlyMap<string, Mark>,
  day: DateText,
): Promise<string[]> {
  const term = ground.termOf(day);
  if (!term) return [];
  const { client, district } = context;
  const crossed = (await readStandings(client, district, term.from, childIds)).filter(
    (row) => row.crossed_day !== null,
  );
  if (crossed.length === 0) return [];
  const marks = byChild(
    await readMarks(
      client,
      district,
      crossed.map((row) => row.child_id),
      term.from,
      term.to,
    ),
  );
  return crossed
    .filter((row) => {
      const changed = instead.get(row.child_id);
      const kept = (marks.get(row.child_id) ?? []).filter(
        (mark) => changed === undefined || mark.day !== changed.day || mark.part !== changed.part,
      );
      const standing = standingOf(changed ? [...kept, changed] : kept, ground.thresholds);
      return !stillCrossed(standing, row.crossed_day ?? '');
    })
    .map((row) => row.child_id);
}

/** Recounts pupils of a term from their marks and keeps what changed; `known` are their stored standings where they were just read. */
export async function recount(
  context: Context,
  ground: Ground,
  pupils: readonly Counted[],
  day: DateText,
  known?: readonly StandingRecord[],
): Promise<Recounted[]> {
  const term = ground.termOf(day);
  if (!term || pupils.length === 0) return [];
  const { client, district } = context;
  const ids = pupils.map((pupil) => pupil.childId);
  const stored = new Map(
    (known ?? (await readStandings(client, district, term.from, ids))).map((row) => [row.child_id, row] as const),
  );
  const marks = byChild(await readMarks(client, district, ids, term.from, term.to));
  const rule = ruleWords(ground.thresholds);
  const done = pupils.map((pupil): Recounted => {
    const before = stored.get(pupil.childId) ?? null;
    const after = standingOf(marks.get(pupil.childId) ?? [], ground.thresholds);
    const now = crossedDay(after);
    const told = before?.crossed_day ?? null;
    const changed =
      before === null
        ? after.cumulative > 0
        : before.consecutive !== after.consecutive ||
          before.cumulative !== after.cumulative ||
          before.since !== after.since ||
          before.last_absent !== after.lastAbsent ||
          told !== now ||
          before.class_id !== pupil.classId;
    return {
      pupil,
      before,
      after,
      crossed: newCrossing(after, told),
      gone: told !== null && !stillCrossed(after, told),
      changed,
    };
  });
  await saveStandings(
    client,
    district,
    done
      .filter((one) => one.changed)
      .map(({ pupil, after }) => ({
        child_id: pupil.childId,
        term_from: term.from,
        school_id: pupil.schoolId,
        class_id: pupil.classId,
        consecutive: after.consecutive,
        cumulative: after.cumulative,
        since: after.since,
        last_absent: after.lastAbsent,
        crossed_day: crossedDay(after),
        rule,
        reach: pupil.reach,
      })),
  );
  return done;
}

/** Tells the areas above of crossings that appeared or went, and of standings that changed. */
export async function tellStandings(
  context: Context,
  { thresholds }: Ground,
  list: readonly Recounted[],
): Promise<void> {
  const at = context.now.toISOString();
  for (const { pupil, after, crossed, gone, changed } of list) {
    const place = { childId: pupil.childId, schoolId: pupil.schoolId, classId: pupil.classId };
    if (gone) await context.announce({ kind: 'attendance.thresholdGone', ...place, at });
    if (crossed !== null)
      await context.announce({
        kind: 'attendance.thresholdCrossed',
        ...place,
        day: crossed,
        at,
        consecutive: after.consecutive,
        cumulative: after.cumulative,
      });
    if (changed)
      await context.announce({
        kind: 'attendance.standingChanged',
        ...place,
        consecutive: after.consecutive,
        cumulative: after.cumulative,
        over: after.consecutive >= thresholds.consecutive || after.cumulative >= thresholds.cumulative,
        lastAbsent: after.lastAbsent,
        at,
      });
  }
}

/** Rebuilds every standing of the term of a day from the marks; answers how many differed. */
export async function recountTerm(context: Context, day: DateText): Promise<number> {
  const ground = await groundOf(context, day);
  const term = ground.termOf(day);
  if (!term) return 0;
  const pupils = (await listCounted(context.client, context.district, term.from, term.to)).map((row) => ({
    childId: row.child_id,
    schoolId: row.school_id,
    classId: row.class_id,
    reach: row.reach,
  }));
  let differed = 0;
  for (let from = 0; from < pupils.length; from += 500) {
    const done = await recount(context, ground, pupils.slice(from, from + 500), day);
    differed += done.filter((one) => one.changed).length;
    await tellStandings(context, ground, done);
  }
  return differed;
}
