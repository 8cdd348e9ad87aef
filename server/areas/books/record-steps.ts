import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/books-records.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import type { WorkKind, WorkState } from '#domain/books/work-record.ts';
import type { Context } from '#server/http/context.ts';
import { asItStands, papersAt, standingRecord, writeVersion } from './record-versions.ts';
import type { WorkRow } from './store-records.ts';

function wrong(path: string, words: string): Failure {
  return new Failure('input-wrong', words, { issues: [{ path, words }] });
}

/** The record that a step is taken with: of its kind, within reach, in the state from which the step leads. */
async function recordAt(
  context: Context,
  asked: { firstId: string; seen?: number | undefined },
  at: { kind: WorkKind; state: WorkState; missing: string; words: string },
): Promise<WorkRow> {
  const row = await standingRecord(context, asked);
  if (row?.kind !== at.kind) throw notFound(at.missing, '次');
  if (row.state !== at.state) throw new Failure('wrong-step', at.words);
  return row;
}

const inspection = { kind: 'inspection', missing: '督查' } as const;

function dayBetween(context: Context, row: WorkRow, day: string): void {
  if (day < row.day || day > context.today) throw wrong('day', `日期应在 ${row.day} 至今天之间。`);
}

/** Tells the areas that reckon deadlines that findings are to be mended until a day. */
export async function tellFindings(
  context: Context,
  made: { firstId: string; version: number },
  of: { schoolId: string; day: string; dueDate: string | null; findings: readonly string[]; again: boolean },
): Promise<void> {
  if (of.dueDate === null) return;
  await context.announce({
    kind: 'books.findingsOpen',
    inspectionId: made.firstId,
    version: made.version,
    schoolId: of.schoolId,
    day: of.day,
    dueDate: of.dueDate,
    findings: of.findings.length,
    again: of.again,
    at: context.now.toISOString(),
  });
}

/** The school tells, with evidence, what it did about the findings. */
export async function mendFindings(
  context: Context,
  input: ParsedOf<typeof contract.mendFindings>,
): Promise<{ id: string }> {
  const row = await recordAt(context, input, { ...inspection, state: 'open', words: '这次督查没有待整改的问题。' }); // prettier-ignore
  dayBetween(context, row, input.day);
  if (input.papers.length === 0) throw wrong('papers', '请上传整改的照片或扫描件。');
  const mended = { day: input.day, words: input.words, byName: context.actor.name };
  const stands = await asItStands(context, row);
  const { id } = await writeVersion(context, row, {
    ...stands,
    id: input.id,
    state: 'mended',
    content: { ...stands.content, mended },
    papers: [...stands.papers.filter((one) => one.place !== 'mended'), ...papersAt(input.papers, 'mended')],
    reason: null,
  });
  await context.announce({ kind: 'books.findingsMended', inspectionId: row.first_id, at: context.now.toISOString() });
  return { id };
}

/** Another person checks what was mended: passed it is settled, else it is open again until a new day. */
export async function recheckFindings(
  context: Context,
  input: ParsedOf<typeof contract.recheckFindings>,
): Promise<{ id: string }> {
  const row = await recordAt(context, input, { ...inspection, state: 'mended', words: '学校还没有登记整改，不能复查。' }); // prettier-ignore
  dayBetween(context, row, input.day);
  if (row.by_id === context.actor.id) throw new Failure('wrong-step', '整改由您登记，复查应由另一人办理。');
  if (!input.passed && (input.dueDate === null || input.dueDate < input.day))
    throw wrong('dueDate', '复查未通过，请填写新的整改期限。');
  const { day, words, passed } = input;
  const stands = await asItStands(context, row);
  const dueDate = passed ? row.due_date : input.dueDate;
  const made = await writeVersion(context, row, {
    ...stands,
    id: input.id,
    state: passed ? 'settled' : 'open',
    dueDate,
    content: { ...stands.content, rechecked: { day, words, passed, byName: context.actor.name } },
    papers: [...stands.papers.filter((one) => one.place !== 'rechecked'), ...papersAt(input.papers, 'rechecked')],
    reason: null,
  });
  if (!passed)
    await tellFindings(context, made, {
      schoolId: row.school_id,
      day: row.day,
      dueDate,
      findings: stands.content.findings,
      again: true,
    });
  return { id: made.id };
}

/** Adds what was done for a pupil in several difficulties: a contact, the result of a term, or the end of the help. */
export async function addHelp(context: Context, input: ParsedOf<typeof contract.addHelp>): Promise<{ id: string }> {
  const row = await recordAt(context, input, { kind: 'pairing', state: 'helped', missing: '帮扶', words: '这项帮扶已经结束或撤销。' }); // prettier-ignore
  dayBetween(context, row, input.day);
  const { what, day, words } = input;
  const stands = await asItStands(context, row);
  const { help } = stands.content;
  const { id } = await writeVersion(context, row, {
    ...stands,
    id: input.id,
    state: what === 'exit' ? 'ended' : 'helped',
    content: { ...stands.content, help: [...help, { what, day, words, byName: context.actor.name }] },
    papers: [...stands.papers, ...papersAt(input.papers, 'help', help.length)],
    reason: null,
  });
  return { id };
}
