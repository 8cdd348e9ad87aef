import { open } from 'node:fs/promises';
import { wrongKind } from './refusals.ts';

/** What a file is by its first bytes; the extension is never asked. */
export type FileKind = 'zip' | 'ole' | 'text';

const headBytes = 4096;

/** Signatures of files that are handed in by mistake, with what they are called. */
const strangers: readonly (readonly [signature: string, name: string])[] = [
  ['%PDF', 'PDF 文件'],
  ['\x89PNG', 'PNG 图片'],
  ['\xff\xd8\xff', 'JPEG 图片'],
  ['GIF8', 'GIF 图片'],
  ['BM', 'BMP 图片'],
  ['Rar!', 'RAR 压缩包'],
  ['7z\xbc\xaf', '7z 压缩包'],
  ['\x1f\x8b', 'gzip 压缩包'],
  ['{\\rtf', 'RTF 文档'],
  ['SQLite format', '数据库文件'],
  ['\x09\x08', '很旧的 Excel 文件'],
  ['\x09\x04', '很旧的 Excel 文件'],
  ['MIME-Version', '网页（MHT）'],
];

function describeMarkup(start: string): string | undefined {
  const text = start
    .replace(/^\ufeff/u, '')
    .trimStart()
    .toLowerCase();
  if (text.startsWith('<?xml'))
    return text.includes('excel.sheet') || text.includes('office:spreadsheet')
      ? 'XML 表格（Excel 2003 格式）'
      : text.includes('<html')
        ? '网页（HTML）'
        : 'XML 文件';
  if (/^<(?:!doctype|html|head|meta|table|style|body|script|!--)/u.test(text))
    return '网页（HTML，常见于从网站“导出”的 .xls）';
  return /^[{[]\s*["{]/u.test(text) ? 'JSON 文件' : undefined;
}

function isSixteenBit(head: Buffer): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

/** Finds the kind of the file at `path` by content and refuses what is certainly no spreadsheet, saying what it is. */
export async function findFileKind(path: string): Promise<FileKind> {
  await using file = await open(path, 'r');
  const buffer = Buffer.alloc(headBytes);
  const { bytesRead } = await file.read(buffer, 0, headBytes, 0);
  const head = buffer.subarray(0, bytesRead);
  const start = head.toString('latin1');
  if (start.startsWith('PK\x03\x04')) return 'zip';
  if (start.startsWith('PK\x05\x06')) throw wrongKind('空的压缩包');
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'ole';
  const stranger = strangers.find(([signature]) => start.startsWith(signature));
  if (stranger && !(stranger[0] === 'BM' && /^[\x20-\x7e\r\n\t]*$/u.test(start.slice(0, 30))))
    throw wrongKind(stranger[1]);
  const markup = describeMarkup(isSixteenBit(head) ? head.toString('utf16le') : head.toString('utf8'));
  if (markup !== undefined) throw wrongKind(markup);
  if (!isSixteenBit(head) && head.includes(0)) throw wrongKind('无法识别的二进制文件');
  return 'text';
}
