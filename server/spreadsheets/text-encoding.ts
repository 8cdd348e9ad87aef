import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';
import { unreadable } from './refusals.ts';

/** Encodings a text table may be in. */
export type TextEncoding = 'utf8' | 'utf16le' | 'utf16-be' | 'gb18030';

const chunkBytes = 64 * 1024;
/** So many non-ASCII bytes of valid UTF-8 in a row never happen by chance in GB18030. */
const surelyUtf8 = 60;

/** Length of the longest prefix that ends at a whole UTF-8 character as far as the last four bytes tell. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function countNonAscii(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte >= 0x80) count++;
  return count;
}

/** Non-ASCII bytes before the first line that is not UTF-8, and the number of that line in `bytes`. */
function validLines(bytes: Buffer): { nonAscii: number; lines: number } {
  let nonAscii = 0;
  let lines = 0;
  for (let at = 0; at < bytes.length; lines++) {
    const newline = bytes.indexOf(10, at);
    const line = bytes.subarray(at, newline === -1 ? bytes.length : newline);
    if (!isUtf8(line)) break;
    nonAscii += countNonAscii(line);
    at = newline === -1 ? bytes.length : newline + 1;
  }
  return { nonAscii, lines };
}

/**
 * The encoding of a text file, found by reading it to the end: a byte-order mark decides, else all of it is valid UTF-8
 * or it is GB18030. A file that is UTF-8 for a while and then is not is damaged: refused with the line, not turned to gibberish.
 */
export async function findEncoding(path: string): Promise<TextEncoding> {
  let rest = Buffer.alloc(0);
  let first = true;
  let seen = 0;
  let lines = 1;
  let marked = false;
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    if (first) {
      first = false;
      if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf16le';
      if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf16-be';
      marked = chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    }
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = wholeCharacters(bytes);
    const part = bytes.subarray(0, whole);
    rest = Buffer.from(bytes.subarray(whole));
    const valid = isUtf8(part);
    const upTo = valid ? undefined : validLines(part);
    if (upTo === undefined) {
      if (seen < surelyUtf8) seen += countNonAscii(part);
      for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, at + 1)) lines++;
      continue;
    }
    if (!marked && seen + upTo.nonAscii < surelyUtf8) return 'gb18030';
    throw unreadable(`第 ${lines + upTo.lines} 行附近的文字编码已损坏`, { line: lines + upTo.lines });
  }
  if (rest.length === 0) return 'utf8';
  if (seen >= surelyUtf8 || marked) throw unreadable('文件末尾不完整，可能上传或保存时中断');
  return 'gb18030';
}

/** Decodes a text file piece by piece without its byte-order mark; refuses bytes that the encoding does not have. */
export async function* decodeFile(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  const checked = encoding === 'gb18030';
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    const text = decoder.write(chunk);
    if (checked && text.includes('\ufffd')) throw unreadable('文字编码既不是 UTF-8 也不是 GB18030（GBK），可能已损坏');
    if (text !== '') yield text;
  }
  const last = decoder.end();
  if (last !== undefined && last !== '') yield last;
}
