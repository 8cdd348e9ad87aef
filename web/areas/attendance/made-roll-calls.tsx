import { listRollCalls } from '#contract/attendance-views.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { List } from '#web/parts/list.tsx';
import { useGo } from '#web/ui/go.tsx';
import { count, momentShort } from '#web/ui/words.ts';
import { halfDayPath, weekdayWords } from './attendance-words.ts';
import { SpanAndSchool } from './span-and-school.tsx';

type Row = OutputOf<typeof listRollCalls>['rows'][number];

/** The roll calls that were made in a span; a press opens the class on that day. */
export function MadeRollCalls({ from, to }: { from: string; to: string }) {
  const go = useGo();
  return (
    <List<Row>
      endpoint={listRollCalls}
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
        { key: 'partWords', title: '时段' },
        {
          key: 'present',
          title: '到校',
          align: 'right',
          phone: true,
          render: (row) => `${count(row.present)} / ${count(row.onRoll)}`,
        },
        { key: 'unexcused', title: '无故缺勤', align: 'right', phone: true },
        { key: 'onLeave', title: '请假', align: 'right' },
        { key: 'markedName', title: '点名人' },
        { key: 'markedAt', title: '点名时间', render: (row) => momentShort(row.markedAt) },
      ]}
      empty="这段时间还没有点过名。各班点名后按日期列在这里。"
    />
  );
}
