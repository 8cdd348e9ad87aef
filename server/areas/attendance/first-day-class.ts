import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance-first-day.ts';
import { callsForReport, entryFault, knownReason, usualWhereabouts } from '#domain/attendance/first-day.ts';
import type { DayPart } from '#domain/attendance/record.ts';
import { answerWords, leaveKindWords } from '#domain/attendance/words.ts';
import { Failure } from '#domain/basics/failure.ts';
import { sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { underReach, wholeReach } from '#server/http/under-reach.ts';
import { inClass, inClassToMark, mustMark } from './access.ts';
import { firstDayAt, headOf, linesOf, ruled, settleFirstDay, type FirstDay } from './first-day.ts';
import { classView, entryPlace, entryView, missingOf, missingView } from './first-day-view.ts';
import { readElsewhere, type FirstDayLine } from './store-first-day.ts';
import { closeEntry, insertEntry, listDone, listEarlier, type EntryRow } from './store-first-day-kept.ts';
import { findRollCall } from './store-marks.ts';
import { readStandings } from './store-standing.ts';

type View = OutputOf<typeof contract.getFirstDayClass>;

function knownWords(line: FirstDayLine): string | null {
  if (line.answer !== null) return `家长答复：${answerWords[line.answer]}`;
  return line.leave_kind === null ? null : `已登记${leaveKindWords[line.leave_kind]}`;
}

function missingLine(
  context: Context,
  first: FirstDay,
  line: FirstDayLine,
  more: { earlier: readonly EntryRow[]; since: string | null },
): View['missing'][number] {
  const view = missingView(context, line);
  const suggested = knownReason({ answer: line.answer, leave: line.leave_kind, kind: line.kind });
  return {
    ...view,
    suggested,
    suggestedWhereabouts: usualWhereabouts(suggested),
    known: knownWords(line),
    report: line.why !== null && line.whereabouts !== null && callsForReport(line.why, line.whereabouts),
    since: more.since ?? first.day,
    latePart: line.called === 0 && line.here > 0 ? line.part : null,
    earlier: more.earlier.filter((row) => row.child_id === line.child_id).map((row) => entryView(context, row)),
  };
}

/** The list of a class: numbers from the roll call, and who was not there with what was entered or is known already. */
export async function getFirstDayClass(
  context: Context,
  input: ParsedOf<typeof contract.getFirstDayClass>,
): Promise<View> {
  const first = await firstDayAt(context, input.day);
  return inClass(context, input.classId, first.day, async (inner, access) => {
    const { client, district } = inner;
    const scope = { classId: input.classId };
    const { day } = first;
    const lines = await linesOf(inner, day, scope);
    const away = missingOf(lines);
    const ids = away.map((line) => line.child_id);
    const [kept] = await listDone(client, district, day, scope);
    const head = { classId: input.classId, className: access.place.name };
    const view = classView(inner, head, lines, await readElsewhere(client, district, day, scope), kept);
    const earlier = await listEarlier(client, district, day, ids);
    const standings = await readStandings(client, district, first.term.from, ids);
    const callOf = (part: DayPart) => findRollCall(client, district, { classId: input.classId, day, part });
    const rollCall = (await callOf('morning')) ?? (await callOf('afternoon'));
    const why = first.begun ? access.why : `${day} 起可以核对。`;
    return {
      ...headOf(first),
      ...view,
      schoolId: access.place.school_id,
      schoolName: access.place.school_name,
      markedName: rollCall?.marked_name ?? null,
      missing: away.map((line) => {
        const since = standings.find((row) => row.child_id === line.child_id)?.since ?? null;
        return missingLine(inner, first, line, { earlier, since });
      }),
      allowed: { enter: access.mark && first.begun, why },
    };
  });
}

type Entry = ParsedOf<typeof contract.saveFirstDay>['entries'][number];

/** The line of each entry; refuses pupils who are not on the list, who came, or who stand there twice. */
function linesFor(entries: readonly Entry[], lines: readonly FirstDayLine[]): { entry: Entry; line: FirstDayLine }[] {
  const wrong = (words: string, path: string, field: string) =>
    new Failure('input-wrong', words, { issues: [{ path, words: field }] });
  if (new Set(entries.map((entry) => entry.childId)).size !== entries.length)
    throw wrong('同一名学生写了两次，请检查后再提交。', 'entries', '同一名学生写了两次。');
  return entries.map((entry, at) => {
    const line = lines.find((one) => one.child_id === entry.childId);
    if (!line) throw wrong('有学生不在这个班当天的名册上，请刷新名单后再登记。', 'entries', '名单中有学生不在这个班。');
    if (ruled(line).mark === 'present')
      throw new Failure('changed-meanwhile', `${line.name}已点名到校，不必再登记。请刷新名单。`, {
        childId: line.child_id,
      });
    const fault = entryFault(entry);
    if (fault) throw wrong(`${line.name}：${fault.words}`, `entries.${String(at)}.${fault.path}`, fault.words);
    return { entry, line };
  });
}

/** Keeps reasons and whereabouts; one that was entered before is superseded. Tells how many are still open. */
export async function saveFirstDay(
  context: Context,
  input: ParsedOf<typeof contract.saveFirstDay>,
): Promise<OutputOf<typeof contract.saveFirstDay>> {
  const first = await firstDayAt(context, input.day);
  const { day, ground } = first;
  const { classId } = input;
  return inClassToMark(context, classId, day, async (inner, access) => {
    mustMark(access);
    if (!first.begun) throw new Failure('wrong-step', `还没有到 ${day}，不能提前核对。`);
    const { client, district, actor, now, keys } = inner;
    const schoolId = access.place.school_id;
    const wanted = linesFor(input.entries, await linesOf(inner, day, { classId }));
    const knownAt = await inner.knownAt();
    for (const { entry, line } of wanted) {
      if (line.entry_id !== null) await closeEntry(client, district, line.entry_id, knownAt);
      const { reasonWords, whereaboutsWords } = entry;
      await insertEntry(client, district, {
        id: entry.id,
        child_id: entry.childId,
        schoolId,
        classId,
        day,
        why: entry.reason,
        whereabouts: entry.whereabouts,
        sealed_words: sealJson(keys, entryPlace(inner, entry.id), { reasonWords, whereaboutsWords }),
        by: actor.id,
        entered_name: actor.name,
        at: now,
        knownAt,
        reach: line.reach,
      });
    }
    inner.note({
      subjectKind: 'class',
      subjectId: classId,
      detail: { day, children: wanted.map(({ line }) => line.child_id), asSubstitute: access.asSubstitute },
    });
    const done = await underReach(inner, wholeReach, (wide) =>
      settleFirstDay(wide, ground, { schoolId, classId }, day),
    );
    const left = missingOf(await linesOf(inner, day, { classId }));
    return { saved: wanted.length, open: left.filter((line) => line.why === null).length, done };
  });
}
