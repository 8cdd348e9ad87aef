import { firstDayReasons } from '#domain/attendance/record.ts';
import { firstDayReasonWords } from '#domain/attendance/words.ts';
import { listFirstDayPupils } from '#contract/attendance-first-day.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { FilterChoice } from '#web/parts/filters.tsx';
import { List, useListState } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { addressOf } from '#web/ui/address.ts';
import { useGo } from '#web/ui/go.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { saidWords } from './first-day-words.ts';

type Row = OutputOf<typeof listFirstDayPupils>['rows'][number];

const reasons = firstDayReasons.map((value) => ({ value, label: firstDayReasonWords[value] }));
const which = [
  { value: 'absent', label: '已说明' },
  { value: 'open', label: '待说明' },
];

/** The pupils who were not at school on the first day, the unaccounted first; a press opens the class. */
export function FirstDayPupils({ day }: { day: string }) {
  const { state, set } = useListState();
  const go = useGo();
  return (
    <List<Row>
      endpoint={listFirstDayPupils}
      input={{ day }}
      rowKey="childId"
      onOpen={(row) => {
        go(addressOf(`/attendance/first-day/${row.classId}`, { day }));
      }}
      title="首日没有到校的学生"
      filters={
        <>
          <FilterChoice name="which" placeholder="说明情况" options={which} />
          <FilterChoice name="reason" placeholder="原因" options={reasons} width={180} />
          <PickSchool
            value={state['schoolId']}
            onChange={(id) => {
              set({ schoolId: id });
            }}
          />
        </>
      }
      columns={[
        { key: 'name', title: '姓名', phone: true, render: (row) => <strong>{row.name}</strong> },
        { key: 'className', title: '班级', phone: true },
        { key: 'schoolName', title: '学校', phone: true },
        { key: 'markWords', title: '点名' },
        {
          key: 'reason',
          title: '原因',
          phone: true,
          render: (row) => (row.entry ? saidWords(row.entry).reason : <Status kind="bad" words="待说明" />),
        },
        {
          key: 'whereabouts',
          title: '去向',
          phone: true,
          render: (row) => (row.entry ? saidWords(row.entry).whereabouts : '—'),
        },
        { key: 'enteredName', title: '登记人', render: (row) => row.entry?.enteredName ?? '—' },
        { key: 'enteredAt', title: '登记时间', render: (row) => (row.entry ? momentShort(row.entry.enteredAt) : '—') },
      ]}
      empty="没有这样的学生。首日没有到校的学生点名后列在这里。"
    />
  );
}
