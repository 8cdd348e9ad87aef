import { parseDate } from '#domain/basics/dates.ts';
import { parseGrade } from '#domain/basics/grade.ts';
import { checkIdentity } from '#domain/basics/identity-check.ts';
import { heldOf, numberOfCell, type RawRow, type RowCheck, type RowWarning } from '#domain/basics/list-row.ts';
import { parseRelation } from '#domain/basics/relation.ts';
import { normalizeName, normalizeText } from '#domain/basics/text.ts';
import { parseChildTag, parseChildTags, parseHouseholdState, parseStudyStatus } from './parse.ts';
import type { ChildTag, KeyListRow, RegisterRow } from './record.ts';
import { closedTags } from './words.ts';

/** What the checks of a list of persons need to know besides the row. */
export interface PersonListContext {
  /** The day the list speaks of. */
  asOf: string;
  /** The list named by the command for a whole file (keylist), where rows do not name one. */
  list?: ChildTag | null;
}

/** Checks a row of the archive of school-age children. A failing citizen's number holds it: the register is the base. */
export function checkRegisterRow(raw: RawRow, context: PersonListContext): RowCheck<RegisterRow> {
  const guardian = normalizeName(raw['guardian'] ?? '');
  const address = normalizeText(raw['address'] ?? '');
  const registeredAddress = normalizeText(raw['registeredAddress'] ?? '');
  const { identity, faults, warnings } = checkIdentity(raw, {
    birth: true,
    surroundings: guardian + address + registeredAddress,
    failingNumberHolds: true,
    registryIdentifies: false,
  });
  const statedSchool = normalizeText(raw['statedSchool'] ?? '');
  const grade = readGrade(raw['grade'] ?? '', warnings);
  const studyStatus = parseStudyStatus(raw['studyStatus'] ?? '', statedSchool, grade);
  if (studyStatus === null)
    warnings.push({ code: 'study-status-unknown', words: '就读状态的填法不在规定词语内，按未填处理' });
  const householdState = parseHouseholdState(raw['householdState'] ?? '');
  if (householdState === null)
    warnings.push({ code: 'household-state-unknown', words: '人户状态的填法不在规定词语内，按未填处理' });
  const relation = parseRelation(raw['relation'] ?? '');
  if (relation === null)
    warnings.push({ code: 'relation-unknown', words: '与儿童关系的填法不在规定词语内，按其他处理' });
  const { tags, unknown } = parseChildTags(raw['tags'] ?? '');
  if (unknown.length > 0)
    warnings.push({ code: 'tag-unknown', words: `特殊类别“${unknown.join('、')}”不在规定词语内，未采用` });
  if (identity.birth !== null && identity.birth > context.asOf)
    warnings.push({ code: 'birth-future', words: '出生日期晚于名单日期，请核对' });
  return {
    value: {
      ...identity,
      householdNo: numberOfCell(raw['householdNo']),
      ethnicity: normalizeText(raw['ethnicity'] ?? ''),
      registeredAddress,
      address,
      street: normalizeText(raw['street'] ?? ''),
      community: normalizeText(raw['community'] ?? ''),
      guardian,
      relation: relation ?? 'other',
      phone: readPhone(raw['phone'] ?? '', warnings),
      householdState: householdState ?? 'none',
      studyStatus: studyStatus ?? parseStudyStatus('', statedSchool, grade) ?? 'none',
      statedSchool,
      grade,
      tags,
      surveyor: normalizeName(raw['surveyor'] ?? ''),
      surveyDate: readDate(raw['surveyDate'] ?? '', '摸底日期', warnings),
      note: normalizeText(raw['note'] ?? ''),
    },
    held: heldOf(faults),
    warnings,
  };
}

/** Checks a row of an aid or care list; without a document number it names nobody and is held. */
export function checkKeylistRow(raw: RawRow, context: PersonListContext): RowCheck<KeyListRow> {
  const { identity, faults, warnings } = checkIdentity(raw, {
    birth: false,
    surroundings: '',
    failingNumberHolds: true,
    registryIdentifies: false,
  });
  const list = parseChildTag(raw['list'] ?? '') ?? context.list ?? null;
  if (list === null) warnings.push({ code: 'list-unknown', words: '名单类别不在规定词语内，请在导入时指明名单' });
  return {
    value: {
      ...identity,
      list,
      closed: list !== null && closedTags.has(list),
      validFrom: readDate(raw['validFrom'] ?? '', '有效期起', warnings),
      validTo: readDate(raw['validTo'] ?? '', '有效期止', warnings),
    },
    held: heldOf(faults),
    warnings,
  };
}

function readGrade(cell: string, warnings: RowWarning[]): number {
  const text = cell.trim();
  if (text === '') return 0;
  const { grade } = parseGrade(text);
  if (grade === 0) warnings.push({ code: 'grade-unreadable', words: '年级无法识别，按未填处理' });
  return grade;
}

function readDate(cell: string, label: string, warnings: RowWarning[]): string | null {
  if (cell.trim() === '') return null;
  const date = parseDate(cell);
  if (date === null) warnings.push({ code: 'date-unreadable', words: `${label}无法识别，未采用` });
  return date;
}

function readPhone(cell: string, warnings: RowWarning[]): string {
  const phone = numberOfCell(cell);
  if (phone !== '' && !/^[0-9+()-]{7,20}$/.test(phone))
    warnings.push({ code: 'phone-unreadable', words: '联系电话格式异常，请核对' });
  return phone;
}
