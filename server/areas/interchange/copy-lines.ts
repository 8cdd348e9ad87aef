import { closingRules } from '#domain/dropout/closing.ts';
import { columnWords } from '#domain/interchange/copy-columns.ts';
import { isPlatformKey, keyWords } from '#domain/interchange/copy-keys.ts';
import type { Block } from '#server/documents/model.ts';
import { singleWords, type Single } from './copy-values.ts';

type Fields = Readonly<Record<string, unknown>>;

const isSingle = (value: unknown): value is Single =>
  ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const evidenceWords = Object.values(closingRules).flatMap(({ evidence }) => evidence.map(({ code, label }) => [code, label] as const)); // prettier-ignore
/** Keys that mean something of their own in the values of one table. */
const keyWordsIn: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Some codes ask for different papers in different categories: their words say what they have in common.
  case_decision: { ...Object.fromEntries(evidenceWords), certificate: '证明', approval: '批准文书', medical: '医疗机构意见', proof: '证明' }, // prettier-ignore
  paper: { place: '拍摄地点' },
  registry_change: { place: '就读地', code: '材料' },
  service_receipt: { place: '送达地点' },
};

/** The word of a column or key of a table; what no list knows keeps its content under 其他内容. */
export function labelOf(table: string, key: string): string {
  return keyWordsIn[table]?.[key] ?? keyWords[key] ?? columnWords[key] ?? '其他内容';
}

function blockLines(block: Block): string[] {
  switch (block.as) {
    case 'text':
    case 'plain':
    case 'note':
    case 'heading':
      return block.text.split('\n');
    case 'grid':
      return block.rows.flatMap(({ cells }) =>
        cells.filter(({ text }) => text !== '').map(({ label, text }) => `${label.replace(/\s/gu, '')}：${text}`),
      );
    case 'table':
      return [block.head, ...block.rows].map((row) => row.join('　'));
    case 'sheet':
      return block.rows.map((row) => row.join('　'));
    case 'signatures':
      return block.signers.map(({ label, name }) => `${label}：${name}`);
    case 'pictures':
      return [];
  }
}

type LaidOut = Fields & { title: string; blocks: readonly Block[] };
type Labelled = Fields & { label: string; value: Single };

const isLaidOut = (value: Fields): value is LaidOut =>
  typeof value['title'] === 'string' && Array.isArray(value['blocks']);
const isLabelled = (value: unknown): value is Labelled =>
  isFields(value) && typeof value['label'] === 'string' && isSingle(value['value']);

/** A paper that was laid out as its words alone: title, then what its blocks say. */
function paperLines({ title, blocks }: LaidOut): string[] {
  return [`《${title}》`, ...blocks.flatMap(blockLines)];
}

/** An entry of a list in one line. */
function entryLine(table: string, entry: Fields): string {
  if (isLabelled(entry)) return entry.value === '' ? '' : `${entry.label}：${singleWords(table, 'value', entry.value)}`;
  if (isSingle(entry['act']) && isSingle(entry['why']))
    return [singleWords(table, 'act', entry['act']), singleWords(table, 'why', entry['why'])].join('：');
  return Object.entries(entry)
    .filter(([key, value]) => !isPlatformKey(key) && !isEmpty(value))
    .map(([key, value]) => `${labelOf(table, key)} ${valueLines(table, key, value).join('，')}`)
    .join('；');
}

function listLines(table: string, key: string, list: readonly unknown[]): string[] {
  const singles = list.filter(isSingle);
  if (singles.length === list.length) return [singles.map((one) => singleWords(table, key, one)).join('、')];
  const fields = list.filter(isFields);
  if (fields.every(isLaidOut)) return fields.flatMap(paperLines);
  const lines = fields.map((one) => entryLine(table, one)).filter((line) => line !== '');
  return lines.length > 1 && !fields.every(isLabelled)
    ? lines.map((line, index) => `${String(index + 1)}. ${line}`)
    : lines;
}

/**
 * A value of a copy as the lines people read: codes in words, a list of entries an entry a line, an object a line for each of its fields.
 * Nothing for what is empty or serves the platform alone.
 */
export function valueLines(table: string, key: string, value: unknown): string[] {
  if (isEmpty(value)) return [];
  if (isSingle(value)) return [singleWords(table, key, value)];
  if (Array.isArray(value)) return listLines(table, key, value);
  if (!isFields(value)) return [];
  if (isLaidOut(value)) return paperLines(value);
  const entries = Object.entries(value).filter(([name, inner]) => !isPlatformKey(name) && !isEmpty(inner));
  const [only] = entries;
  // A note needs no heading of its own below its column's.
  if (entries.length === 1 && only?.[0] === 'note') return valueLines(table, 'note', only[1]);
  return entries.flatMap(([name, inner]) => {
    const [first, ...more] = valueLines(table, name, inner);
    if (first === undefined) return [];
    if (Array.isArray(inner) && inner.every(isLabelled)) return [first, ...more];
    const label = labelOf(table, name);
    return more.length === 0 ? [`${label}：${first}`] : [`${label}：`, first, ...more];
  });
}
