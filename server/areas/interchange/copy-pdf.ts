import { roleWords, isRole } from '#domain/basics/roles.ts';
import { isPlatformColumn } from '#domain/interchange/copy-columns.ts';
import { isPlatformKey } from '#domain/interchange/copy-keys.ts';
import { chinaMoment } from '#server/clock.ts';
import type { Block } from '#server/documents/model.ts';
import { namedColumns, type Copy, type CopySection } from './copy-content.ts';
import { labelOf, valueLines } from './copy-lines.ts';

/** What a cell of the readable copy holds at the most; the rest stands in the JSON, and the cell says so. */
const longestCell = 1200;

function cellOf(lines: readonly string[]): string {
  const text = lines.join('\n');
  return text.length > longestCell ? `${text.slice(0, longestCell)}…（全文见 JSON）` : text;
}

/** The columns of a row with their lines; what was sealed was written by people and is opened into lines of its own. */
function pairsOf(copy: Copy, table: string, row: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(row).flatMap(([column, value]): [string, string][] => {
    if (isPlatformColumn(column)) return [];
    if (column === 'sealed' && typeof value === 'object' && value !== null)
      return Object.entries(value)
        .filter(([key]) => !isPlatformKey(key))
        .map(([key, inner]): [string, string] => [labelOf(table, key), cellOf(valueLines(table, key, inner))])
        .filter(([, text]) => text !== '');
    const named = typeof value === 'string' ? copy.names[value] : undefined;
    if (namedColumns.includes(column)) return named === undefined ? [] : [[labelOf(table, column), named]];
    const text = cellOf(valueLines(table, column, value));
    return text === '' ? [] : [[labelOf(table, column), text]];
  });
}

function sectionBlocks(copy: Copy, section: CopySection): Block[] {
  return section.rows.flatMap((row, index): Block[] => {
    const rows = pairsOf(copy, section.table, row);
    if (rows.length === 0) return [];
    const head: Block = { as: 'heading', level: 2, text: `${section.words} ${String(index + 1)}` };
    return [...(section.rows.length > 1 ? [head] : []), { as: 'table', widths: [3, 9], head: ['项目', '内容'], rows }];
  });
}

/** The sections of a readable copy: what is held, what is held of nothing, who looked, what is left out and why. */
export function copySections(copy: Copy): { title: string; blocks: Block[] }[] {
  const full = copy.sections.filter((section) => section.rows.length > 0);
  const empty = copy.sections.filter((section) => section.rows.length === 0).map(({ words }) => words);
  const roles = (role: string | null) => (role ?? '').split(',').map((one) => (isRole(one) ? roleWords[one] : one)).join('、'); // prettier-ignore
  return [
    ...full.map((section) => ({ title: section.words, blocks: sectionBlocks(copy, section) })),
    { title: '没有记录的项目', blocks: [{ as: 'plain', text: empty.length === 0 ? '无。' : `${empty.join('、')}。` }] },
    {
      title: '谁看过这份档案',
      blocks:
        copy.lookedAt.length === 0
          ? [{ as: 'note', text: '没有查看记录。' }]
          : [
              {
                as: 'table',
                widths: [3, 4, 3, 3],
                head: ['时间', '做了什么', '岗位', '理由'],
                rows: copy.lookedAt.map((look) => [chinaMoment(new Date(look.at)), look.words, roles(look.role), look.reason ?? '']), // prettier-ignore
              },
              { as: 'note', text: '依审计记录列出；工作人员姓名不在本份之列。' },
            ],
    },
    {
      title: '不在本份中的内容及理由',
      blocks: [{ as: 'table', widths: [3, 9], head: ['内容', '理由'], rows: copy.excluded.map(({ words, why }) => [words, why]) }], // prettier-ignore
    },
  ];
}
