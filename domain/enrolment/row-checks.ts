import { parseClassNo, parseGrade } from '#domain/basics/grade.ts';
import { checkIdentity } from '#domain/basics/identity-check.ts';
import {
  heldOf,
  numberOfCell,
  type RawRow,
  type RowCheck,
  type RowFault,
  type RowWarning,
} from '#domain/basics/list-row.ts';
import { parseRelation } from '#domain/basics/relation.ts';
import { normalizeName, normalizeText } from '#domain/basics/text.ts';
import type { ChildTag } from '#domain/population/record.ts';
import { parseLeave, parsePresent, parseSchoolStage } from './parse.ts';
import type { PresenceRow, RosterRowCheck, SchoolRow } from './record.ts';

/** What the checks of a school's list need to know besides the row. */
export interface SchoolListContext {
  /** The day the list speaks of. */
  asOf: string;
  /** The code of the school known by this code or name; null when the district has no such school. */
  findSchool: (code: string, name: string) => string | null;
  /** The school of the whole file (from its name or the wizard), where rows do not name one. */
  fileSchool?: string;
}

const yesWords = new Set(['是', '1', 'Y', 'y', '有', '√', 'true']);

/** Checks a row of the national registry template. A failing citizen's number does not hold it: the caller decides. */
export function checkRosterRow(raw: RawRow, context: SchoolListContext): RosterRowCheck {
  const guardian = normalizeName(raw['member1Name'] ?? '');
  const address = firstText(raw['address'], raw['homeAddress'], raw['postalAddress'], raw['member1Address']);
  const { identity, faults, suspect, warnings } = checkIdentity(raw, {
    birth: true,
    surroundings: guardian + address,
    failingNumberHolds: false,
    registryIdentifies: true,
  });
  const schoolCode = readSchool(raw, context, faults);
  const place = readPlace(raw, warnings);
  const relation = parseRelation(raw['member1Relation'] ?? '');
  const guardianPhone = numberOfCell(raw['member1Phone']);
  const disability = normalizeText(raw['disability'] ?? '');
  const studyWay = normalizeText(raw['studyWay'] ?? '');
  const held = heldOf(faults);
  return {
    value: {
      ...identity,
      schoolCode,
      ...place,
      ethnicity: normalizeText(raw['ethnicity'] ?? ''),
      registeredArea: normalizeText(raw['registeredArea'] ?? ''),
      address,
      phone: numberOfCell(raw['phone']) || guardianPhone,
      guardian,
      relation: relation ?? 'other',
      guardianPhone,
      guardianNumber: numberOfCell(raw['member1DocumentNumber']),
      secondGuardian: normalizeName(raw['member2Name'] ?? ''),
      secondPhone: numberOfCell(raw['member2Phone']),
      enteredMonth: numberOfCell(raw['enteredMonth']),
      entryWay: normalizeText(raw['entryWay'] ?? ''),
      studyWay,
      boarder: studyWay.includes('住校') || studyWay.includes('寄宿'),
      health: normalizeText(raw['health'] ?? ''),
      disability: disability.startsWith('无') ? '' : disability,
      formerName: normalizeName(raw['formerName'] ?? ''),
      helperNo: numberOfCell(raw['helperNo']),
      tags: readTags(raw, disability),
    },
    held,
    suspectNumber: identity.numberFails,
    suspect: held === null ? suspect : mergeSuspect(faults, suspect),
    warnings,
  };
}

function mergeSuspect(faults: readonly RowFault[], suspect: RosterRowCheck['suspect']): RosterRowCheck['suspect'] {
  if (suspect === null) return null;
  return heldOf([
    ...faults,
    { code: suspect.code, reason: suspect.reason },
    ...suspect.also.map((code) => ({ code, reason: suspect.reason })),
  ]);
}

/** Checks a row of a presence list. Whether the child is on a roster is for the caller to find. */
export function checkPresenceRow(raw: RawRow, context: SchoolListContext): RowCheck<PresenceRow> {
  const faults: RowFault[] = [];
  const warnings: RowWarning[] = [];
  const name = normalizeName(raw['name'] ?? '');
  if (name === '') faults.push({ code: 'name-missing', reason: '姓名为空，请填写学籍上的姓名' });
  const schoolCode = readSchool(raw, context, faults);
  const presentCell = raw['present'] ?? '';
  const present = parsePresent(presentCell);
  const reason = normalizeText(raw['reason'] ?? '');
  if (present === null)
    warnings.push({ code: 'presence-unreadable', words: '是否到校应填“是”或“否”，本行按未点名处理' });
  const days = numberOfCell(raw['daysAbsent']);
  return {
    value: {
      schoolCode,
      ...readPlace(raw, warnings),
      name,
      documentNumber: numberOfCell(raw['documentNumber']),
      registryNo: numberOfCell(raw['registryNo']),
      present,
      leave: present === false ? (parseLeave(reason) ?? parseLeave(presentCell)) : null,
      reason,
      daysAbsent: /^\d{1,4}$/.test(days) ? Number(days) : null,
    },
    held: heldOf(faults),
    warnings,
  };
}

/** Checks a row of the list of schools; the code has ten digits (D5.1). */
export function checkSchoolRow(raw: RawRow): RowCheck<SchoolRow> {
  const faults: RowFault[] = [];
  const warnings: RowWarning[] = [];
  const name = normalizeText(raw['name'] ?? '').replace(/\s+/g, '');
  const code = numberOfCell(raw['code']);
  if (name === '') faults.push({ code: 'name-missing', reason: '学校名称为空，请填写' });
  if (!/^[0-9A-Z]{10}$/.test(code))
    faults.push({ code: 'school-code-malformed', reason: '学校标识码应为10位，请按教育部机构代码填写' });
  const stage = parseSchoolStage(raw['stage'] ?? '', name, code);
  if (stage === 'other') warnings.push({ code: 'stage-unknown', words: '学段无法识别，按其他登记' });
  return {
    value: {
      code,
      name,
      stage,
      street: normalizeText(raw['street'] ?? ''),
      community: normalizeText(raw['community'] ?? ''),
      address: normalizeText(raw['address'] ?? ''),
      principal: normalizeName(raw['principal'] ?? ''),
      phone: numberOfCell(raw['phone']),
    },
    held: heldOf(faults),
    warnings,
  };
}

function readSchool(raw: RawRow, context: SchoolListContext, faults: RowFault[]): string {
  const code = numberOfCell(raw['schoolCode']);
  const name = normalizeText(raw['schoolName'] ?? '').replace(/\s+/g, '');
  if (code === '' && name === '') {
    if (context.fileSchool !== undefined && context.fileSchool !== '') return context.fileSchool;
    faults.push({ code: 'school-missing', reason: '没有学校标识码和学校名称，请补填，或导入时指明学校' });
    return '';
  }
  const known = context.findSchool(code, name);
  if (known !== null) return known;
  faults.push({
    code: 'school-unknown',
    reason: `学校“${name === '' ? code : name}”不在学校名录中，请先导入学校名录或改正学校`,
  });
  return code;
}

function readPlace(raw: RawRow, warnings: RowWarning[]): { grade: number; classNo: string } {
  const gradeCell = raw['grade'] ?? '';
  const classCell = raw['classNo'] ?? '';
  const byGrade = parseGrade(gradeCell);
  const byClass = parseGrade(classCell);
  const grade = byGrade.grade === 0 ? byClass.grade : byGrade.grade;
  if (grade === 0) warnings.push({ code: 'grade-unreadable', words: '年级无法识别，请核对年级和班号' });
  else if (byGrade.grade !== 0 && byClass.grade !== 0 && byClass.grade !== grade) {
    warnings.push({ code: 'grade-class-mismatch', words: '年级与班号不一致，按年级登记' });
  }
  return { grade, classNo: byClass.classNo || (classCell === '' ? byGrade.classNo : parseClassNo(classCell)) };
}

function readTags(raw: RawRow, disability: string): ChildTag[] {
  const tags: ChildTag[] = [];
  if (yesWords.has(raw['leftBehind'] ?? '')) tags.push('leftBehind');
  if (yesWords.has(raw['orphan'] ?? '')) tags.push('orphan');
  if (yesWords.has(raw['martyrFamily'] ?? '')) tags.push('martyrFamily');
  if (yesWords.has(raw['migrant'] ?? '')) tags.push('migrant');
  if (disability !== '' && !disability.startsWith('无')) tags.push('disability');
  return tags;
}

function firstText(...cells: (string | undefined)[]): string {
  for (const cell of cells) {
    if (cell !== undefined && cell !== '') {
      const text = normalizeText(cell);
      if (text !== '') return text;
    }
  }
  return '';
}
