import type { Limits } from './limits.ts';
import { tooMany, unpacksTooLarge } from './refusals.ts';
import { createXmlScanner, decodeEntities, decodeEscapes, isNamed, type XmlHandler } from './xml-scan.ts';

const pageBytes = 1024 * 1024;
const keptDecoded = 32_768;

/** The distinct texts of a workbook, kept as UTF-8 in pages so that millions of them stay small. */
export interface SharedStrings {
  /** The text at an index, or undefined past the end. */
  get(index: number): string | undefined;
  count: number;
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** An append-only store of texts. */
function createTextStore(limits: Limits): { add(text: string): void; strings: SharedStrings } {
  const pages: Buffer[] = [];
  let page = Buffer.alloc(0);
  let used = 0;
  let total = 0;
  let starts = new Uint32Array(1024);
  let lengths = new Uint32Array(1024);
  const decoded: (string | undefined)[] = [];
  const strings: SharedStrings = {
    count: 0,
    get(index) {
      if (index >= strings.count) return undefined;
      const kept = decoded[index];
      if (kept !== undefined) return kept;
      const start = starts[index] ?? 0;
      const within = start % pageBytes;
      const text = pages[(start - within) / pageBytes]?.toString('utf8', within, within + (lengths[index] ?? 0)) ?? '';
      if (index < keptDecoded) decoded[index] = text;
      return text;
    },
  };
  function add(text: string): void {
    const size = Buffer.byteLength(text);
    total += size;
    if (strings.count >= limits.sharedStrings) throw tooMany('文件中不同文字的数量', limits.sharedStrings);
    if (total > limits.sharedStringBytes)
      throw unpacksTooLarge({ sharedStringBytes: total, limit: limits.sharedStringBytes });
    if (pages.length === 0 || used + size > pageBytes) {
      page = Buffer.allocUnsafeSlow(pageBytes);
      pages.push(page);
      used = 0;
    }
    if (strings.count === starts.length) {
      starts = grown(starts);
      lengths = grown(lengths);
    }
    starts[strings.count] = (pages.length - 1) * pageBytes + used;
    lengths[strings.count] = page.write(text, used);
    used += size;
    strings.count++;
  }
  return { add, strings };
}

/** Trims what XML says may be trimmed when `xml:space="preserve"` is not given. */
export function trimUnlessPreserved(text: string, preserved: boolean): string {
  return preserved ? text : text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/gu, '');
}

/** True when a `t` tag asks to keep its spaces. */
export function preservesSpace(bytes: Buffer, nameEnd: number, tagEnd: number): boolean {
  return tagEnd - nameEnd > 8 && bytes.toString('latin1', nameEnd, tagEnd).includes('preserve');
}

/** Reads the shared strings part: runs of rich text joined, phonetic guides left out, escapes resolved. */
export async function readSharedStrings(chunks: AsyncIterable<Buffer>, limits: Limits): Promise<SharedStrings> {
  const store = createTextStore(limits);
  let text = '';
  let inText = false;
  let preserved = false;
  let inPhonetic = false;
  let piece = '';
  const handler: XmlHandler = {
    open(bytes, start, end, tagEnd) {
      if (end - start === 1 && bytes[start] === 116) {
        inText = !inPhonetic;
        piece = '';
        preserved = preservesSpace(bytes, end, tagEnd);
      } else if (isNamed(bytes, start, end, 'si')) text = '';
      else if (isNamed(bytes, start, end, 'rPh')) inPhonetic = true;
    },
    close(bytes, start, end) {
      if (end - start === 1 && bytes[start] === 116) {
        if (inText) text += trimUnlessPreserved(piece, preserved);
        inText = false;
      } else if (isNamed(bytes, start, end, 'si')) {
        if (text.length > limits.cellCharacters) throw tooMany('单元格字数', limits.cellCharacters);
        store.add(decodeEscapes(text));
      } else if (isNamed(bytes, start, end, 'rPh')) inPhonetic = false;
    },
    text(bytes, start, end, raw) {
      if (!inText) return;
      if (piece.length > limits.cellCharacters * 8) throw tooMany('单元格字数', limits.cellCharacters);
      const part = bytes.toString('utf8', start, end);
      piece += raw ? part : decodeEntities(part);
    },
  };
  const scanner = createXmlScanner(handler);
  for await (const chunk of chunks) scanner.push(chunk);
  scanner.end();
  return store.strings;
}
