import { Segmented, Table } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import type { getReportForm } from '#contract/statistics-reports.ts';
import { Block } from '#web/ui/page.tsx';

type Sheet = OutputOf<typeof getReportForm>['sheets'][number];

interface Line {
  key: number;
  cells: Sheet['rows'][number];
}

/** Columns with their merged heads, as the printed form has them. */
function columnsOf(sheet: Sheet) {
  const leaves = sheet.columns.map((column, index) => ({
    key: String(index),
    title: column.label,
    group: column.group,
    width: index === 0 ? 24 + column.width * 8 : 16 + column.width * 6,
    align: index === 0 ? ('left' as const) : ('center' as const),
    ...(index === 0 ? { fixed: 'left' as const } : {}),
    render: (_value: unknown, line: Line) => line.cells[index],
  }));
  const heads: (
    Omit<(typeof leaves)[number], 'group'> | { key: string; title: string; children: (typeof leaves)[number][] }
  )[] = [];
  for (const leaf of leaves) {
    const last = heads.at(-1);
    if (leaf.group === null) heads.push(leaf);
    else if (last && 'children' in last && last.title === leaf.group) last.children.push(leaf);
    else heads.push({ key: `${leaf.group} ${leaf.key}`, title: leaf.group, children: [leaf] });
  }
  return heads;
}

/** The forms of a period as they are printed, one at a time. */
export function FormSheets({ sheets, note }: { sheets: readonly Sheet[]; note: string }) {
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
      <Table<Line>
        size="small"
        bordered
        rowKey="key"
        className="rep-form"
        dataSource={sheet.rows.map((cells, key) => ({ key, cells }))}
        columns={columnsOf(sheet)}
        pagination={sheet.rows.length > 60 ? { pageSize: 60, showSizeChanger: false } : false}
        scroll={{ x: 'max-content' }}
      />
      {sheet.notes.map((one) => (
        <p key={one} className="quiet">
          {one}
        </p>
      ))}
    </Block>
  );
}
