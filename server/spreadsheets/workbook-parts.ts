import { posix } from 'node:path';
import { lookOfBuiltIn, lookOfFormat, type NumberLook } from './cell-numbers.ts';
import { unreadable, wrongKind } from './refusals.ts';
import { createXmlScanner, isNamed, readAttributes } from './xml-scan.ts';
import { unpackWhole, type ZipEntries } from './zip-entries.ts';

const smallPart = 64 * 1024 * 1024;

/** A sheet of a workbook and where its part lies in the zip. */
export interface SheetPart {
  name: string;
  path: string;
  hidden: boolean;
}

/** What the small parts of an .xlsx say. */
export interface WorkbookParts {
  sheets: SheetPart[];
  since1904: boolean;
  sharedStringsPath: string | undefined;
  /** How each cell style shows its numbers, by style index. */
  looks: NumberLook[];
}

type OnTag = (name: (wanted: string) => boolean, attributes: () => Map<string, string>) => void;

function eachTag(part: Buffer, onTag: OnTag, onClose?: (name: (wanted: string) => boolean) => void): void {
  const scanner = createXmlScanner({
    open(bytes, start, end, tagEnd) {
      onTag(
        (wanted) => isNamed(bytes, start, end, wanted),
        () => readAttributes(bytes, end, tagEnd),
      );
    },
    close(bytes, start, end) {
      onClose?.((wanted) => isNamed(bytes, start, end, wanted));
    },
    text() {
      return;
    },
  });
  scanner.push(part);
  scanner.end();
}

/** Relations of a part: the target path in the zip by relation id, and by the last word of its type. */
async function readRelations(
  path: string,
  entries: ZipEntries,
  of: string,
): Promise<{ byId: Map<string, string>; byType: Map<string, string> }> {
  const byId = new Map<string, string>();
  const byType = new Map<string, string>();
  const entry = entries.get(posix.join(posix.dirname(of), '_rels', `${posix.basename(of)}.rels`).toLowerCase());
  if (!entry) return { byId, byType };
  eachTag(await unpackWhole(path, entry, smallPart), (named, attributes) => {
    if (!named('Relationship')) return;
    const found = attributes();
    const target = found.get('Target') ?? '';
    const full = (target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(of), target)).toLowerCase();
    byId.set(found.get('Id') ?? '', full);
    const type = (found.get('Type') ?? '').split('/').at(-1) ?? '';
    if (!byType.has(type)) byType.set(type, full);
  });
  return { byId, byType };
}

/** Says in Chinese what a zip without a workbook is. */
function describeZip(entries: ZipEntries): string {
  if (entries.has('word/document.xml')) return 'Word 文档';
  if (entries.has('ppt/presentation.xml')) return 'PowerPoint 演示文稿';
  if (entries.has('xl/workbook.bin')) return '二进制工作簿（.xlsb）';
  if (entries.has('content.xml')) return 'OpenDocument 文件';
  if (entries.has('ofd.xml')) return 'OFD 版式文件';
  return '压缩包';
}

function readLooks(part: Buffer): NumberLook[] {
  const custom = new Map<string, NumberLook>();
  const looks: NumberLook[] = [];
  let inCellStyles = false;
  eachTag(
    part,
    (named, attributes) => {
      if (named('numFmt'))
        custom.set(attributes().get('numFmtId') ?? '', lookOfFormat(attributes().get('formatCode') ?? ''));
      else if (named('cellXfs')) inCellStyles = true;
      else if (inCellStyles && named('xf')) {
        const id = attributes().get('numFmtId') ?? '0';
        looks.push(custom.get(id) ?? lookOfBuiltIn(Number(id)));
      }
    },
    (named) => {
      if (named('cellXfs')) inCellStyles = false;
    },
  );
  return looks;
}

/** Reads workbook, relations and styles of the .xlsx at `path`; a zip without a workbook is refused as what it is. */
export async function readWorkbookParts(path: string, entries: ZipEntries): Promise<WorkbookParts> {
  const root = await readRelations(path, entries, '');
  const workbookPath = root.byType.get('officeDocument') ?? 'xl/workbook.xml';
  const workbook = entries.get(workbookPath);
  if (!workbook || !workbookPath.endsWith('.xml')) throw wrongKind(describeZip(entries));
  const relations = await readRelations(path, entries, workbookPath);
  const sheets: SheetPart[] = [];
  let since1904 = false;
  const found = { workbook: false };
  eachTag(await unpackWhole(path, workbook, smallPart), (named, attributes) => {
    if (named('workbook')) found.workbook = true;
    else if (named('workbookPr')) since1904 = ['1', 'true'].includes(attributes().get('date1904') ?? '');
    else if (named('sheet')) {
      const sheet = attributes();
      const target = relations.byId.get(sheet.get('id') ?? '') ?? '';
      if (entries.has(target))
        sheets.push({
          name: sheet.get('name') ?? '',
          path: target,
          hidden: (sheet.get('state') ?? 'visible') !== 'visible',
        });
    }
  });
  if (!found.workbook) throw wrongKind(describeZip(entries));
  if (sheets.length === 0) throw unreadable('工作簿里没有可读的工作表');
  const styles = entries.get(relations.byType.get('styles') ?? '');
  const sharedStringsPath = relations.byType.get('sharedStrings');
  return {
    sheets,
    since1904,
    sharedStringsPath:
      sharedStringsPath !== undefined && entries.has(sharedStringsPath) ? sharedStringsPath : undefined,
    looks: styles ? readLooks(await unpackWhole(path, styles, smallPart)) : [],
  };
}
