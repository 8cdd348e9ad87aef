import type { FieldIssue } from '../basics/failure.ts';
import { placeNames, type DocumentFacts, type TemplateContent, type TemplateField } from './record.ts';

/** A place in words: {childName}. */
const place = /\{([a-z][A-Za-z]*)\}/gu;
/** What stands where nothing is known: a line to write on. */
const blank = '＿＿＿＿＿＿';

/** A day in words: 2026年11月20日, without leading zeros. */
export function dayWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(year)}年${Number(month)}月${Number(date)}日`;
}

/** Words with their places filled; `empty` stands where a place has no value. Values are taken as they are and never looked into again. */
export function fillPlaces(words: string, values: ReadonlyMap<string, string>, empty = blank): string {
  return words.replace(place, (_whole, name: string) => {
    const value = values.get(name);
    return value === undefined || value === '' ? empty : value;
  });
}

function valueOf(field: TemplateField, given: string): string {
  return field.kind === 'day' && /^\d{4}-\d{2}-\d{2}$/.test(given) ? dayWords(given) : given;
}

/** The values of all places: facts of the records, then the fields as they were filled in. */
export function valuesFrom(
  content: TemplateContent,
  facts: DocumentFacts,
  given: Readonly<Record<string, string>>,
): Map<string, string> {
  const values = new Map(Object.entries(facts).map(([key, value]) => [key, value ?? '']));
  for (const field of content.fields) {
    const words = given[field.key] ?? fillPlaces(field.proposed, values, '');
    values.set(field.key, valueOf(field, words.trim()));
  }
  return values;
}

/** Fields that are needed and were left empty, and days that are none. */
export function faultsOfFields(content: TemplateContent, given: Readonly<Record<string, string>>): FieldIssue[] {
  return content.fields.flatMap((field) => {
    const words = (given[field.key] ?? field.proposed).trim();
    if (words === '') return field.needed ? [{ path: `fields.${field.key}`, words: `请填写${field.label}。` }] : [];
    return field.kind === 'day' && !/^\d{4}-\d{2}-\d{2}$/.test(words)
      ? [{ path: `fields.${field.key}`, words: `${field.label}应为日期。` }]
      : [];
  });
}

/** Faults of adjusted words: places that nothing fills, the same field twice, a row that is not twelve columns wide. */
export function faultsOfTemplate(content: TemplateContent): string[] {
  const known = new Set<string>([...placeNames, ...content.fields.map((field) => field.key)]);
  const words = [
    content.title,
    content.to,
    content.note,
    ...content.body,
    ...content.rows.flatMap((row) => row.cells.map((cell) => cell.text)),
    ...content.fields.map((field) => field.proposed),
  ];
  const unknown = words
    .flatMap((one) => [...one.matchAll(place)].map((found) => found[1] ?? ''))
    .filter((name) => !known.has(name));
  const keys = content.fields.map((field) => field.key);
  const twice = keys.filter((key, at) => keys.indexOf(key) !== at || (placeNames as readonly string[]).includes(key));
  const wide = content.rows.filter(
    (row) => row.cells.reduce((sum, cell) => sum + cell.span + (cell.label === '' ? 0 : 2), 0) !== 12,
  );
  return [
    ...[...new Set(unknown)].map((name) => `没有可填入“{${name}}”的内容。`),
    ...[...new Set(twice)].map((key) => `栏目“${key}”重复。`),
    ...wide.map((row) => `表格中“${row.cells[0]?.label ?? ''}”一行的宽度合计应为 12。`),
  ];
}
