import { PlusOutlined } from '@ant-design/icons';
import { changeFilters, exportChanges, listChanges } from '#contract/enrolment-changes.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useThen } from '#web/parts/as-of.tsx';
import { FilterChild, FilterChoice, FilterText } from '#web/parts/filters.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { dueWords } from '#web/ui/words.ts';
import { BulkActs } from './bulk-acts.tsx';
import { changeLook, choicesOf, type ChangeLine } from './change-words.ts';

const stateChoices = [
  { value: 'open', label: '在办的' },
  { value: 'all', label: '全部' },
  ...choicesOf(changeStateWords),
];

function columnsOn(today: string): ListColumn<ChangeLine>[] {
  return [
    { key: 'name', title: '学生', phone: true, render: (row) => <strong>{row.name}</strong> },
    { key: 'kindWords', title: '类别', phone: true },
    {
      key: 'state',
      title: '状态',
      phone: true,
      render: (row) => <Status kind={changeLook[row.state]} words={row.stateWords} />,
    },
    { key: 'ownerWords', title: '等谁办', phone: true },
    {
      key: 'dueDate',
      title: '期限',
      phone: true,
      render: (row) =>
        row.dueDate === null ? (
          '—'
        ) : (
          <Status kind={row.overdue ? 'bad' : 'wait'} words={`${row.dueDate} ${dueWords(row.dueDate, today)}`} />
        ),
    },
    { key: 'schoolName', title: '学籍学校' },
    {
      key: 'className',
      title: '年级班级',
      render: (row) => row.className ?? (row.grade === null ? '—' : wordsOfGrade(row.grade)),
    },
    { key: 'toSchoolName', title: '转入学校' },
    { key: 'fromDay', title: '生效日期' },
    { key: 'endsOn', title: '结束日期' },
    { key: 'askedOn', title: '提出日期' },
    { key: 'askedName', title: '提出人' },
    { key: 'code', title: '国标代码', extra: true, render: (row) => `${row.code} ${row.codeWords}` },
    { key: 'doneOn', title: '办结日期', extra: true },
  ];
}

/** 学籍异动: every change within reach by kind, state, school and overdue; each opens its record. */
export function ChangesPage() {
  const { state, set } = useListState();
  const go = useGo();
  const { today } = useMe();
  const then = useThen();
  const off = then?.why ?? null;
  const mayAsk = useMay('changes.ask');
  const mayExport = useMay('export.lists');
  const mayDecide = useMay('changes.decide');
  const start = mayAsk ? (
    <GoButton to="/changes/new" type="primary" icon={<PlusOutlined />} off={off}>
      提出异动
    </GoButton>
  ) : undefined;
  return (
    <Page
      title="学籍异动"
      extra={
        <>
          {start}
          {mayAsk ? (
            <GoButton to="/changes/sheets" off={off}>
              批量办理
            </GoButton>
          ) : null}
          <GoButton to="/changes/forms">空白表</GoButton>
        </>
      }
    >
      <List<ChangeLine>
        endpoint={listChanges}
        columns={columnsOn(then?.day ?? today)}
        rowKey="id"
        onOpen={(row) => {
          go(`/changes/${row.id}`);
        }}
        {...(mayDecide
          ? {
              batch: (chosen: ChangeLine[], clear: () => void) => (
                <BulkActs chosen={chosen} clear={clear} today={today} />
              ),
            }
          : {})}
        empty={<Empty words="没有符合条件的学籍异动。转学、休学、复学、留级等由学校在这里提出。" action={start} />}
        {...(mayExport
          ? {
              exportUrl: (now: Record<string, string>) =>
                fileUrl(exportChanges, changeFilters.safeParse(now).data ?? {}),
            }
          : {})}
        filters={
          <>
            <FilterText placeholder="姓名" />
            <FilterChild />
            <FilterChoice name="state" placeholder="在办的" options={stateChoices} width={160} />
            <FilterChoice name="kind" placeholder="类别" options={choicesOf(changeKindWords)} width={150} />
            <PickSchool
              value={state['schoolId']}
              onChange={(id) => {
                set({ schoolId: id });
              }}
            />
            <FilterChoice name="overdue" placeholder="期限" options={[{ value: 'yes', label: '已超期' }]} width={110} />
          </>
        }
      />
    </Page>
  );
}
