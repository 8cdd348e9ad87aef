import { parseDate } from './dates.ts';
import { numberOfCell, type HeldCode, type RawRow } from './list-row.ts';
import { maskDocument } from './masking.ts';
import { normalizeName, normalizeText } from './text.ts';

/** Columns that hold a number of a person: shown and exported masked. */
export const numberKeys: ReadonlySet<string> = new Set([
  'documentNumber',
  'registryNo',
  'helperNo',
  'phone',
  'member1Phone',
  'member2Phone',
  'member1DocumentNumber',
  'member2DocumentNumber',
]);
/** Columns whose number says who the row speaks of; a masked one holds the row. */
const identityKeys: readonly string[] = ['documentNumber', 'registryNo'];

/** A number of a row with its middle hidden, as screens and the sheet of held rows show it beside a birth date. Words (无证件) stay. */
export function maskCell(cell: string): string {
  const number = numberOfCell(cell);
  return number.length > 1 && /\d/.test(number) ? maskDocument(number, { besideBirth: true }) : cell;
}

/** Whether a cell of a number shows stars instead of digits. */
export function isMaskedCell(cell: string | undefined): boolean {
  return cell !== undefined && /[*＊]{2,}/u.test(cell);
}

/** The columns whose number the reasons of a held row put in doubt. */
export function faultyNumberKeys(codes: readonly string[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const code of codes) {
    if (/^(?:id-check-digit|birth-id-mismatch|sex-id-mismatch|document-conflict|child-unknown)$/.test(code))
      keys.add('documentNumber');
    if (/^(?:registry-malformed|child-unknown)$/.test(code)) keys.add('registryNo');
  }
  return keys;
}

/** A row of a corrected sheet with the numbers that came masked and unchanged put back from the row it corrects. */
export function withKeptNumbers(before: RawRow, after: RawRow): RawRow {
  const kept: Record<string, string | undefined> = { ...after };
  for (const key of numberKeys) {
    const stood = before[key];
    const now = after[key];
    if (stood !== undefined && isMaskedCell(now) && numberOfCell(now) === maskCell(stood)) kept[key] = stood;
  }
  return kept;
}

/** What masked numbers of a row mean: an identity number that is not whole holds it, any other is left out. */
export function withoutMasked(raw: RawRow): { raw: RawRow; held: HeldCode | null; dropped: string[] } {
  const dropped = [...numberKeys].filter((key) => !identityKeys.includes(key) && isMaskedCell(raw[key]));
  const held = identityKeys.some((key) => isMaskedCell(raw[key])) ? 'number-masked' : null;
  if (dropped.length === 0) return { raw, held, dropped };
  return { raw: Object.fromEntries(Object.entries(raw).filter(([key]) => !dropped.includes(key))), held, dropped };
}

function equal(a: string, b: string): boolean {
  return a !== '' && a === b;
}

/** Whether two numbers differ by slips of the hand only: at most two characters put in, left out or exchanged. */
export function numbersClose(a: string, b: string): boolean {
  if (a === '' || b === '' || Math.abs(a.length - b.length) > 2) return false;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[b.length] ?? 9) <= 2;
}

interface Facts {
  name: string;
  birth: string;
  document: string;
  registry: string;
  around: string[];
}

const blankNumber = /^(?:无|无证件|暂无|-|\/|0)$/u;

function factsOf(raw: RawRow): Facts {
  const number = (key: string) => {
    const text = numberOfCell(raw[key]);
    return blankNumber.test(text) || isMaskedCell(text) ? '' : text;
  };
  const place = normalizeText(`${raw['grade'] ?? ''}|${raw['classNo'] ?? ''}`);
  return {
    name: normalizeName(raw['name'] ?? ''),
    birth: parseDate((raw['birth'] ?? '').trim()) ?? '',
    document: number('documentNumber'),
    registry: number('registryNo'),
    around: [
      normalizeName(raw['guardian'] ?? raw['member1Name'] ?? ''),
      number('phone'),
      number('member1Phone'),
      normalizeText(raw['householdNo'] ?? ''),
      // a class names a pupil's surroundings only where the list has no birth date
      'birth' in raw || place === '|' ? '' : place,
    ],
  };
}

/**
 * Whether a row is surely the correction of a row that was held: the same number under the same name (or where none stood),
 * or the same name with the same birth date, or one birth date unreadable, and beside it a number that differs by a slip or the
 * same guardian, telephone or household. When in doubt it is not.
 */
export function correctsRow(before: RawRow, after: RawRow): boolean {
  const [a, b] = [factsOf(before), factsOf(after)];
  const sameNumber = equal(a.document, b.document) || equal(a.registry, b.registry);
  if (b.name === '') return sameNumber && a.name === '';
  if (a.name === '') return sameNumber;
  if (a.name !== b.name) return false;
  if (sameNumber) return true;
  const contradicts = a.birth !== '' && b.birth !== '' && a.birth !== b.birth;
  if (contradicts) return false;
  if (numbersClose(a.document, b.document) || numbersClose(a.registry, b.registry)) return true;
  return a.around.some((text, at) => equal(text, b.around[at] ?? ''));
}

/** Whether a row that names by its id the held row it corrects has anything in common with it. */
export function mayCorrect(before: RawRow, after: RawRow): boolean {
  const [a, b] = [factsOf(before), factsOf(after)];
  return (
    equal(a.name, b.name) ||
    equal(a.birth, b.birth) ||
    equal(a.document, b.document) ||
    equal(a.registry, b.registry) ||
    numbersClose(a.document, b.document)
  );
}
