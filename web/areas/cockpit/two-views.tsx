import { useState, type ReactNode } from 'react';
import { Segmented } from 'antd';
import { Block } from '#web/ui/page.tsx';

/** One thing in two views: chart and table. */
export function TwoViews({
  title,
  chart,
  table,
  note,
  foot,
}: {
  title: string;
  chart: ReactNode;
  table: ReactNode;
  note?: ReactNode;
  foot?: ReactNode;
}) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  return (
    <Block
      title={title}
      extra={
        <Segmented
          value={view}
          aria-label={`${title}：换成图或表`}
          onChange={setView}
          options={[
            { value: 'chart', label: '图' },
            { value: 'table', label: '表' },
          ]}
        />
      }
    >
      {note === undefined ? null : <div className="quiet two-views-note">{note}</div>}
      {view === 'chart' ? chart : table}
      {foot === undefined ? null : <p className="quiet">{foot}</p>}
    </Block>
  );
}
