import { unreadable } from './refusals.ts';

const lessThan = 60;
const greaterThan = 62;
const slash = 47;
const colon = 58;
const quote = 34;
const apostrophe = 39;
const longestToken = 4 * 1024 * 1024;

/** What a reader of one XML part is told; positions are byte offsets into `bytes`, valid only during the call. */
export interface XmlHandler {
  /** A start tag: its local name (prefix cut) and where its attributes lie. */
  open(bytes: Buffer, nameStart: number, nameEnd: number, tagEnd: number): void;
  /** An end tag, also told for an empty element. */
  close(bytes: Buffer, nameStart: number, nameEnd: number): void;
  /** Character data up to the next tag; `raw` when it stood in CDATA and holds no entities. */
  text(bytes: Buffer, start: number, end: number, raw: boolean): void;
  /** A short cut for what comes most: takes the element that begins at `start` and returns the offset behind it, or -1 to have it told as usual. */
  shortcut?(bytes: Buffer, start: number): number;
}

/** Takes an XML part chunk by chunk. */
export interface XmlScanner {
  push(chunk: Buffer): void;
  /** Call after the last chunk: refuses a part that ends inside a tag. */
  end(): void;
}

/** The offset of `>` that ends the tag begun at `start`, quotes respected; -1 when it has not arrived yet. */
function findTagEnd(bytes: Buffer, start: number): number {
  const length = bytes.length;
  for (let at = start; at < length; at++) {
    const byte = bytes[at];
    if (byte === greaterThan) return at;
    if (byte === quote || byte === apostrophe) {
      at = bytes.indexOf(byte, at + 1);
      if (at === -1) return -1;
    }
  }
  return -1;
}

/** Handles `<?…?>`, comments, CDATA; returns the offset behind it or -1 when it has not arrived yet. Document types are refused. */
function skipMarkup(bytes: Buffer, start: number, handler: XmlHandler): number {
  if (bytes[start + 1] === 63) {
    const end = bytes.indexOf('?>', start + 2);
    return end === -1 ? -1 : end + 2;
  }
  if (bytes.length < start + 9) return -1;
  const opening = bytes.toString('latin1', start, start + 9);
  if (opening.startsWith('<!--')) {
    const end = bytes.indexOf('-->', start + 4);
    return end === -1 ? -1 : end + 3;
  }
  if (opening === '<![CDATA[') {
    const end = bytes.indexOf(']]>', start + 9);
    if (end === -1) return -1;
    handler.text(bytes, start + 9, end, true);
    return end + 3;
  }
  throw unreadable('文件内含有不允许的实体声明，可能是恶意文件');
}

/**
 * A streaming XML reader for the parts of an .xlsx: UTF-8 only, no document types, no entities but the five of XML, no
 * token over 4 MB. It works on bytes so that a sheet of millions of cells costs no string per tag.
 */
export function createXmlScanner(handler: XmlHandler): XmlScanner {
  let rest: Buffer | undefined;
  let begun = false;
  return {
    push(chunk) {
      if (!begun && chunk.length > 1) {
        begun = true;
        if ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff) || chunk[0] === 0) {
          throw unreadable('工作表内部不是 UTF-8 编码');
        }
      }
      const bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
      rest = undefined;
      const length = bytes.length;
      let at = 0;
      while (at < length) {
        if (bytes[at] !== lessThan) {
          let end = at + 1;
          while (end < length && bytes[end] !== lessThan) end++;
          if (end === length) break;
          handler.text(bytes, at, end, false);
          at = end;
        }
        const second = bytes[at + 1];
        if (second === undefined) break;
        if (handler.shortcut !== undefined) {
          const after = handler.shortcut(bytes, at);
          if (after !== -1) {
            at = after;
            continue;
          }
        }
        if (second === 33 || second === 63) {
          const after = skipMarkup(bytes, at, handler);
          if (after === -1) break;
          at = after;
          continue;
        }
        const end = findTagEnd(bytes, at + 1);
        if (end === -1) break;
        const closing = second === slash;
        let nameStart = closing ? at + 2 : at + 1;
        let nameEnd = nameStart;
        for (; nameEnd < end; nameEnd++) {
          const byte = bytes[nameEnd] ?? 0;
          if (byte <= 32 || byte === slash) break;
          if (byte === colon) nameStart = nameEnd + 1;
        }
        if (closing) handler.close(bytes, nameStart, nameEnd);
        else {
          handler.open(bytes, nameStart, nameEnd, end);
          if (bytes[end - 1] === slash) handler.close(bytes, nameStart, nameEnd);
        }
        at = end + 1;
      }
      if (at < length) {
        rest = bytes.subarray(at);
        if (rest.length > longestToken) throw unreadable('文件内部有异常过长的内容，可能已损坏');
      }
    },
    end() {
      if (rest?.includes(lessThan)) throw unreadable('文件不完整，可能上传或保存时中断');
    },
  };
}

/** True when the local name between the offsets is `name` (ASCII). */
export function isNamed(bytes: Buffer, start: number, end: number, name: string): boolean {
  if (end - start !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name.charCodeAt(i)) return false;
  return true;
}

/** The attributes of a start tag by local name, entities decoded; for the small parts, not for cells. */
export function readAttributes(bytes: Buffer, nameEnd: number, tagEnd: number): Map<string, string> {
  const found = new Map<string, string>();
  const text = bytes.toString('utf8', nameEnd, tagEnd);
  for (const match of text.matchAll(/([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu)) {
    const name = match[1] ?? '';
    found.set(name.slice(name.indexOf(':') + 1), decodeEntities(match[2] ?? match[3] ?? ''));
  }
  return found;
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Replaces the five entities of XML and character references; anything else is left as it stands. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/gu,
    (whole, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
      if (name !== undefined) return named[name] ?? whole;
      const point = decimal !== undefined ? Number(decimal) : parseInt(hex ?? '', 16);
      return point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) ? String.fromCodePoint(point) : '';
    },
  );
}

/** Replaces the `_xHHHH_` escapes that spreadsheets write for characters XML cannot hold. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-fA-F]{4})_/gu, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
