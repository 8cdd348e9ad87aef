import { wordsOfGrade } from '#domain/basics/grade.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import type { SheetColumn } from '#domain/books/record.ts';
import { isOfLevel } from '#domain/books/rules.ts';
import { caseStates, reasonGroups, whereaboutsCodes } from '#domain/dropout/record.ts';
import { caseKindWords, caseStateWords, reasonGroupWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { householdStates, studyStatuses } from '#domain/population/record.ts';
import { householdStateWords, studyStatusWords } from '#domain/population/words.ts';
import { readLedger } from '#server/areas/dropout/actions.ts';
import { column, type Cell, type SheetAsk, type SheetDefinition } from '../sheet.ts';
import { entriesOf } from './entries.ts';
import { tagWords } from './roster.ts';

type Child = Awaited<ReturnType<typeof readLedger>>[number];

/** The words of a code of a closed list; empty for none. */
export function wordOf<Code extends string>(codes: readonly Code[], words: Record<Code, string>, code: string | null) {
  const found = codes.find((one) => one === code);
  return found === undefined ? '' : words[found];
}

const person: SheetColumn[] = [
  column('name', '姓名', 10),
  column('sex', '性别', 6),
  column('birthDate', '出生日期', 12, 'date'),
  column('document', '证件号码', 20, 'identity'),
];
const school: SheetColumn[] = [column('school', '就读学校', 18), column('class', '年级班级', 15)];
const family: SheetColumn[] = [
  column('guardian', '监护人', 10),
  column('address', '家庭住址', 26),
  column('subdistrict', '街道', 13),
  column('community', '社区', 14),
];
const why: SheetColumn[] = [column('reason', '原因', 13), column('whereabouts', '去向', 13)];

function cellsOf(row: Child): Record<string, Cell> {
  const household = row.householdState === 'none' ? null : row.householdState;
  return {
    ethnicity: row.ethnicity,
    householdNo: row.householdNo,
    household: wordOf(householdStates, householdStateWords, household),
    surveyor: row.surveyor,
    surveyDate: row.surveyDate,
    signature: '',
    name: row.name,
    sex: sexWord(row.sex) ?? '',
    birthDate: row.birthDate,
    document: row.number,
    school: row.schoolName,
    class: row.className ?? (row.grade === null ? '' : wordsOfGrade(row.grade)),
    guardian: row.guardian,
    address: row.address,
    subdistrict: row.subdistrictName,
    community: row.communityName,
    reason: wordOf(reasonGroups, reasonGroupWords, row.reasonGroup),
    whereabouts: wordOf(whereaboutsCodes, whereaboutsWords, row.whereabouts),
    study: wordOf(studyStatuses, studyStatusWords, row.studyStatus === 'none' ? null : row.studyStatus),
    tags: tagWords(row.tags),
    state: wordOf(caseStates, caseStateWords, row.state),
    kind: row.kind === null ? '' : row.kind === 'outOfSchool' ? caseKindWords.outOfSchool : caseKindWords.dropout,
    round: row.round,
    crossedOn: row.crossedOn,
    firstAbsentOn: row.firstAbsentOn,
    discoveredOn: row.discoveredOn,
    confirmedOn: row.confirmedOn,
    since: row.since,
    persuasions: row.persuasions,
    lastPersuasion: row.lastPersuasion,
    documents: row.documents,
  };
}

async function rowsOf(
  context: Parameters<SheetDefinition['read']>[0],
  ledger: 'schoolAge' | 'suspected' | 'dropout',
  ask: SheetAsk,
) {
  // prettier-ignore
  const { day, knownAt, full } = ask;
  const schoolId = ask.schoolId ?? undefined;
  const rows = await readLedger(context, { ledger, day, knownAt, schoolId, full });
  return rows
    .filter((row) => row.grade === null || isOfLevel(row.grade, ask.level))
    .map((row) => ({ subject: row.childId, cells: { ...cellsOf(row), ...entriesOf(context, row, full) } }));
}

const shared = { subject: 'child', counting: '单位：人', period: false, numbers: true } as const;

/** 适龄儿童少年信息档案 (D§4.6). */
export const schoolAge: SheetDefinition = {
  ...shared,
  id: 'schoolAge',
  permission: 'cases.read',
  note: '列入截至日应接受义务教育的儿童少年：适龄人口档案与一至九年级在籍学生的合集，每人一行；签名栏在打印后由调查人签写。',
  columns: [
    column('householdNo', '户编号', 19),
    column('name', '姓名', 9),
    column('sex', '性别', 6),
    column('ethnicity', '民族', 6),
    column('birthDate', '出生日期', 11, 'date'),
    column('document', '证件号码', 20, 'identity'),
    column('registered', '户籍地址', 18),
    column('address', '现住址', 20),
    column('subdistrict', '街道', 10),
    column('community', '社区', 10),
    column('guardian', '姓名', 9, 'text', '监护人'),
    column('phone', '电话', 13, 'identity', '监护人'),
    column('household', '人户状态', 10),
    column('study', '档案就读状态', 11),
    column('school', '就读学校', 14),
    column('class', '年级班级', 12),
    column('registry', '学籍号', 21, 'identity'),
    column('tags', '特殊标签', 10),
    column('state', '控辍状态', 9),
    column('surveyor', '姓名', 9, 'text', '调查人'),
    column('surveyDate', '日期', 11, 'date', '调查人'),
    column('signature', '签名', 9, 'text', '调查人'),
  ],
  read: (context, ask) => rowsOf(context, 'schoolAge', ask),
};

/** 疑似辍学学生台账. */
export const suspected: SheetDefinition = {
  ...shared,
  id: 'suspected',
  permission: 'cases.read',
  note: '列入截至日处于疑似、待区级确认、排除待复核状态的学生。',
  columns: [
    ...person,
    ...school,
    ...family,
    column('crossedOn', '达到标准', 11, 'date', '日期'),
    column('firstAbsentOn', '首次缺课', 11, 'date', '日期'),
    column('discoveredOn', '发现', 11, 'date', '日期'),
    ...why,
    column('round', '第几轮', 7, 'number'),
    column('state', '状态', 12),
  ],
  read: (context, ask) => rowsOf(context, 'suspected', ask),
};

/** 辍学学生台账. */
export const dropout: SheetDefinition = {
  ...shared,
  id: 'dropout',
  permission: 'cases.read',
  note: '列入截至日已确认辍学或失学、尚未复学的学生；销号待复核的仍在册。',
  columns: [
    ...person,
    ...school,
    ...family,
    ...why,
    column('firstAbsentOn', '首次缺课', 11, 'date', '日期'),
    column('confirmedOn', '确认', 11, 'date', '日期'),
    column('persuasions', '次数', 6, 'number', '劝返'),
    column('lastPersuasion', '最近一次', 11, 'date', '劝返'),
    column('documents', '文书', 24),
    column('kind', '类别', 7),
    column('state', '状态', 11),
  ],
  read: (context, ask) => rowsOf(context, 'dropout', ask),
};
