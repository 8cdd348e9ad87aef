import { Failure } from '#domain/basics/failure.ts';
import { changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import { openChangeStates } from '#domain/enrolment/changes-record.ts';
import { onRollStates } from '#domain/enrolment/course.ts';
import type { Context } from '#server/http/context.ts';
import { courseOf, moveChild, spellOn } from './course.ts';
import { changesOfChild } from './store-changes.ts';
import { closeSpells, holdChildren, insertSpells, readSpells, type SpellRow } from './store-course.ts';
import { readLastRoll } from './store-roll.ts';

/** What joining two courses wrote and closed, so that it can be taken back. */
export interface JoinedCourse {
  written: string[];
  closed: SpellRow[];
}

/** Refuses a merge that courses and changes of the two forbid, with the way out. */
export async function mayMergeCourses(context: Context, keptId: string, mergedId: string): Promise<void> {
  const { client, district } = context;
  const open = (await changesOfChild(client, district, mergedId)).find((one) => openChangeStates.includes(one.state));
  if (open)
    throw new Failure(
      'wrong-step',
      `被合并的档案有在办的学籍异动“${changeKindWords[open.kind]}”（${changeStateWords[open.state]}），请先办结或撤回；或保留这份档案，合并另一份。`,
      { changeId: open.id },
    );
  const spells = await readSpells(client, district, [keptId, mergedId]);
  const death = spells.find((spell) => spell.state === 'dead');
  const lives = spells.some(
    (spell) =>
      death !== undefined &&
      spell.childId !== death.childId &&
      onRollStates.includes(spell.state) &&
      (spell.toDate === null || spell.toDate > death.fromDate),
  );
  if (death !== undefined && lives)
    throw new Failure(
      'wrong-step',
      `一份档案登记自 ${death.fromDate} 死亡，另一份其后仍在册，不能合并。请先核实，更正登记错的那一份。`,
    );
}

/** Lets the course of a kept person follow the roll that he has after a merge; null where it does already. */
export async function joinCourses(context: Context, keptId: string): Promise<JoinedCourse | null> {
  const { client, district, today } = context;
  const roll = await readLastRoll(client, district, keptId);
  if (!roll || roll.toDate !== null) return null;
  const before = await courseOf(context, keptId);
  const stood = spellOn(before, today) ?? before.at(-1) ?? null;
  if (stood !== null && onRollStates.includes(stood.state) && stood.schoolId === roll.schoolId) return null;
  const made = await moveChild(context, {
    childId: keptId,
    day: roll.fromDate,
    state: 'inSchool',
    cause: 'correction',
    schoolId: roll.schoolId,
    classId: roll.classId,
    grade: roll.grade,
  });
  const after = await readSpells(client, district, [keptId]);
  const known = new Set(before.map((spell) => spell.id));
  const kept = new Set(after.map((spell) => spell.id));
  return {
    written: after.filter((spell) => !known.has(spell.id) || spell.id === made.id).map((spell) => spell.id),
    closed: before.filter((spell) => !kept.has(spell.id)),
  };
}

/** Takes back what joining wrote, where it still stands: each course is known again as it was. `moved` are the spells that came with the merge. */
export async function splitCourses(
  context: Context,
  of: { keptId: string; mergedId: string; moved: readonly string[] },
  joined: JoinedCourse,
): Promise<void> {
  const { client, district } = context;
  const standing = new Set((await readSpells(client, district, [of.keptId])).map((spell) => spell.id));
  // Who moved on since the merge keeps what is known of him now.
  if (!joined.written.every((id) => standing.has(id))) return;
  const knownAt = await context.knownAt();
  await closeSpells(client, district, joined.written, knownAt);
  const again = joined.closed.map((spell) => ({
    ...spell,
    id: context.newId(),
    childId: of.moved.includes(spell.id) ? of.mergedId : of.keptId,
  }));
  const reach = await holdChildren(client, district, [of.keptId, of.mergedId]);
  await insertSpells(client, district, again, { at: knownAt, reachOf: (id) => reach.get(id) ?? [] });
}
