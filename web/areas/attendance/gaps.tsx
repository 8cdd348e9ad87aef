import { listGaps } from '#contract/attendance-views.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { List } from '#web/parts/list.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Status } from '#web/ui/status.tsx';
import { halfDayPath, weekdayWords } from './attendance-words.ts';
import { SpanAndSchool } from './span-and-school.tsx';

type Gap = OutputOf<typeof listGaps>['rows'][number];

/** Half-days of classes without a roll call; a press opens the class on that day. */
export function Gaps({ from, to }: { from: string; to: string }) {
  const go = useGo();
  return (
    <List<Gap>
      endpoint={listGaps}
      input={{ from, to }}
      rowKey={(row) => `${row.classId} ${row.day} ${row.part}`}
      onOpen={(row) => {
        go(halfDayPath(row));
      }}
      filters={<SpanAndSchool from={from} to={to} />}
      columns={[
        { key: 'className', title: '班级', phone: true },
        { key: 'schoolName', title: '学校', phone: true },
        { key: 'day', title: '日期', phone: true, render: (row) => `${row.day} ${weekdayWords(row.day)}` },
        { key: 'partWords', title: '时段', phone: true },
        { key: 'state', title: '情况', render: () => <Status kind="warn" words="未点名，情况未知" /> },
      ]}
      empty="这段时间各班都已点名。没有点名的班级与时段会列在这里，不算到校也不算缺勤。"
    />
  );
}
