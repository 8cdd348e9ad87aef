import { firstDayReasonWords, firstDayStateWords } from '#domain/attendance/words.ts';
import { firstDayReasons, firstDayStates } from '#domain/attendance/record.ts';
import { listFirstDays } from '#contract/attendance-first-day.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useAnswer } from '#web/api/use.ts';
import { FilterChoice } from '#web/parts/filters.tsx';
import { List, useListState } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Go, GoFigure, useGo } from '#web/ui/go.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { firstDayNames } from './first-day-words.ts';

type Row = OutputOf<typeof listFirstDays>['rows'][number];

const states = firstDayStates.map((value) => ({ value, label: `名单${firstDayStateWords[value]}` }));

function Reasons({ row, day }: { row: Row; day: string }) {
  const found = firstDayReasons.filter((reason) => (row.byReason[reason] ?? 0) > 0);
  if (found.length === 0) return <span className="quiet">—</span>;
  return (
    <span className="first-reasons">
      {found.map((reason) => (
        <span key={reason}>
          {firstDayReasonWords[reason]}{' '}
          <Go to={firstDayNames(day, { schoolId: row.schoolId, reason })}>{row.byReason[reason]}</Go>
        </span>
      ))}
    </span>
  );
}

/** The schools on the first day: who has signed, how many are missing and why; every number opens the names. */
export function FirstDaySchools({ day }: { day: string }) {
  const { state, set } = useListState();
  const go = useGo();
  const answer = useAnswer(listFirstDays, { day, page: 1, size: 1 });
  const { data } = answer;
  return (
    <List<Row>
      endpoint={listFirstDays}
      input={{ day }}
      rowKey="schoolId"
      onOpen={(row) => {
        go(addressOf(`/attendance/first-day/school/${row.schoolId}`, { day }));
      }}
      title={
        data === undefined ? (
          '各校名单'
        ) : (
          <>
            已签 {data.signed} 所，未签 {data.missing} 所；未到{' '}
            <GoFigure n={data.sum.absent} to={firstDayNames(day, { which: 'absent' })} /> 人，待说明{' '}
            <GoFigure n={data.sum.open} to={firstDayNames(day, { which: 'open' })} /> 人
          </>
        )
      }
      filters={
        <>
          <FilterChoice name="state" placeholder="名单" options={states} />
          <PickSchool
            value={state['schoolId']}
            onChange={(id) => {
              set({ schoolId: id });
            }}
          />
        </>
      }
      columns={[
        { key: 'schoolName', title: '学校', phone: true, render: (row) => <strong>{row.schoolName}</strong> },
        {
          key: 'state',
          title: '名单',
          phone: true,
          render: (row) => <Status kind={row.state === 'signed' ? 'ok' : 'wait'} words={row.stateWords} />,
        },
        { key: 'signedName', title: '签名人', render: (row) => row.signedName ?? '—' },
        {
          key: 'signedAt',
          title: '签名时间',
          render: (row) => (row.signedAt === null ? '—' : momentShort(row.signedAt)),
        },
        { key: 'classes', title: '班级', align: 'right' },
        { key: 'done', title: '已核对', align: 'right', phone: true },
        { key: 'onRoll', title: '应到', align: 'right' },
        { key: 'present', title: '到校', align: 'right', phone: true },
        {
          key: 'absent',
          title: '未到',
          align: 'right',
          phone: true,
          render: (row) => (
            <GoFigure n={row.absent} to={firstDayNames(day, { schoolId: row.schoolId, which: 'absent' })} />
          ),
        },
        {
          key: 'open',
          title: '待说明',
          align: 'right',
          phone: true,
          render: (row) => <GoFigure n={row.open} to={firstDayNames(day, { schoolId: row.schoolId, which: 'open' })} />,
        },
        { key: 'reasonsWords', title: '未到原因', phone: true, render: (row) => <Reasons row={row} day={day} /> },
        { key: 'elsewhere', title: '不在本校上课', align: 'right' },
      ]}
      empty="没有这样的学校。换一个筛选再看。"
    />
  );
}
