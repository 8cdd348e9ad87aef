import { Failure } from '#domain/basics/failure.ts';
import { mayFollow, onRollStates, type CourseCause, type CourseState } from '#domain/enrolment/course.ts';
import { causeWords, courseStateWords } from '#domain/enrolment/course-words.ts';
import { rebuildReach } from '#server/areas/imports/actions.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict, underReach, wholeReach } from '#server/http/under-reach.ts';
import { endPlaces, endsPlaces } from './places.ts';
import { moveRolls } from './roll.ts';
import { closeSpells, holdChildren, insertSpells, readSpells, type SpellRow } from './store-course.ts';
import { readLastRoll } from './store-roll.ts';

/** A move of a child: the spell that begins on `day`. School, class and grade left out stay as they were. */
export interface Move {
  childId: string;
  day: string;
  state: CourseState;
  cause: CourseCause;
  schoolId?: string | undefined;
  classId?: string | null | undefined;
  grade?: number | undefined;
  changeId?: string | null;
  caseId?: string | null;
  note?: string | null;
  /** Ends the spell where later ones are known and stay; left out, it holds from now on and later ones are superseded. */
  until?: string | undefined;
}

/** Where a child stands on a day: the spell that holds then, as known now. */
export function spellOn(spells: readonly SpellRow[], day: string): SpellRow | null {
  return spells.find((spell) => spell.fromDate <= day && (spell.toDate === null || spell.toDate > day)) ?? null;
}

/** The courses of children as known now; who is on a roll but has none yet (of lists before courses were kept) is `listed`. */
export async function coursesOf(context: Context, childIds: readonly string[]): Promise<Map<string, SpellRow[]>> {
  const { client, district } = context;
  const courses = new Map<string, SpellRow[]>();
  for (const spell of await readSpells(client, district, childIds))
    courses.set(spell.childId, [...(courses.get(spell.childId) ?? []), spell]);
  for (const childId of childIds.filter((id) => !courses.has(id))) {
    const roll = await readLastRoll(client, district, childId);
    if (!roll || roll.toDate !== null) continue;
    const { schoolId, classId, grade, fromDate } = roll;
    const beside = { changeId: null, caseId: null, note: null, toDate: null };
    courses.set(childId, [
      {
        id: context.newId(),
        childId,
        state: 'inSchool',
        schoolId,
        classId,
        grade,
        cause: 'listed',
        fromDate,
        ...beside,
      },
    ]);
  }
  return courses;
}

/** The course of one child as known now. */
export async function courseOf(context: Context, childId: string): Promise<SpellRow[]> {
  return (await coursesOf(context, [childId])).get(childId) ?? [];
}

/** What a move starts from: the spell of its day, else the last before it; who is first known by a later list stood there before. */
function standing(spells: readonly SpellRow[], day: string): SpellRow | null {
  const [first] = spells;
  const before = spells.filter((spell) => spell.fromDate <= day).at(-1);
  return spellOn(spells, day) ?? before ?? (first?.cause === 'listed' ? first : null);
}

function refuse(from: CourseState | null, move: Move): never {
  const stood = from === null ? '尚无在校记录' : courseStateWords[from];
  throw new Failure(
    'wrong-step',
    `该生在 ${move.day} 的状态为“${stood}”，不能办理“${causeWords[move.cause]}”。请核对日期和学生情况。`,
    { from, to: move.state, cause: move.cause },
  );
}

function nextSpell(context: Context, move: Move, stood: SpellRow | null): SpellRow {
  if (!mayFollow(stood?.state ?? null, move.state, move.cause)) refuse(stood?.state ?? null, move);
  const schoolId = move.schoolId ?? stood?.schoolId;
  if (schoolId === undefined) throw new Failure('wrong-step', '该生没有学籍学校，请写明学校。');
  const elsewhere = stood !== null && stood.schoolId !== schoolId;
  return {
    id: context.newId(),
    childId: move.childId,
    state: move.state,
    schoolId,
    classId: move.classId !== undefined ? move.classId : elsewhere ? null : (stood?.classId ?? null),
    grade: move.grade ?? stood?.grade ?? 0,
    cause: move.cause,
    changeId: move.changeId ?? null,
    caseId: move.caseId ?? null,
    note: move.note ?? null,
    fromDate: move.day,
    toDate: move.until ?? null,
  };
}

/** What a new spell leaves of the others: those it closes, and their parts that stay. */
function partsBeside(
  context: Context,
  spells: readonly SpellRow[],
  made: SpellRow,
): { closed: string[]; kept: SpellRow[] } {
  const { fromDate: day, toDate: until } = made;
  const touched = spells.filter(
    (spell) => (spell.toDate === null || spell.toDate > day) && (until === null || spell.fromDate < until),
  );
  return {
    closed: touched.map((spell) => spell.id),
    kept: touched.flatMap((spell) => [
      ...(spell.fromDate < day ? [{ ...spell, id: context.newId(), toDate: day }] : []),
      ...(until !== null && (spell.toDate === null || spell.toDate > until)
        ? [{ ...spell, id: context.newId(), fromDate: until }]
        : []),
    ]),
  };
}

/**
 * The one writer of courses: from its `day` on each child is in `state`. A late or corrected day supersedes what was known of the days from
 * then on; what was known before is read as it was. Moves the roll with it, and the reach of the children where the roll moved. One move
 * for each child.
 */
export async function moveChildren(context: Context, moves: readonly Move[]): Promise<SpellRow[]> {
  if (moves.length === 0) return [];
  return underReach(context, wholeReach, async (whole) => {
    const { client, district } = whole;
    const ids = moves.map((move) => move.childId);
    const reach = await holdChildren(client, district, ids);
    if (reach.size < new Set(ids).size) throw new Failure('not-found', '没有找到这名学生。');
    const courses = await coursesOf(whole, ids);
    const made = moves.map((move) => {
      const spells = courses.get(move.childId) ?? [];
      const stood = standing(spells, move.day);
      const spell = nextSpell(whole, move, stood);
      return { spell, away: endsPlaces(stood, spell), ...partsBeside(whole, spells, spell) };
    });
    const knownAt = await whole.knownAt();
    await closeSpells(
      client,
      district,
      made.flatMap((one) => one.closed),
      knownAt,
    );
    const written = made.flatMap((one) => [...one.kept, one.spell]);
    await insertSpells(client, district, written, { at: knownAt, reachOf: (id) => reach.get(id) ?? [] });
    const lasting = made.map((one) => one.spell).filter((spell) => spell.toDate === null);
    const moved = await moveRolls(
      whole,
      lasting.map((spell) => ({
        childId: spell.childId,
        day: spell.fromDate,
        target: onRollStates.includes(spell.state) ? spell : null,
      })),
    );
    for (const { spell, away } of made)
      if (away && spell.toDate === null && (await endPlaces(whole, spell.childId, spell.fromDate)) > 0)
        moved.push(spell.childId);
    if (moved.length > 0) await rebuildReach(client, district, [...new Set(moved)]);
    for (const { spell } of made)
      await whole.announce({
        kind: 'enrolment.childMoved',
        childId: spell.childId,
        state: spell.state,
        cause: spell.cause,
        schoolId: spell.schoolId,
        classId: spell.classId,
        day: spell.fromDate,
        at: whole.now.toISOString(),
      });
    return made.map((one) => one.spell);
  });
}

/** Moves one child (see `moveChildren`). */
export async function moveChild(context: Context, move: Move): Promise<SpellRow> {
  const [made] = await moveChildren(context, [move]);
  if (!made) throw new Error('a move makes a spell');
  return made;
}

/** Moves a child where the course allows it; null where it does not, such as a pupil who is back already. */
export async function tryMoveChild(context: Context, move: Move): Promise<SpellRow | null> {
  const allowed = await inWholeDistrict(context, async () => {
    const stood = standing(await courseOf(context, move.childId), move.day);
    return stood !== null && mayFollow(stood.state, move.state, move.cause);
  });
  return allowed ? moveChild(context, move) : null;
}
