import { Drawer, Segmented, Select, Table } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import type { getReportForm } from '#contract/statistics-reports.ts';
import type { FormOpen } from '#domain/statistics/form-layout.ts';
import type { CoursePart } from '#domain/statistics/record.ts';
import { GoFigure } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { useListState } from '#web/parts/list.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { count } from '#web/ui/words.ts';

type Sheet = OutputOf<typeof getReportForm>['sheets'][number];

interface Line {
  key: number;
  cells: Sheet['rows'][number];
}

/** What the numbers of a column open. */
export type Opening = { part: CoursePart } | { of: FormOpen };
/** Where a number of a line opens its names; null where there are none to see. `column` tells the column of a sheet by its place. */
export type OpenCell = (line: string, opening: Opening, at: { recount: boolean; sheet: number; column: number }) => string | null; // prettier-ignore

function openingOf(column: Sheet['columns'][number] | undefined): Opening | null {
  if (column?.part != null) return { part: column.part };
  return column?.opens == null ? null : { of: column.opens };
}

/** A cell as the screen shows it: nothing stands back, so that what is there is seen, and what counts pupils opens their names. */
function shown(sheet: Sheet, at: number, cells: Sheet['rows'][number], index: number, open: OpenCell) {
  const [cell, column] = [cells[index], sheet.columns[index]];
  if (cell === null || cell === undefined) return '—';
  if (typeof cell === 'string') return cell;
  if (cell === 0) return <span className="rep-zero">0</span>;
  const opening = openingOf(column);
  if (column === undefined || opening === null) return count(cell);
  const line = String(cells[0] ?? '');
  return <GoFigure n={cell} to={open(line, opening, { recount: column.recount, sheet: at, column: index })} title={`${line} ${column.label} ${String(cell)}，看名单`} />; // prettier-ignore
}

/** The pixels of a column: wide enough for its longest number, its head broken into lines of three characters. */
function pixelsOf(sheet: Sheet, index: number): number {
  const column = sheet.columns[index];
  if (column === undefined) return 0;
  if (index === 0) return 12 + column.width * 6;
  if (!column.number) return 24 + column.width * 7;
  const lengths = sheet.rows.map((cells) => {
    const cell = cells[index];
    return typeof cell === 'number' ? count(cell).length : 0;
  });
  return Math.max(40 + Math.max(0, column.width - 7) * 8, 12 + Math.max(0, ...lengths) * 8);
}

/** Columns with their merged heads, as the printed form has them. */
function columnsOf(sheet: Sheet, at: number, open: OpenCell) {
  const leaves = sheet.columns.map((column, index) => ({
    key: String(index),
    title: column.label,
    group: column.group,
    width: pixelsOf(sheet, index),
    align: index === 0 ? ('left' as const) : ('center' as const),
    ...(index === 0 ? { fixed: 'left' as const } : {}),
    render: (_value: unknown, line: Line) => shown(sheet, at, line.cells, index, open),
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
  const at = chosen < sheets.length ? chosen : 0;
  const sheet = sheets[at];
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
      {phone ? (
        <OneLine key={sheet.title} sheet={sheet} at={at} open={open} />
      ) : (
        <Wide sheet={sheet} at={at} open={open} />
      )}
      {sheet.notes.map((one) => (
        <p key={one} className="quiet">
          {one}
        </p>
      ))}
    </Block>
  );
}

function Wide({ sheet, at, open }: { sheet: Sheet; at: number; open: OpenCell }) {
  return (
    <Table<Line>
      size="small"
      bordered
      tableLayout="fixed"
      rowKey="key"
      className="rep-form"
      dataSource={sheet.rows.map((cells, key) => ({ key, cells }))}
      columns={columnsOf(sheet, at, open)}
      pagination={sheet.rows.length > 60 ? { pageSize: 60, showSizeChanger: false } : false}
      scroll={{ x: sheet.columns.reduce((sum, _column, index) => sum + pixelsOf(sheet, index), 0) }}
    />
  );
}

/** One line of a form, the sum first: its columns under the heads of their groups. */
function OneLine({ sheet, at, open }: { sheet: Sheet; at: number; open: OpenCell }) {
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
                <dd>{shown(sheet, at, row, index, open)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}

/** The lines that make up a sum of the district's form: opens where the address names a `sheet` and `column`; each number opens its names. */
export function ColumnBySchool({ sheets, open }: { sheets: readonly Sheet[]; open: OpenCell }) {
  const { state, set } = useListState();
  const phone = usePhone();
  const [at, index] = [Number(state['sheet'] ?? 'NaN'), Number(state['column'] ?? 'NaN')];
  const sheet = sheets[at];
  const column = sheet?.columns[index];
  if (sheet === undefined || column === undefined) return null;
  return (
    <Drawer
      open
      onClose={() => {
        set({ sheet: undefined, column: undefined });
      }}
      size={phone ? '100%' : 560}
      title={`${sheet.title}：${[column.group, column.label].filter((one) => one !== null).join('，')}，各校`}
    >
      <WideTable
        rows={sheet.rows.slice(0, -1).map((cells, key): Line => ({ key, cells }))}
        keyOf={(row) => String(row.key)}
        columns={[
          { key: 'name', title: '学校', render: (row) => <strong>{row.cells[0]}</strong> },
          {
            key: 'value',
            title: column.label,
            align: 'right',
            render: (row) => shown(sheet, at, row.cells, index, open),
          },
        ]}
      />
    </Drawer>
  );
}
