import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance-leaves.ts';
import { substituteGraceDays } from '#domain/attendance/rules.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { roleWords } from '#domain/basics/roles.ts';
import type { Context } from '#server/http/context.ts';
import { inClass, mayConsent, type ClassAccess } from './access.ts';
import {
  endSubstituteRow,
  findSubstitute,
  insertSubstitute,
  listCandidates,
  listSubstituteRows,
} from './store-substitutes.ts';

function mustConsent(context: Context, access: ClassAccess): void {
  if (!mayConsent(context, access.place.school_id)) throw notFound('班级');
}

/** The substitutes of a class from a day on, those whose late entries may still go up too, and whom the school can name. */
export async function listSubstitutes(
  context: Context,
  input: ParsedOf<typeof contract.listSubstitutes>,
): Promise<OutputOf<typeof contract.listSubstitutes>> {
  const day = input.day ?? context.today;
  return inClass(context, input.classId, day, async ({ client, district }, access) => {
    mustConsent(context, access);
    const rows = await listSubstituteRows(client, district, input.classId, addCalendarDays(day, -substituteGraceDays));
    const candidates = await listCandidates(client, district, access.place.school_id, day);
    return {
      substitutes: rows.map((row) => ({
        id: row.id,
        classId: row.class_id,
        className: row.class_name,
        staffId: row.staff_id,
        staffName: row.staff_name,
        fromDay: row.from_day,
        toDay: row.to_day,
        namedName: row.named_name,
      })),
      candidates: candidates.map((row) => ({
        staffId: row.staff_id,
        name: row.name,
        posts: row.roles.map((role) => roleWords[role]).join('、'),
      })),
    };
  });
}

/** Names who marks a class in place of its teacher for days. */
export async function nameSubstitute(
  context: Context,
  input: ParsedOf<typeof contract.nameSubstitute>,
): Promise<{ id: string }> {
  return inClass(context, input.classId, input.fromDay, async (inner, access) => {
    mustConsent(inner, access);
    const { client, district, actor, now } = inner;
    const wrong = (path: string, words: string) => new Failure('input-wrong', words, { issues: [{ path, words }] });
    if (input.toDay < input.fromDay) throw wrong('toDay', '结束日期不能早于开始日期。');
    if (input.toDay < inner.today) throw wrong('toDay', '代班的日期已经过去。');
    if (input.toDay > addCalendarDays(input.fromDay, 62))
      throw wrong('toDay', '代班一次最多两个月；更长的请调整班主任岗位。');
    const candidate = (await listCandidates(client, district, access.place.school_id, inner.today)).find(
      (one) => one.staff_id === input.staffId,
    );
    if (!candidate) throw wrong('staffId', '请选择本校的教师。');
    await insertSubstitute(client, district, {
      id: input.id,
      schoolId: access.place.school_id,
      classId: input.classId,
      staffId: input.staffId,
      staffName: candidate.name,
      fromDay: input.fromDay,
      toDay: input.toDay,
      by: actor.id,
      byName: actor.name,
      at: now,
    });
    inner.note({
      subjectKind: 'substitute',
      subjectId: input.id,
      detail: { classId: input.classId, staffId: input.staffId, fromDay: input.fromDay, toDay: input.toDay },
    });
    return { id: input.id };
  });
}

/** Ends a substitution at once, one that is over too: the class is marked by its teacher again, and no late entry goes up any more. */
export async function endSubstitute(
  context: Context,
  input: ParsedOf<typeof contract.endSubstitute>,
): Promise<{ done: true }> {
  const row = await findSubstitute(context.client, context.district, input.id);
  if (!row || !mayConsent(context, row.school_id)) throw notFound('代班安排');
  await endSubstituteRow(context.client, context.district, row.id, context.now);
  context.note({ subjectKind: 'substitute', subjectId: row.id, detail: { classId: row.class_id } });
  return { done: true };
}
