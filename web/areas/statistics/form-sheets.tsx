import { Segmented, Select, Table } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import type { getReportForm } from '#contract/statistics-reports.ts';
import type { CoursePart } from '#domain/statistics/record.ts';
import { GoFigure } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { count } from '#web/ui/words.ts';

type Sheet = OutputOf<typeof getReportForm>['sheets'][number];

interface Line {
  key: number;
  cells: Sheet['rows'][number];
}

/** Where a number of a line opens its names; null where there are none to see. */
export type OpenCell = (line: string, part: CoursePart, recount: boolean) => string | null;

/** A cell as the screen shows it: nothing stands back, so that what is there is seen, and what counts pupils opens their names. */
function shown(sheet: Sheet, cells: Sheet['rows'][number], index: number, open: OpenCell) {
  const [cell, column] = [cells[index], sheet.columns[index]];
  if (cell === null || cell === undefined) return '—';
  if (typeof cell === 'string') return cell;
  if (cell === 0) return <span className="rep-zero">0</span>;
  if (column?.part == null) return count(cell);
  const line = String(cells[0] ?? '');
  return <GoFigure n={cell} to={open(line, column.part, column.recount)} title={`${line} ${column.label} ${String(cell)}，看名单`} />; // prettier-ignore
}

/** The pixels of a column: wide enough for its numbers, its head broken into lines of three characters. */
function pixelsOf(column: Sheet['columns'][number], index: number): number {
  if (index === 0) return 12 + column.width * 6;
  return column.number ? 40 + Math.max(0, column.width - 7) * 8 : 24 + column.width * 7;
}

/** Columns with their merged heads, as the printed form has them. */
function columnsOf(sheet: Sheet, open: OpenCell) {
  const leaves = sheet.columns.map((column, index) => ({
    key: String(index),
    title: column.label,
    group: column.group,
    width: pixelsOf(column, index),
    align: index === 0 ? ('left' as const) : ('center' as const),
    ...(index === 0 ? { fixed: 'left' as const } : {}),
    render: (_value: unknown, line: Line) => shown(sheet, line.cells, index, open),
  }));
  const heads: (
    | Omit<(typeof leaves)[number], 'group'>
    | { key: string; title: string; align: 'center'; children: (typeof leaves)[number][] }
  )[] = [];
  for (const leaf of leaves) {
    const last = heads.at(-1);
    if (leaf.group === null) heads.push(leaf);
    else if (last && 'children' in last && last.title === leaf.group) last.children.push(leaf);
    else heads.push({ key: `${leaf.group} ${leaf.key}`, title: leaf.group, align: 'center', children: [leaf] });
  }
  return heads;
}

/** The forms of a period as they are printed, one at a time; on a phone one line of the form, group by group. */
export function FormSheets({ sheets, note, open }: { sheets: readonly Sheet[]; note: string; open: OpenCell }) {
  const phone = usePhone();
  const [chosen, choose] = useState(0);
  const sheet = sheets[chosen] ?? sheets[0];
  if (sheet === undefined) return null;
  return (
    <Block
      title={sheet.title}
      extra={
        sheets.length > 1 ? (
          <Segmented
            aria-label="报表"
            value={chosen}
            options={sheets.map((one, index) => ({ value: index, label: one.title }))}
            onChange={choose}
          />
        ) : null
      }
    >
      <p className="quiet">
        {sheet.unit}　{sheet.period}　{note}
      </p>
      {phone ? <OneLine key={sheet.title} sheet={sheet} open={open} /> : <Wide sheet={sheet} open={open} />}
      {sheet.notes.map((one) => (
        <p key={one} className="quiet">
          {one}
        </p>
      ))}
    </Block>
  );
}

function Wide({ sheet, open }: { sheet: Sheet; open: OpenCell }) {
  return (
    <Table<Line>
      size="small"
      bordered
      tableLayout="fixed"
      rowKey="key"
      className="rep-form"
      dataSource={sheet.rows.map((cells, key) => ({ key, cells }))}
      columns={columnsOf(sheet, open)}
      pagination={sheet.rows.length > 60 ? { pageSize: 60, showSizeChanger: false } : false}
      scroll={{ x: sheet.columns.reduce((sum, column, index) => sum + pixelsOf(column, index), 0) }}
    />
  );
}

/** One line of a form, the sum first: its columns under the heads of their groups. */
function OneLine({ sheet, open }: { sheet: Sheet; open: OpenCell }) {
  const [chosen, choose] = useState(sheet.rows.length - 1);
  const row = sheet.rows[chosen] ?? [];
  const groups: { title: string | null; columns: { label: string; index: number }[] }[] = [];
  for (const [index, column] of sheet.columns.entries()) {
    if (index === 0) continue;
    const last = groups.at(-1);
    const own = { label: column.label, index };
    if (last?.title === column.group) last.columns.push(own);
    else groups.push({ title: column.group, columns: [own] });
  }
  return (
    <>
      <Select
        aria-label={sheet.columns[0]?.label ?? '行'}
        style={{ width: '100%' }}
        value={chosen}
        options={sheet.rows.map((cells, value) => ({ value, label: String(cells[0] ?? '') }))}
        onChange={choose}
      />
      {groups.map((group) => (
        <section
          key={group.columns[0]?.index}
          className="rep-group"
          aria-label={group.title ?? group.columns[0]?.label}
        >
          <h3>{group.title ?? ''}</h3>
          <dl>
            {group.columns.map(({ label, index }) => (
              <div key={index}>
                <dt>{label}</dt>
                <dd>{shown(sheet, row, index, open)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
