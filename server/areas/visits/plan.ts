import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/visit-plans.ts';
import { addCalendarDays, daysBetween, type DateText } from '#domain/basics/calendar.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches } from '#domain/basics/reach.ts';
import { modesFor, monthsOf, spreadOver } from '#domain/visits/rules.ts';
import { planPurposeWords } from '#domain/visits/words.ts';
import { isWorkday, readSettings } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { insertItems, itemsOfPlan, type NewItem } from './store-items.ts';
import { findPlan, insertPlan, readClassTeachers, readPlanPupils, type PlanPupil } from './store-plans.ts';
import { settleChild } from './settle.ts';

type Asked = ParsedOf<typeof contract.makePlan>;
type Summary = OutputOf<typeof contract.makePlan>;
interface Teacher {
  class_id: string;
  staff_id: string;
  staff_name: string;
}

function refuse(path: string, words: string): Failure {
  return new Failure('input-wrong', words, { issues: [{ path, words }] });
}

/** The days on which visits may fall due: working days, or every day of a span without any. */
function daysOf(from: DateText, to: DateText, isWorkday: (day: DateText) => boolean): DateText[] {
  const all = Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addCalendarDays(from, index));
  const working = all.filter(isWorkday);
  return working.length > 0 ? working : all;
}

/** Pupils of one household stay together, in the order given. */
function households(pupils: readonly PlanPupil[]): PlanPupil[][] {
  const groups = new Map<string, PlanPupil[]>();
  for (const pupil of pupils) {
    const key = pupil.household_id ?? pupil.child_id;
    groups.set(key, [...(groups.get(key) ?? []), pupil]);
  }
  return [...groups.values()];
}

/** Gives each household of a class to one of its teachers in turn. */
function byTeacher(pupils: readonly PlanPupil[], teachers: readonly Teacher[]): Map<string | null, PlanPupil[][]> {
  const loads = new Map<string | null, PlanPupil[][]>();
  const classes = new Map<string | null, PlanPupil[]>();
  for (const pupil of pupils) classes.set(pupil.class_id, [...(classes.get(pupil.class_id) ?? []), pupil]);
  for (const [classId, members] of classes) {
    const own = teachers.filter((one) => one.class_id === classId);
    households(members).forEach((group, index) => {
      const staff = own[index % Math.max(1, own.length)]?.staff_id ?? null;
      loads.set(staff, [...(loads.get(staff) ?? []), group]);
    });
  }
  return loads;
}

async function itemsFor(
  context: Context,
  asked: Asked,
  pupils: readonly PlanPupil[],
  teachers: readonly Teacher[],
  modes: readonly string[],
): Promise<NewItem[]> {
  const works = await isWorkday(context);
  const spans = asked.kind === 'atRisk' ? monthsOf(asked.from, asked.to) : [{ from: asked.from, to: asked.to }];
  const items: NewItem[] = [];
  for (const span of spans) {
    const days = daysOf(span.from, span.to, works);
    for (const [staffId, groups] of byTeacher(pupils, teachers)) {
      const dues = spreadOver(
        groups.map((group) => group.length),
        days,
      );
      groups.forEach((group, index) => {
        for (const pupil of group)
          items.push({
            id: context.newId(),
            plan_id: asked.id,
            kind: asked.kind,
            child_id: pupil.child_id,
            household_id: pupil.household_id,
            school_id: asked.schoolId,
            class_id: pupil.class_id,
            staff_id: staffId,
            case_id: null,
            purpose: planPurposeWords[asked.kind],
            modes,
            from_date: span.from,
            due_date: dues[index] ?? span.to,
            to_date: span.to,
            reach: pupil.reach,
          });
      });
    }
  }
  return items;
}

type SummaryItem = Pick<NewItem, 'child_id' | 'household_id' | 'class_id' | 'staff_id' | 'due_date'> & {
  class_name: string | null;
  staff_name: string | null;
};

function summaryOf(asked: Asked, items: readonly SummaryItem[], already: number): Summary {
  const teachers = new Map<string, { name: string; classes: Set<string>; days: string[] }>();
  const unassigned = new Map<string | null, { className: string; visits: number }>();
  for (const item of items) {
    const className = item.class_name ?? '未分班';
    if (item.staff_id === null) {
      const line = unassigned.get(item.class_id) ?? { className, visits: 0 };
      unassigned.set(item.class_id, { className, visits: line.visits + 1 });
      continue;
    }
    const line = teachers.get(item.staff_id) ?? { name: item.staff_name ?? '', classes: new Set<string>(), days: [] };
    line.classes.add(className);
    line.days.push(item.due_date);
    teachers.set(item.staff_id, line);
  }
  return {
    planId: asked.id,
    preview: asked.preview,
    pupils: new Set(items.map((item) => item.child_id)).size,
    visits: items.length,
    households: new Set(items.map((item) => item.household_id ?? item.child_id)).size,
    already,
    days: new Set(items.map((item) => item.due_date)).size,
    teachers: [...teachers].map(([staffId, line]) => {
      const days = [...line.days].sort();
      return {
        staffId,
        staffName: line.name,
        classes: [...line.classes].join('、'),
        visits: days.length,
        firstDay: days[0] ?? asked.from,
        lastDay: days.at(-1) ?? asked.to,
      };
    }),
    unassigned: [...unassigned].map(([classId, line]) => ({ classId, ...line })),
  };
}

/** Makes a plan for a school, or shows what it would be: pupils spread over their class teachers and the working days, households together. */
export async function makePlan(context: Context, asked: Asked): Promise<Summary> {
  const { client, district } = context;
  const token = `school:${asked.schoolId}`;
  if (!reaches(context.reach, [token])) throw notFound('学校');
  if (asked.to < asked.from) throw refuse('to', '结束日期早于开始日期。');
  if (daysBetween(asked.from, asked.to) > 370) throw refuse('to', '一个计划至多一年。');
  if (asked.kind === 'atRisk' && (asked.childIds?.length ?? 0) === 0) throw refuse('childIds', '请选择重点对象。');
  const known = await findPlan(client, district, asked.id);
  if (known) {
    if (known.school_id !== asked.schoolId || known.kind !== asked.kind || known.from_date !== asked.from)
      throw new Failure('already-exists', '这个编号下已有另一个计划。');
    return summaryOf(asked, await itemsOfPlan(client, district, asked.id), 0);
  }
  const found = await readPlanPupils(client, district, {
    schoolId: asked.schoolId,
    day: context.today,
    kind: asked.kind,
    from: asked.from,
    to: asked.to,
    classIds: asked.classIds ?? null,
    childIds: asked.childIds ?? null,
  });
  const pupils = found.filter((pupil) => !pupil.already);
  if (pupils.length === 0)
    throw new Failure(
      'wrong-step',
      found.length > 0 ? '所选学生在这段时间已有同类计划，不必重复制定。' : '所选范围内没有在籍学生。',
    );
  const classIds = [...new Set(pupils.flatMap((pupil) => (pupil.class_id === null ? [] : [pupil.class_id])))];
  const teachers = await readClassTeachers(client, district, context.today, classIds);
  const modes = modesFor(asked.kind, await readSettings(context, context.today));
  const items = await itemsFor(context, asked, pupils, teachers, modes);
  const classNames = new Map(pupils.map((pupil) => [pupil.class_id, pupil.class_name] as const));
  const staffNames = new Map(teachers.map((one) => [one.staff_id, one.staff_name] as const));
  const summary = summaryOf(
    asked,
    items.map((item) => ({
      ...item,
      class_name: classNames.get(item.class_id) ?? null,
      staff_name: item.staff_id === null ? null : (staffNames.get(item.staff_id) ?? null),
    })),
    found.length - pupils.length,
  );
  context.note({
    subjectKind: 'visitPlan',
    subjectId: asked.id,
    detail: { preview: asked.preview, kind: asked.kind, schoolId: asked.schoolId, visits: items.length },
  });
  if (asked.preview) return summary;
  const knownAt = await context.knownAt();
  await insertPlan(client, district, {
    id: asked.id,
    kind: asked.kind,
    name: asked.name,
    schoolId: asked.schoolId,
    from: asked.from,
    to: asked.to,
    modes,
    madeBy: context.actor.id,
    madeName: context.actor.name,
    knownAt,
    reach: [token, ...classIds.map((id) => `class:${id}`)],
  });
  await insertItems(client, district, items, knownAt);
  // A plan that begins in the past finds the visits made since.
  if (asked.from <= context.today) for (const pupil of pupils) await settleChild(context, pupil.child_id);
  return summary;
}
