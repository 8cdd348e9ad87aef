import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/enrolment-changes.ts';
import { asOfWords } from '#domain/basics/as-of.ts';
import { notFound } from '#domain/basics/failure.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import type { Permission } from '#domain/basics/permissions.ts';
import { reaches } from '#domain/basics/reach.ts';
import { changeRules, isAttending, papersFor } from '#domain/enrolment/change-rules.ts';
import { changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import { openChangeStates } from '#domain/enrolment/changes-record.ts';
import { causeWords, courseStateWords } from '#domain/enrolment/course-words.ts';
import { findChangeStep, type ChangeAction } from '#domain/enrolment/steps.ts';
import { askedThen, noteOf } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { sheetStream } from '#server/spreadsheets/sheet-file.ts';
import { nationalCode } from './change-codes.ts';
import { openChange, openEventText, ownerWords } from './change-work.ts';
import { monthOf } from './lessons.ts';
import { missingPieces, whyNoPieces } from './pieces.ts';
import { readAttending } from './store-attending.ts';
import { countChanges, findChangeView, listChangeEvents, readChanges, type ChangeView } from './store-changes.ts';
import { readSpellViews } from './store-views.ts';
import { readChildFacts } from './store-roll.ts';

type Row = OutputOf<typeof contract.listChanges>['rows'][number];

/** A change as lists show it; overdue by a day, which is today where no past is asked for. */
function rowOf(context: Context, view: ChangeView, day: string = context.today): Row {
  const national = nationalCode(view.kind);
  const waits = openChangeStates.includes(view.state);
  return {
    id: view.id,
    childId: view.childId,
    name: view.name,
    kind: view.kind,
    kindWords: changeKindWords[view.kind],
    code: national.code,
    codeWords: national.words,
    state: view.state,
    stateWords: changeStateWords[view.state],
    schoolId: view.schoolId,
    schoolName: view.schoolName,
    className: view.className,
    grade: view.grade,
    toSchoolId: view.toSchoolId,
    toSchoolName: view.toSchoolName,
    toClassName: view.toClassName,
    toGrade: view.toGrade,
    fromDay: view.fromDay,
    endsOn: view.endsOn,
    askedOn: view.askedOn,
    askedName: view.askedName,
    stateSince: view.stateSince,
    dueDate: view.dueDate,
    overdue: view.state === 'late' || (waits && view.dueDate !== null && view.dueDate < day),
    askedLate: view.askedLate,
    doneOn: view.doneOn,
    ownerWords: ownerWords(view, context.district),
  };
}

/** A page of registry changes within reach as they stand, or stood then, with how many in each state. */
export async function listChangePage(
  context: Context,
  input: ParsedOf<typeof contract.listChanges>,
): Promise<OutputOf<typeof contract.listChanges>> {
  const { page, size, ...rest } = input;
  const { client, district } = context;
  const then = askedThen(context, rest);
  const day = then?.day ?? context.today;
  const asked = { ...rest, then };
  const byState = await countChanges(client, district, { ...asked, state: 'all' }, day);
  const total = Object.values(await countChanges(client, district, asked, day)).reduce((sum, one) => sum + one, 0);
  const rows = await readChanges(client, district, asked, day, { size, offset: (page - 1) * size });
  return { rows: rows.map((row) => rowOf(context, row, day)), total, page, size, byState };
}

const labels = ['序号', '姓名', '异动类别', '国标代码', '国标名称', '学籍学校', '年级班级', '转入学校', '转入年级', '生效日期', '结束日期', '提出日期', '提出人', '状态', '办理期限', '办结日期', '备注']; // prettier-ignore

/** Registry changes as a sheet with the national codes. */
export async function exportChangeSheet(
  context: Context,
  input: ParsedOf<typeof contract.exportChanges>,
): Promise<FileAnswer> {
  const then = askedThen(context, input);
  const day = then?.day ?? context.today;
  const views = await readChanges(context.client, context.district, { ...input, then }, day, null);
  context.note({ subjectKind: 'export', subjectId: 'changes', detail: { rows: views.length } });
  const rows = views.map((view, index) => {
    const row = rowOf(context, view, day);
    return [index + 1, row.name, row.kindWords, row.code, row.codeWords, row.schoolName ?? '', row.className ?? wordsOfGrade(row.grade ?? 0), row.toSchoolName ?? '', wordsOfGrade(row.toGrade ?? 0), row.fromDay, row.endsOn ?? '', row.askedOn, row.askedName, row.stateWords, row.dueDate ?? '', row.doneOn ?? '', row.askedLate ? '逾期提出' : '']; // prettier-ignore
  });
  return sheetStream(`学籍异动表_${context.today}.xlsx`, {
    title: '学籍异动表',
    note: noteOf(asOfWords(input), '异动类别代码依 JY/T 1001'),
    columns: labels.map((label, index) => ({ label, ...(index === 0 ? { kind: 'number' as const } : {}) })),
    rows,
    complete: { total: rows.length },
    watermark: `${context.actor.name} ${context.today} 导出`,
  });
}

const offered: Record<Exclude<ChangeAction, 'ask' | 'pass' | 'shown' | 'lapse'>, Permission> = {
  approve: 'changes.decide',
  refuse: 'changes.decide',
  withdraw: 'changes.ask',
  arrive: 'changes.decide',
  back: 'changes.ask',
  correct: 'changes.decide',
};

function allowedOn(context: Context, view: ChangeView): Record<string, { may: boolean; why: string | null }> {
  const { actor, district } = context;
  const answers: Record<string, { may: boolean; why: string | null }> = {};
  for (const [action, permission] of Object.entries(offered)) {
    const reach = context.reachFor(permission);
    // as: the keys of the table above are acts
    const found = findChangeStep(
      action as ChangeAction,
      { ...view, district },
      { id: actor.id, posts: actor.posts, platform: false },
    );
    const why =
      reach === null || !reaches(reach, view.reach) ? '您的岗位不办理这一步。' : 'why' in found ? found.why : null;
    answers[action] = { may: why === null, why };
  }
  const asks = context.reachFor('changes.ask');
  const within = asks !== null && reaches(asks, view.reach);
  const whyNot = within
    ? missingPieces(context, view).length === 0
      ? '材料已经齐全。'
      : whyNoPieces(context, view)
    : '您的岗位不办理这一步。';
  answers['addPieces'] = { may: whyNot === null, why: whyNot };
  return answers;
}

/** The days of the attending place that a change brought, as known now. */
async function attendedAt(
  { client, district }: Context,
  view: ChangeView,
): Promise<{ fromDay: string; untilDay: string | null } | null> {
  if (!isAttending(view.kind)) return null;
  const place = (await readAttending(client, district, view.childId)).find((one) => one.changeId === view.id);
  return place === undefined ? null : { fromDay: place.fromDate, untilDay: place.toDate };
}

/** A registry change with its papers, its way and what may be done. */
export async function getChangePage(
  context: Context,
  input: { id: string },
): Promise<OutputOf<typeof contract.getChange>> {
  const { client, district } = context;
  const view = await findChangeView(client, district, input.id);
  if (!view) throw notFound('学籍异动', '项');
  context.note({ subjectKind: 'registryChange', subjectId: view.id, detail: { childId: view.childId } });
  const seal = openChange(context, view);
  const events = await listChangeEvents(client, district, view.id);
  const labelsOf = papersFor(
    view.kind,
    seal.pieces.some((piece) => piece.code === 'street'),
  );
  const passed = new Set(events.map((event) => event.state));
  const { route } = changeRules[view.kind];
  const at = route.indexOf(view.state === 'late' ? 'arrival' : view.state);
  const finished = view.state === 'done' || view.state === 'corrected';
  const attended = await attendedAt(context, view);
  const allowed = allowedOn(context, view);
  const over = attended === null || (attended.untilDay !== null && attended.untilDay <= context.today);
  if (over && allowed['back']?.may === true) allowed['back'] = { may: false, why: '这个就读地已经结束。' };
  return {
    ...rowOf(context, view),
    attended,
    reason: seal.reason,
    elsewhere: seal.elsewhere,
    place: seal.place,
    quota: seal.quota,
    pieces: labelsOf.map((piece) => ({
      ...piece,
      paperId: seal.pieces.find((one) => one.code === piece.code)?.paperId ?? null,
    })),
    route: route.map((state, index) => ({
      state,
      words: changeStateWords[state].replace(/^待/, ''),
      passed: finished || (at < 0 ? passed.has(route[index + 1] ?? 'done') : index < at),
      now: index === at,
    })),
    events: events.map((event) => ({
      number: event.number,
      words: event.words,
      text: openEventText(context, event),
      day: event.day,
      at: event.at.toISOString(),
      by: event.actorName,
      role: event.actorRole,
      dueDate: event.dueDate,
    })),
    lessons:
      view.kind === 'homeTeaching' && seal.quota !== null
        ? await monthOf(context, view.id, seal.quota, context.today.slice(0, 7))
        : null,
    allowed,
  };
}

/** The course of a child within reach, spell by spell. */
export async function getCourseView(
  context: Context,
  input: { id: string },
): Promise<OutputOf<typeof contract.getCourse>> {
  const { client, district } = context;
  if (!(await readChildFacts(client, district, input.id))) throw notFound('学生档案', '份');
  return (await readSpellViews(client, district, input.id)).map((spell) => ({
    ...spell,
    stateWords: courseStateWords[spell.state],
    causeWords: causeWords[spell.cause],
  }));
}
