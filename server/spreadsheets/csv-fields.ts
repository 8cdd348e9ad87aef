import { tooMany, unreadable } from './refusals.ts';

/** Marks that may stand between the fields of a text table. */
export const delimiters = [',', ';', '\t'] as const;

/** Takes the text of a table piece by piece and gives its records. */
export interface CsvParser {
  push(text: string): void;
  end(): void;
  /** Records finished so far with their number from 1 (blank ones counted); the caller takes them out. */
  records: { number: number; fields: string[] }[];
}

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * A streaming parser after RFC 4180: fields in double quotes may hold delimiters, line breaks and doubled quotes. Lenient
 * as office programs are: any line break, fewer or more fields, text behind a closing quote. A quote never closed is refused.
 */
export function createCsvParser(delimiter: string, longestField: number): CsvParser {
  const mark = delimiter.charCodeAt(0);
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  let closedQuote = false;
  let skipLineFeed = false;
  let number = 1;
  const parser: CsvParser = {
    records: [],
    push(text) {
      const length = text.length;
      let at = 0;
      let start = 0;
      while (at < length) {
        if (quoted) {
          const end = text.indexOf('"', at);
          field += text.slice(at, end === -1 ? length : end);
          checkLength();
          if (end === -1) return;
          quoted = false;
          closedQuote = true;
          at = end + 1;
          start = at;
          continue;
        }
        const code = text.charCodeAt(at);
        if (skipLineFeed) {
          skipLineFeed = false;
          if (code === lineFeed) {
            start = ++at;
            continue;
          }
        }
        if (code === quote && closedQuote && at === start) {
          field += '"';
          quoted = true;
          closedQuote = false;
          at++;
          continue;
        }
        closedQuote = false;
        if (code === quote && field === '' && at === start) {
          quoted = true;
          at++;
          continue;
        }
        if (code === mark) {
          endField(text, start, at);
          start = at + 1;
        } else if (code === lineFeed || code === carriageReturn) {
          endField(text, start, at);
          endRecord();
          skipLineFeed = code === carriageReturn;
          start = at + 1;
        }
        at++;
      }
      if (start < length) field += text.slice(start);
      checkLength();
    },
    end() {
      if (quoted) throw unreadable(`第 ${number} 行有一个双引号没有配对`, { row: number });
      if (field !== '' || fields.length > 0) {
        endField('', 0, 0);
        endRecord();
      }
    },
  };
  function checkLength(): void {
    if (field.length <= longestField) return;
    if (quoted) throw unreadable(`第 ${number} 行有一个双引号没有配对`, { row: number });
    throw tooMany('单元格字数', longestField, number);
  }
  function endField(text: string, start: number, end: number): void {
    if (end > start) field += text.slice(start, end);
    if (field.length > longestField) checkLength();
    fields.push(field);
    field = '';
    closedQuote = false;
  }
  function endRecord(): void {
    parser.records.push({ number, fields });
    number++;
    fields = [];
  }
  return parser;
}

/** The delimiter of a text table by its first lines: the one that splits most of them, into most fields. */
export function sniffDelimiter(sample: string): string {
  const lines = sample
    .replace(/"(?:[^"]|"")*"/gu, '')
    .split(/\r\n|\r|\n/u)
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const counts = lines.map((line) => line.split(delimiter).length - 1).sort((a, b) => a - b);
    const score = (counts[Math.floor(counts.length / 2)] ?? 0) * 100 + counts.filter((count) => count > 0).length;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
