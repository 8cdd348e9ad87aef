import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/registry-check.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import { changeRules } from '#domain/enrolment/change-rules.ts';
import { changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import type { ChangeKind } from '#domain/enrolment/changes-record.ts';
import { courseStateWords } from '#domain/enrolment/course-words.ts';
import {
  differenceStateWords,
  differenceWords,
  proposalWords,
  type ProposalAct,
  type RegistrySide,
} from '#domain/enrolment/registry-check.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import { openName } from '#server/crypto/sealed-name.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { sheetFile } from '#server/spreadsheets/sheet-file.ts';
import {
  countBySchool,
  countDifferences,
  decideDifference,
  findClassByNumber,
  findDifference,
  readChecks,
  readDifferences,
  type ChecksOf,
  type DifferenceRow,
} from './store-registry-check.ts';
import { readChildFacts } from './store-roll.ts';

type Row = OutputOf<typeof contract.listDifferences>['rows'][number];

function sideWords(row: DifferenceRow, side: RegistrySide, state: string): string {
  if (row.kind === 'name') return side.name;
  if (row.kind === 'identity') return [sexWord(side.sex) ?? '', side.birthDate ?? ''].join(' ').trim();
  const grade = side.grade === null || side.grade === 0 ? '' : wordsOfGrade(side.grade);
  const room = side.classNo ? `（${side.classNo}）班` : '';
  return [side.schoolName, `${grade}${room}`, state].filter((part) => part !== '').join(' · ') || '无';
}

const notePlace = (context: Context, id: string) =>
  ({ table: 'registry_difference', column: 'sealed_note', district: context.district, id }) as const;

/** Whether the pupil's own side is within reach: of a pupil on another school's roll no more is shown than where he is. */
const reachesOurs = ({ reach }: Context, { ours }: DifferenceRow): boolean =>
  ours.schoolId === null || reaches(reach, [reachToken('school', ours.schoolId)]);

function rowOf(context: Context, row: DifferenceRow): Row {
  const ours = row.ours.state === null ? '' : courseStateWords[row.ours.state];
  const within = reachesOurs(context, row);
  const { why, stateWords: registry } = row.theirs;
  const theirs = row.kind === 'onlyHere' ? '无' : sideWords(row, row.theirs, registry);
  return {
    id: row.id,
    childId: row.childId,
    name: within ? row.name : row.theirs.name,
    kind: row.kind,
    kindWords: differenceWords[row.kind],
    schoolId: row.schoolId ?? row.theirSchoolId,
    schoolName: row.schoolName ?? row.theirSchoolName,
    theirSchoolName: row.theirSchoolName,
    oursWords: row.ours.state === null ? '无' : within ? sideWords(row, row.ours, ours) : row.ours.schoolName,
    theirsWords: why === '' ? theirs : `${theirs}：${why}`,
    proposals: row.proposals.map(({ act, why: because }) => ({ act, words: proposalWords[act], why: because })),
    state: row.state,
    stateWords: differenceStateWords[row.state],
    takenWords: row.takenAct === null ? null : proposalWords[row.takenAct],
    decidedName: row.decidedName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    // as: sealed below with this field
    note: row.sealedNote === null ? null : (openJson(context.keys, notePlace(context, row.id), row.sealedNote) as { note: string }).note, // prettier-ignore
    firstSeen: row.firstSeen,
    asOf: row.asOf,
    changeId: row.changeId,
    changeWords:
      row.changeKind === null || row.changeState === null
        ? null
        : `${changeKindWords[row.changeKind]}（${changeStateWords[row.changeState]}）`,
  };
}

/** Of whom a person sees comparisons: of his schools and classes, or with the district of all. */
function checksOf({ reach }: Context): ChecksOf {
  if (reach.all) return 'district';
  const ids = (kind: 'school' | 'class') =>
    reach.tokens.filter((token) => token.startsWith(`${kind}:`)).map((token) => token.slice(kind.length + 1));
  return { schools: ids('school'), classes: ids('class') };
}

/** The comparisons with the national registry that concern one's own schools, the newest first; of the whole file the bureau alone sees counts. */
export async function listCheckPage(
  context: Context,
  input: ParsedOf<typeof contract.listRegistryChecks>,
): Promise<OutputOf<typeof contract.listRegistryChecks>> {
  const { page, size } = input;
  const limit = { size, offset: (page - 1) * size };
  const { rows, total } = await readChecks(context.client, context.district, checksOf(context), limit);
  return {
    rows: rows.map(({ sealed_name, ...row }) => ({
      ...row,
      fileName: openName(context.keys, 'registry_check', context.district, { id: row.id, sealed_name }),
      madeAt: row.madeAt.toISOString(),
    })),
    total,
    page,
    size,
  };
}

/** What differs from the national registry within reach, with its proposals, by kind and by school. */
export async function listDifferencePage(
  context: Context,
  input: ParsedOf<typeof contract.listDifferences>,
): Promise<OutputOf<typeof contract.listDifferences>> {
  const { page, size, ...asked } = input;
  const { client, district } = context;
  const rows = await readDifferences(client, district, asked, { size, offset: (page - 1) * size });
  const total = Object.values(await countDifferences(client, district, asked)).reduce((sum, one) => sum + one, 0);
  const [last] = (await readChecks(client, district, checksOf(context), { size: 1, offset: 0 })).rows;
  context.note({ subjectKind: 'registryDifference', detail: { rows: rows.length } });
  return {
    rows: rows.map((row) => rowOf(context, row)),
    total,
    page,
    size,
    byKind: await countDifferences(client, district, { state: asked.state, schoolId: asked.schoolId }),
    bySchool: await countBySchool(client, district),
    last: last ? { asOf: last.asOf, madeAt: last.madeAt.toISOString() } : null,
  };
}

/** The differences of a filter as a sheet. */
export async function exportDifferenceSheet(
  context: Context,
  input: ParsedOf<typeof contract.exportDifferences>,
): Promise<FileAnswer> {
  const found = (await readDifferences(context.client, context.district, input, null)).map((row) => rowOf(context, row)); // prettier-ignore
  const { rows, complete, file } = await sheetFile(`与全国学籍系统的差异_${context.today}.xlsx`, {
    title: '与全国学籍系统的差异',
    note: '建议仅供核对，须由人办理；号码不在本表',
    columns: [
      { label: '序号', kind: 'number', width: 6 },
      { label: '学校', width: 18 },
      { label: '姓名', width: 10 },
      { label: '差异', width: 20 },
      { label: '本平台', width: 30 },
      { label: '全国系统', width: 34 },
      { label: '建议', width: 44 },
      { label: '状态', width: 9 },
      { label: '办理', width: 16 },
      { label: '说明', width: 24 },
      { label: '比对日期', kind: 'date' },
    ],
    rows: found.map((row, index) => [
      index + 1,
      row.schoolName ?? '',
      row.name,
      row.kindWords,
      row.oursWords,
      row.theirsWords,
      row.proposals.map(({ words, why }) => `${words}：${why}`).join('\n'),
      row.stateWords,
      row.changeWords ?? row.takenWords ?? '',
      row.note ?? '',
      row.asOf,
    ]),
    complete: { total: found.length },
    watermark: `${context.actor.name} ${context.today} 导出`,
  });
  context.note({ subjectKind: 'export', subjectId: 'registryDifferences', detail: { rows, complete } });
  return file;
}

async function getDifference(context: Context, id: string): Promise<DifferenceRow> {
  const row = await findDifference(context.client, context.district, id);
  if (!row) throw notFound('差异', '项');
  if (row.state === 'settled') throw new Failure('wrong-step', '这项差异在后来的比对中已经消除。');
  return row;
}

/** Writes a decision; where another came between, nothing of it is written over and its words are told. */
async function decide(
  context: Context,
  id: string,
  to: Omit<Parameters<typeof decideDifference>[3], 'at' | 'name'>,
): Promise<void> {
  const { client, district, now: at, actor } = context;
  if (await decideDifference(client, district, id, { ...to, at, name: actor.name })) return;
  const row = await getDifference(context, id);
  throw new Failure(
    'changed-meanwhile',
    `这项差异已由${row.decidedName ?? '他人'}办理（${differenceStateWords[row.state]}），请刷新后再决定。`,
  );
}

/** Whether a proposal is a change that the receiving school starts, and that school is one's own. */
function receives(context: Context, row: DifferenceRow, act: ProposalAct): boolean {
  const asker = act in changeRules ? changeRules[act as ChangeKind].asker : 'sending'; // as: just seen to be a kind
  const own = row.theirSchoolId !== null && reaches(context.reach, [reachToken('school', row.theirSchoolId)]);
  return own && (asker === 'receiving' || asker === 'any');
}

/** The name and number by which the receiving school names a child of another roll; opened from the registry's row. */
function personOf(context: Context, row: DifferenceRow): { name: string; number: string } | null {
  if (row.sealed === null) return null;
  const place = { table: 'registry_difference', column: 'sealed', district: context.district, id: row.id };
  // as: sealed by imports/publish-registry.ts with these fields
  const numbers = openJson(context.keys, place, row.sealed) as { documentNumber: string; registryNo: string };
  const number = numbers.documentNumber || numbers.registryNo;
  return number === '' ? null : { name: row.theirs.name, number };
}

/** Takes one of the proposals: notes who took it and answers what the form of that change is filled with. Nothing is done by itself. */
export async function takeDifference(
  context: Context,
  input: ParsedOf<typeof contract.takeDifference>,
): Promise<OutputOf<typeof contract.takeDifference>> {
  const { client, district } = context;
  const row = await getDifference(context, input.id);
  const proposal = row.proposals.find(({ act }) => act === input.act);
  if (!proposal) throw new Failure('input-wrong', '这项差异没有这条建议。', { issues: [{ path: 'act', words: '没有这条建议' }] }); // prettier-ignore
  // Taken before, it is opened again as it was: the first to take it stays named.
  if (row.state !== 'taken' || row.takenAct !== input.act)
    await decide(context, row.id, { seen: input.seen, state: 'taken', act: input.act, sealedNote: null });
  const within = row.childId !== null && (await readChildFacts(client, district, row.childId)) !== null;
  // A number is opened for the change that needs it, and for nothing else.
  const person = within || !receives(context, row, proposal.act) ? null : personOf(context, row);
  const schoolId = row.theirSchoolId ?? row.schoolId;
  const { grade, classNo } = row.theirs;
  const room =
    schoolId === null || grade === null || !classNo
      ? null
      : await findClassByNumber(client, district, { schoolId, schoolYear: schoolYearOf(row.asOf), grade, classNo });
  const moves = row.kind === 'notHere' || row.kind === 'school';
  context.note({
    subjectKind: 'registryDifference',
    subjectId: row.id,
    reason: proposal.why,
    detail: { act: input.act, childId: row.childId, opened: person !== null },
  });
  return {
    act: input.act,
    childId: within ? row.childId : null,
    person,
    toSchoolId: moves ? row.theirSchoolId : null,
    toClassId: room,
    toGrade: grade === 0 ? null : grade,
    reason: `与全国学籍系统（${row.asOf} 导出）比对：${proposal.why}`,
  };
}

/** Dismisses a difference with a note; it stays dismissed while a later check finds the same. */
export async function dismissDifference(
  context: Context,
  input: ParsedOf<typeof contract.dismissDifference>,
): Promise<{ done: true }> {
  const row = await getDifference(context, input.id);
  const sealedNote = sealJson(context.keys, notePlace(context, row.id), { note: input.note });
  await decide(context, row.id, { seen: input.seen, state: 'dismissed', act: null, sealedNote });
  context.note({ subjectKind: 'registryDifference', subjectId: row.id, detail: { childId: row.childId } });
  return { done: true };
}
