import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance.ts';
import { isPresent } from '#domain/attendance/rules.ts';
import { answerWords, dayPartWords, leaveKindWords, markWords } from '#domain/attendance/words.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { pupilsOfClass, type ClassPupil } from '#server/areas/enrolment/actions.ts';
import type { Context } from '#server/http/context.ts';
import { inClass } from './access.ts';
import { leaveFor } from './mark-class.ts';
import { groundOf } from './standing.ts';
import { listWaiting } from './store-corrections.ts';
import { leavesOn, type LeaveOnDay } from './store-leaves.ts';
import { findRollCall, listAbsences, type AbsenceRow } from './store-marks.ts';
import { readStandings, type StandingRecord } from './store-standing.ts';

function hintOf(standing: StandingRecord | undefined, leave: LeaveOnDay | null, day: string): string | null {
  if (leave && leave.to_day < day) return `${leaveKindWords[leave.kind]}已于 ${leave.to_day} 期满，未销假`;
  if (!standing || standing.cumulative === 0) return null;
  const run = standing.consecutive > 0 ? `连续无故缺勤 ${String(standing.consecutive)} 天，` : '';
  return `${run}本学期累计 ${String(standing.cumulative)} 天`;
}

function pupilView(
  pupil: ClassPupil,
  seen: {
    marked: boolean;
    absence: AbsenceRow | undefined;
    leave: LeaveOnDay | null;
    standing: StandingRecord | undefined;
    waiting: boolean;
    day: string;
  },
): OutputOf<typeof contract.getRollCall>['pupils'][number] {
  const { absence, leave, day } = seen;
  const mark = seen.marked ? (absence?.kind ?? 'present') : null;
  const covered = leave !== null && leave.to_day >= day;
  return {
    childId: pupil.childId,
    name: pupil.name,
    sex: sexWord(pupil.sex),
    mark,
    markWords: mark === null ? '未点名' : markWords[mark],
    suggested: covered ? leave.kind : 'present',
    absenceId: absence?.id ?? null,
    answer: absence?.answer ?? null,
    answerWords: absence?.answer ? answerWords[absence.answer] : null,
    waiting: seen.waiting,
    leave: leave
      ? {
          id: leave.id,
          kind: leave.kind,
          kindWords: leaveKindWords[leave.kind],
          fromDay: leave.from_day,
          toDay: leave.to_day,
          over: leave.to_day < day,
        }
      : null,
    since: seen.standing !== undefined && seen.standing.consecutive > 0 ? seen.standing.since : null,
    hint: hintOf(seen.standing, leave, day),
  };
}

/** The roll call of a class for a day and part: its pupils with what is marked, or what the phone suggests. */
export async function getRollCall(
  context: Context,
  input: ParsedOf<typeof contract.getRollCall>,
): Promise<OutputOf<typeof contract.getRollCall>> {
  return inClass(context, input.classId, input.day, async (inner, access) => {
    const { client, district } = inner;
    const ground = await groundOf(inner, input.day);
    const rollCall = await findRollCall(client, district, input);
    const pupils = await pupilsOfClass(inner, input.classId, input.day);
    const ids = pupils.map((pupil) => pupil.childId);
    const absences = rollCall ? await listAbsences(client, district, input) : [];
    const waiting = rollCall ? await listWaiting(client, district, input) : [];
    const leaves = await leavesOn(client, district, ids, input.day);
    const standings = await readStandings(client, district, ground.termOf(input.day)?.from ?? input.day, ids);
    const away = absences.filter((row) => !isPresent(row.kind)).length;
    return {
      classId: input.classId,
      className: access.place.name,
      schoolId: access.place.school_id,
      schoolName: access.place.school_name,
      day: input.day,
      part: input.part,
      partWords: dayPartWords[input.part],
      isSchoolDay: ground.isSchoolDay(input.day),
      rollCall: rollCall
        ? {
            id: rollCall.id,
            markedName: rollCall.marked_name,
            markedAt: rollCall.marked_at.toISOString(),
            onRoll: rollCall.on_roll,
            present: rollCall.on_roll - away,
            late: rollCall.source === 'late',
            lateReason: rollCall.late_reason,
          }
        : null,
      pupils: pupils.map((pupil) =>
        pupilView(pupil, {
          marked: rollCall !== null,
          absence: absences.find((row) => row.child_id === pupil.childId),
          leave: leaveFor(leaves, pupil.childId),
          standing: standings.find((row) => row.child_id === pupil.childId),
          waiting: waiting.includes(pupil.childId),
          day: input.day,
        }),
      ),
      allowed: { mark: access.mark, why: access.why },
    };
  });
}
