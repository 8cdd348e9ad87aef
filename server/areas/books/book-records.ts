import { reasonGroups, whereaboutsCodes } from '#domain/dropout/record.ts';
import { reasonGroupWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { documentKindWords } from '#domain/notices/words.ts';
import { documentKinds } from '#domain/notices/record.ts';
import { periodKindWords } from '#domain/statistics/words.ts';
import { visitModes } from '#domain/visits/record.ts';
import { visitModeWords } from '#domain/visits/words.ts';
import type { Block } from '#server/documents/model.ts';
import type { Context } from '#server/http/context.ts';
import { wordOf } from './sheets/ledgers.ts';
import type { SheetAsk } from './sheet.ts';
import { countVisits, readIssued, readReported, readSigned } from './store-book.ts';

type Span = SheetAsk & { from: string };

function table(widths: readonly number[], head: readonly string[], rows: readonly (readonly string[])[]): Block[] {
  return rows.length === 0 ? [{ as: 'note', text: '本期无。' }] : [{ as: 'table', widths, head, rows }];
}

/** The reports of dropouts of the school year. */
export async function reportedBlocks(context: Context, span: Span): Promise<Block[]> {
  const rows = await readReported(context.client, context.district, span);
  return table(
    [2, 3, 2.5, 2.5, 2.5, 2.5, 2],
    ['学生', '班级', '首次缺课', '发现', '原因', '去向', '报告人'],
    rows.map((row) => [
      row.name,
      `${span.schoolId === null ? (row.schoolName ?? '') : ''}${row.className ?? ''}`,
      row.firstAbsentOn ?? '—',
      row.discoveredOn,
      wordOf(reasonGroups, reasonGroupWords, row.reasonGroup),
      wordOf(whereaboutsCodes, whereaboutsWords, row.whereabouts),
      row.reportedName,
    ]),
  );
}

/** Visits of the school year by month and way. */
export async function visitBlocks(context: Context, span: Span): Promise<Block[]> {
  const rows = await countVisits(context.client, context.district, span);
  return table(
    [2, 2, 2, 2, 2],
    ['月份', '方式', '走访次数', '见到人次', '涉及学生'],
    rows.map((row) => [row.month, wordOf(visitModes, visitModeWords, row.mode), String(row.visits), String(row.met), String(row.children)]), // prettier-ignore
  );
}

/** Documents issued in the school year. */
export async function documentBlocks(context: Context, span: Span): Promise<Block[]> {
  const rows = await readIssued(context.client, context.district, span);
  return table(
    [4, 3, 2, 2.5, 2],
    ['文号', '文书', '学生', '签发日期', '签发人'],
    rows.map((row) => [row.numberWords ?? '—', wordOf(documentKinds, documentKindWords, row.kind), row.childName, row.issuedDay, row.signerName]), // prettier-ignore
  );
}

/** The last signed version of each report of the school year with its fingerprint. */
export async function signedBlocks(context: Context, span: Span): Promise<Block[]> {
  const rows = await readSigned(context.client, context.district, span);
  const whole = span.schoolId === null;
  return table(
    [...(whole ? [3] : []), 1.5, 4.5, 1.5, 1.5, 1.5, 2, 2.5, 2.5],
    [...(whole ? ['学校'] : []), '报告', '期间', '期末', '辍学', '复学', '签报人', '签报日期', '指纹前八位'],
    rows.map((row) => [
      ...(whole ? [row.schoolName] : []),
      `${periodKindWords[row.periodKind]}${row.nil ? '（零）' : ''}`,
      `${row.fromDate} 至 ${row.toDate}${row.version > 1 ? `（第 ${String(row.version)} 版）` : ''}`,
      String(row.counts['S1'] ?? 0),
      String(row.counts['Drop'] ?? 0),
      String(row.counts['Returned'] ?? 0),
      row.signedName,
      `${row.signedOn}${row.accepted ? '　已审核' : ''}`,
      row.fingerprint.slice(0, 8),
    ]),
  );
}
