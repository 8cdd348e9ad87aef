import { parseDate } from './dates.ts';
import {
  checkResidentNumber,
  looksResident,
  parseDocumentType,
  parseRegistryNo,
  residentFaultWords,
  type DocumentType,
  type ResidentCheck,
} from './document-number.ts';
import { heldOf, numberOfCell, type Held, type RawRow, type RowFault, type RowWarning } from './list-row.ts';
import { normalizeName, normalizeText } from './text.ts';

/** Sex of a person (GB/T 2261.1: 1, 2; 0 and 9 are unknown). */
export type Sex = 'male' | 'female' | 'unknown';

/** Who a row speaks of: the six facts that can hold it. Texts are empty when absent. */
export interface Identity {
  name: string;
  sex: Sex;
  birth: string | null;
  documentType: DocumentType;
  documentNumber: string;
  /** The number is a citizen's number that fails its check: it proves nobody. */
  numberFails: boolean;
  registryNo: string;
}

/** What a list asks of the identity in its rows. */
export interface IdentityNeeds {
  /** The list has a birth date column that must be readable. */
  birth: boolean;
  /** Guardian or address of the row, needed where there is no number at all. */
  surroundings: string;
  /** A failing citizen's number holds the row; otherwise it is returned as `suspect` for the caller to decide. */
  failingNumberHolds: boolean;
  /** A registry number can stand in for a missing document. */
  registryIdentifies: boolean;
}

/** The identity of a row with its faults; `suspect` is the held entry to use when the caller does not accept a failing number. */
export interface IdentityCheck {
  identity: Identity;
  faults: RowFault[];
  suspect: Held | null;
  warnings: RowWarning[];
}

const blankNames = new Set(['', '-', '—', '/', '无', '空', '0', '无名', '不详', '未知', '*']);

/** Reads 男/女 and the codes 1/2; anything else is unknown. */
export function parseSex(text: string): Sex {
  switch (text) {
    case '男':
    case '1':
    case '男性':
    case '男孩':
    case '男生':
    case 'M':
    case '01':
      return 'male';
    case '女':
    case '2':
    case '女性':
    case '女孩':
    case '女生':
    case 'F':
    case '02':
      return 'female';
    default:
      return 'unknown';
  }
}

/** Words of the sexes. */
export const sexWords: Record<Sex, string> = { male: '男', female: '女', unknown: '未知' };

/** Checks name, sex, birth date, document and registry number of a row against each other. */
export function checkIdentity(raw: RawRow, needs: IdentityNeeds): IdentityCheck {
  const faults: RowFault[] = [];
  const warnings: RowWarning[] = [];
  const name = readName(raw['name'] ?? '');
  if (name === '') faults.push({ code: 'name-missing', reason: '姓名为空，请填写与户口簿一致的姓名' });
  const documentNumber = readNumber(raw['documentNumber'] ?? '');
  const documentType = readType(raw['documentType'] ?? '', documentNumber, warnings);
  const check: ResidentCheck | null = documentType === 'residentId' ? checkResidentNumber(documentNumber) : null;
  const registryNo = numberOfCell(raw['registryNo']);
  const registryFits = registryNo === '' || parseRegistryNo(registryNo).ok;
  if (!registryFits) warnings.push({ code: 'registry-malformed', words: '学籍号不是以G、L或J开头的规定格式，请核对' });

  const sexCell = normalizeText(raw['sex'] ?? '');
  let sex = parseSex(sexCell);
  const birthCell = (raw['birth'] ?? '').trim();
  let birth = birthCell === '' ? null : readBirth(birthCell);

  let failing: RowFault | null = null;
  const mismatches: RowFault[] = [];
  if (check !== null && !check.ok)
    failing = { code: 'id-check-digit', reason: residentFaultWords(documentNumber, check) };
  if (check?.ok === true) {
    if (birthCell === '' && birth === null && needs.birth)
      warnings.push({ code: 'birth-from-number', words: '出生日期为空，已按身份证号取用' });
    if (birthCell === '') birth = check.birth;
    if (sex === 'unknown') {
      if (needs.birth) warnings.push({ code: 'sex-from-number', words: '性别为空或无法识别，已按身份证号取用' });
      sex = check.sex;
    }
  }
  if (check !== null) compare(documentNumber, birth, sex, mismatches);
  if (birth === null && (needs.birth || birthCell !== '')) {
    faults.push({
      code: 'birth-unreadable',
      reason:
        birthCell === ''
          ? '出生日期为空，请按户口簿填写，例如2018-05-22'
          : '出生日期无法识别，请写成2018-05-22这样的真实日期',
    });
  }
  const suspectFaults = failing === null ? [] : [failing];
  if (failing === null || needs.failingNumberHolds) faults.push(...suspectFaults, ...mismatches);
  if (documentNumber === '') checkWithoutDocument({ name, sex, birth, registryNo, registryFits }, needs, faults);
  return {
    identity: { name, sex, birth, documentType, documentNumber, numberFails: failing !== null, registryNo },
    faults,
    suspect: failing === null || needs.failingNumberHolds ? null : heldOf([...faults, failing, ...mismatches]),
    warnings,
  };
}

const readDates = new Map<string, string | null>();

/** Birth dates of a district repeat: a bounded memory of what was read spares most of the work. */
function readBirth(cell: string): string | null {
  const known = readDates.get(cell);
  if (known !== undefined) return known;
  const date = parseDate(cell);
  if (readDates.size >= 20000) readDates.clear();
  readDates.set(cell, date);
  return date;
}

function readName(cell: string): string {
  const name = normalizeName(cell);
  return blankNames.has(name) || /^\d+$/.test(name) ? '' : name;
}

function readNumber(cell: string): string {
  const number = numberOfCell(cell);
  return number === '无' ||
    number === '无证件' ||
    number === '-' ||
    number === '/' ||
    number === '0' ||
    number === '暂无'
    ? ''
    : number;
}

function readType(cell: string, number: string, warnings: RowWarning[]): DocumentType {
  const text = normalizeText(cell).replace(/\s+/g, '');
  const type = parseDocumentType(text, number);
  if (number === '') {
    if (type !== 'none' && text !== '')
      warnings.push({ code: 'document-number-empty', words: '有证件类型而无证件号码，按无证件登记' });
    return 'none';
  }
  if (type === 'none') {
    warnings.push({ code: 'document-type-none', words: '证件类型为无证件却填有号码，按号码登记' });
    return looksResident(number) ? 'residentId' : 'other';
  }
  if (type === null) {
    warnings.push({ code: 'document-type-unknown', words: '证件类型无法识别，按号码样式登记' });
    return looksResident(number) ? 'residentId' : 'other';
  }
  return type;
}

function compare(number: string, birth: string | null, sex: Sex, mismatches: RowFault[]): void {
  if (number.length !== 18) return;
  if (birth !== null && number.slice(6, 14) !== birth.replaceAll('-', '')) {
    mismatches.push({
      code: 'birth-id-mismatch',
      reason: `出生日期${birth}与身份证号第7—14位不一致，请核对户口簿后改正其一`,
    });
  }
  const digit = number.charCodeAt(16) - 48;
  if (sex !== 'unknown' && digit >= 0 && digit <= 9 && sex !== (digit % 2 === 1 ? 'male' : 'female')) {
    mismatches.push({
      code: 'sex-id-mismatch',
      reason: `性别“${sexWords[sex]}”与身份证号第17位（男单女双）不一致，请核对户口簿后改正其一`,
    });
  }
}

function checkWithoutDocument(
  row: { name: string; sex: Sex; birth: string | null; registryNo: string; registryFits: boolean },
  needs: IdentityNeeds,
  faults: RowFault[],
): void {
  if (needs.registryIdentifies && row.registryNo !== '') {
    if (!row.registryFits)
      faults.push({ code: 'registry-malformed', reason: '没有证件号码，学籍号格式也不正确，请至少补正其中一项' });
    return;
  }
  const lacking: string[] = [];
  if (row.name === '') lacking.push('姓名');
  if (row.birth === null) lacking.push('出生日期');
  if (row.sex === 'unknown') lacking.push('性别');
  if (needs.surroundings === '') lacking.push('监护人或住址');
  if (lacking.length === 0) return;
  faults.push({
    code: 'document-missing',
    reason: `没有证件号码的儿童须有姓名、出生日期、性别和监护人或住址，本行缺少${lacking.join('、')}，请补填`,
  });
}

/** The word of a stored sex; null when unknown. */
export function sexWord(sex: string | null): '男' | '女' | null {
  return sex === 'male' ? '男' : sex === 'female' ? '女' : null;
}
