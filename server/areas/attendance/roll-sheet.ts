import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import { correctMark as correct, type getRollCall as roll } from '#contract/attendance.ts';
import type { rollCallTemplate as template } from '#contract/attendance-sheets.ts';
import { readRollRow, rollSheetColumns, rollSheetRows, type RollRowAsked } from '#domain/attendance/sheet.ts';
import { dayPartWords, markWords } from '#domain/attendance/words.ts';
import { Failure } from '#domain/basics/failure.ts';
import { parseGrade } from '#domain/basics/grade.ts';
import {
  attempted,
  childByNumber,
  pupilsOfClass,
  sheetDesk,
  type OpenRow,
  type Outcome,
} from '#server/areas/enrolment/actions.ts';
import { chinaMoment } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { sheetFile } from '#server/spreadsheets/sheet-file.ts';
import { classTokens, mayMarkClass } from './access.ts';
import { correctMark } from './corrections.ts';
import { markClass } from './mark-class.ts';
import { getRollCall } from './roll-call-view.ts';
import { checkDay } from './roll-call.ts';
import { groundOf } from './standing.ts';
import { countClassesOf, type ClassCount } from './store-classes.ts';
import { listWaitingKinds } from './store-corrections.ts';

type Roll = OutputOf<typeof roll>;
type Pupil = Roll['pupils'][number];
/** A row with the pupil it names. */
interface Named {
  row: OpenRow;
  asked: RollRowAsked;
  pupil: Pupil;
}
/** The rows of one class, day and part. */
interface Group {
  place: ClassCount;
  day: string;
  part: RollRowAsked['part'];
  roll: Roll;
  named: Named[];
  /** Rows of it that cannot be taken. */
  faulty: number[];
}

const refuse = (words: string): Failure => new Failure('input-wrong', words);

/** Who hands in a sheet marks by it what he may hand in: own school or own class; nobody gains a mark on the screen by it. */
function bySheet(context: Context): Context {
  return {
    ...context,
    reachFor: (permission) => context.reachFor(permission === 'attendance.mark' ? 'attendance.sheet' : permission),
  };
}

/** What is read once for a sheet: the classes of a day within reach, and the groups of its rows. */
function openSheetWork(context: Context) {
  const days = new Map<string, ClassCount[]>();
  const groups = new Map<string, Group>();
  return {
    groups,
    async classes(day: string): Promise<ClassCount[]> {
      const known = days.get(day);
      if (known) return known;
      const all = await countClassesOf(context.client, context.district, day, null);
      const own = all.filter((row) => mayMarkClass(context, { schoolId: row.school_id, classId: row.id }));
      days.set(day, own);
      return own;
    },
    async group(place: ClassCount, { day, part }: RollRowAsked): Promise<Group> {
      const key = `${place.id} ${day} ${part}`;
      const known = groups.get(key);
      if (known) return known;
      const found = await getRollCall(context, { classId: place.id, day, part });
      const made: Group = { place, day, part, roll: found, named: [], faulty: [] };
      groups.set(key, made);
      return made;
    },
  };
}
type Work = ReturnType<typeof openSheetWork>;

function classOf(asked: RollRowAsked, classes: readonly ClassCount[]): ClassCount {
  const school = asked.school === '' ? classes : classes.filter((one) => one.school_name === asked.school);
  if (school.length === 0)
    throw refuse(
      asked.school === ''
        ? `${asked.day} 没有您可以导入点名的班级。`
        : `“${asked.school}”不在您的办理范围，只能导入本校（本班）的点名。`,
    );
  const read = parseGrade(asked.className);
  const found = school.filter((one) => {
    const own = parseGrade(one.name);
    return one.name === asked.className || (read.grade > 0 && own.grade === read.grade && own.classNo === read.classNo);
  });
  const [only, ...more] = found;
  if (!only) throw refuse(`没有您可以导入点名的班级“${asked.className}”，请核对学校和班级。`);
  if (more.length > 0) throw refuse('有几所学校都有这个班，请填写学校。');
  return only;
}

async function pupilOf(context: Context, asked: RollRowAsked, found: Roll): Promise<Pupil> {
  const named = found.pupils.filter((one) => one.name === asked.name);
  if (named.length === 0)
    throw refuse(`${found.className} ${asked.day} 的名册上没有“${asked.name}”，请核对姓名和班级。`);
  if (asked.number === '') {
    const [only, ...more] = named;
    if (only && more.length === 0) return only;
    throw refuse(`${found.className}有${String(named.length)}名学生同名，请填写身份证件号或学籍号。`);
  }
  const childId = await childByNumber(context, asked);
  const own = named.find((one) => one.childId === childId);
  if (!own) throw refuse('姓名和号码不是同一名学生，请核对证件。');
  return own;
}

/** Finds class and pupil of a row and puts it to its group; refuses what takes no mark. */
async function place(
  context: Context,
  work: Work,
  row: OpenRow,
  at: number,
  units: Map<string, string[]>,
): Promise<void> {
  const read = readRollRow(row.raw);
  if ('faults' in read) throw refuse(`${read.faults.join('；')}。`);
  const { asked } = read;
  const ground = await groundOf(context, asked.day);
  if (asked.day <= context.today && ground.termOf(asked.day) === null)
    throw refuse(`${asked.day} 不在学期内，不需要点名。`);
  checkDay(context, ground, asked);
  const own = classOf(asked, await work.classes(asked.day));
  units.set(row.id, classTokens({ schoolId: own.school_id, classId: own.id }));
  const group = await work.group(own, asked);
  try {
    const pupil = await pupilOf(context, asked, group.roll);
    if (group.named.some((one) => one.pupil.childId === pupil.childId))
      throw refuse('同一名学生在这一天写了两次，请删去多余的一行。');
    group.named.push({ row, asked, pupil });
  } catch (error) {
    group.faulty.push(at);
    throw error;
  }
}

/** Why a class without a roll call cannot be marked by these rows; null when it can. */
function notWhole(context: Context, group: Group, rowNoOf: (at: number) => number): string | null {
  if (group.faulty.length > 0)
    return `本班还有行要先更正：第 ${group.faulty.slice(0, 5).map((at) => String(rowNoOf(at))).join('、')} 行。整班写齐才能点名。`; // prettier-ignore
  const said = new Set(group.named.map((one) => one.pupil.childId));
  const missing = group.roll.pupils.filter((one) => !said.has(one.childId));
  if (missing.length > 0) {
    const names = missing.slice(0, 5).map((one) => one.name).join('、'); // prettier-ignore
    return `表中缺少本班 ${String(missing.length)} 名学生：${names}${missing.length > 5 ? ' 等' : ''}。整班写齐才能点名，请补齐后重新上传。`;
  }
  if (group.day < context.today && group.named.every((one) => one.asked.late === ''))
    return '补点名请写明原因：在本班任一行填写“补报原因”。';
  return null;
}

/** Marks a class that has no roll call yet; a crossing that would be lost waits for consent, as on the screen. */
async function markWhole(context: Context, group: Group): Promise<readonly string[]> {
  const { place: own, day, part } = group;
  const absent = group.named.flatMap(({ asked, pupil }) =>
    asked.mark === 'present' ? [] : [{ id: context.newId(), childId: pupil.childId, kind: asked.mark }],
  );
  const late = group.named.find((one) => one.asked.late !== '')?.asked.late ?? '';
  const marked = await markClass(
    context,
    await groundOf(context, day),
    own,
    await pupilsOfClass(context, own.id, day),
    {
      id: context.newId(),
      day,
      part,
      source: 'sheet',
      lateReason: day < context.today ? late : null,
      absent,
    },
  );
  if (!marked) throw refuse(`这个班 ${day} ${dayPartWords[part]}刚刚由他人点过名，请刷新后再看。`);
  return marked.waiting;
}

/** Changes a mark that stands, by the rules of a correction. */
async function change(
  context: Context,
  { asked, pupil }: Named,
  waiting: ReadonlyMap<string, string>,
  keep: boolean,
): Promise<Outcome> {
  const waits = waiting.get(pupil.childId);
  if (waits === asked.mark) return { same: `更正为“${markWords[asked.mark]}”已在等待学校另一人同意。` };
  if (pupil.mark === asked.mark) return { same: `已登记为“${markWords[asked.mark]}”。` };
  if (waits !== undefined) return { reason: '这次点名已有一项更正在等待同意，请先办完。' };
  if (asked.reason.length < 2)
    return { reason: `已登记为“${pupil.markWords}”，与表中不同。要更正的，请填写“更正原因”；不更正的，这一行不办。` };
  return attempted(context, keep, async (quiet) => {
    const { day, part, mark: to, reason, evidence } = asked;
    const input = correct.input.parse({ id: quiet.newId(), childId: pupil.childId, day, part, to, reason, evidence });
    const done = await correctMark(quiet, input);
    const note = `由“${pupil.markWords}”更正为“${markWords[to]}”${done.state === 'waiting' ? '，待学校另一人同意' : ''}`;
    return { changeId: null, childId: pupil.childId, note };
  });
}

async function tryGroup(context: Context, group: Group, keep: boolean, rowNoOf: (at: number) => number) {
  const after = new Map<string, Outcome>();
  if (group.roll.rollCall !== null) {
    const waiting = await listWaitingKinds(context.client, context.district, { ...group, classId: group.place.id });
    for (const named of group.named) after.set(named.row.id, await change(context, named, waiting, keep));
    return after;
  }
  const words = notWhole(context, group, rowNoOf);
  let waiting: readonly string[] = [];
  const whole: Outcome =
    words === null && keep
      ? await attempted(context, true, async (quiet) => {
          waiting = await markWhole(quiet, group);
          return { changeId: null, childId: '' };
        })
      : words === null
        ? { changeId: null, childId: '' }
        : { reason: words };
  for (const { row, asked, pupil } of group.named) {
    const waits = waiting.includes(pupil.childId) ? '；会使疑似辍学预警消失，记为待核，待学校另一人同意' : '';
    after.set(row.id, 'childId' in whole ? { ...whole, childId: pupil.childId, note: `点名：${markWords[asked.mark]}${waits}` } : whole); // prettier-ignore
  }
  return after;
}

/** What answers the calls of roll calls handed in by sheet. */
export const rollCallSheets = sheetDesk({
  kind: 'rollCalls',
  columns: rollSheetColumns,
  most: rollSheetRows,
  together: true,
  async tryRows(given, rows, keep) {
    const context = bySheet(given);
    const work = openSheetWork(context);
    const refused = new Map<string, Outcome>();
    const units = new Map<string, string[]>();
    for (const [at, row] of rows.entries()) {
      try {
        await place(context, work, row, at, units);
      } catch (error) {
        if (!(error instanceof Failure) || error.code === 'internal') throw error;
        refused.set(row.id, { reason: error.message });
      }
    }
    const after = new Map(refused);
    const rowNoOf = (at: number) => rows[at]?.rowNo ?? 0;
    for (const group of work.groups.values())
      for (const [id, tried] of await tryGroup(context, group, keep, rowNoOf)) after.set(id, tried);
    return rows.map((row) => ({
      ...(after.get(row.id) ?? { reason: '这一行没有读到，请重新上传。' }),
      units: units.get(row.id) ?? [],
    }));
  },
});

/** The template of a day: every pupil who is called in the classes one may hand in, prefilled as the roll call page shows them. */
export async function rollCallTemplate(given: Context, input: ParsedOf<typeof template>): Promise<FileAnswer> {
  const context = bySheet(given);
  const { day, part } = input;
  checkDay(context, await groundOf(context, day), input);
  const work = openSheetWork(context);
  const classes = (await work.classes(day)).filter((one) => !input.schoolId || one.school_id === input.schoolId);
  if (classes.length === 0) throw new Failure('wrong-step', `${day} 没有您可以导入点名的班级。`);
  const lines: string[][] = [];
  for (const one of classes)
    for (const pupil of (await getRollCall(context, { classId: one.id, day, part })).pupils) {
      const mark = markWords[pupil.mark ?? pupil.suggested];
      lines.push([one.school_name, day, dayPartWords[part], one.name, pupil.name, '', mark, '', '', '']);
    }
  const { rows, complete, file } = await sheetFile(`点名表 ${day}${dayPartWords[part]}.xlsx`, {
    title: `点名表 ${day} ${dayPartWords[part]}`,
    note: '没有到校的学生，把“到校情况”改为：无故缺勤、病假、事假、公假、丧假、其他请假或迟到。整班写齐才能点名。补前几天的，在本班任一行写“补报原因”；已点过名要改的，写“更正原因”和“更正依据”。',
    columns: rollSheetColumns.map(({ label }) => ({ label, kind: 'text' as const })),
    rows: lines,
    complete: { total: lines.length },
    watermark: `${context.actor.name} ${chinaMoment(context.now, 'seconds')}`,
  });
  context.note({ ...(input.schoolId === undefined ? {} : { subjectKind: 'school', subjectId: input.schoolId }), detail: { day, part, rows, complete } }); // prettier-ignore
  return file;
}
