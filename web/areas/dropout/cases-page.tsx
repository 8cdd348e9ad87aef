import { PlusOutlined } from '@ant-design/icons';
import { exportCases } from '#contract/dropout-ledgers.ts';
import { listCases } from '#contract/dropout-views.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { caseKindWords, caseStateWords } from '#domain/dropout/words.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useThen } from '#web/parts/as-of.tsx';
import { FilterChild, FilterChoice, FilterText } from '#web/parts/filters.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool, PickSubdistrict } from '#web/parts/pick.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { dueWords } from '#web/ui/words.ts';
import { choicesOf, stateLook, type CaseLine } from './case-words.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import './dropout.css';

const stateChoices = [
  { value: 'open', label: '未结的' },
  { value: 'all', label: '全部' },
  ...choicesOf(caseStateWords),
];

function columnsOn(today: string): ListColumn<CaseLine>[] {
  return [
    {
      key: 'name',
      title: '学生',
      phone: true,
      render: (row) => (
        <>
          <strong>{row.name}</strong> {row.urgent ? <Status kind="bad" words="紧急" /> : null}{' '}
          {row.waitingElsewhere ? <Status kind="wait" words="待外地回函" /> : null}
        </>
      ),
    },
    {
      key: 'state',
      title: '状态',
      phone: true,
      render: (row) => <Status kind={stateLook[row.state]} words={row.stateWords} />,
    },
    { key: 'kindWords', title: '类别' },
    { key: 'nextWords', title: '下一步', phone: true },
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
    { key: 'ownerWords', title: '责任人', phone: true },
    { key: 'schoolName', title: '学校' },
    { key: 'className', title: '班级' },
    { key: 'subdistrictName', title: '街道' },
    { key: 'reasonWords', title: '原因' },
    { key: 'whereaboutsWords', title: '去向' },
    { key: 'persuasions', title: '劝返次数', align: 'right' },
    { key: 'clockStart', title: '起算日' },
    { key: 'round', title: '轮次', align: 'right', extra: true },
    { key: 'categoryWords', title: '销号类别', extra: true },
    { key: 'documentMask', title: '证件号码', extra: true },
    { key: 'birthDate', title: '出生日期', extra: true },
  ];
}

/** The filters of the address that the export understands as the list does. */
function exported(state: Record<string, string>): InputOf<typeof exportCases> {
  const { page: _page, size: _size, ...asked } = state;
  return asked;
}

/** 个案: every case within reach, by state, kind, school, street and overdue; each opens its record. */
export function CasesPage() {
  const { state, set } = useListState();
  const go = useGo();
  const { today } = useMe();
  const then = useThen();
  const mayReport = useMay('cases.report');
  const mayExport = useMay('export.lists');
  const filtered = Object.keys(state).some((key) => key !== 'page' && key !== 'size');
  const report = mayReport ? (
    <GoButton to="/cases/report" type="primary" icon={<PlusOutlined />} off={then?.why ?? null}>
      报告疑似辍学
    </GoButton>
  ) : undefined;
  return (
    <Page title="个案" extra={report}>
      <List<CaseLine>
        endpoint={listCases}
        columns={columnsOn(then?.day ?? today)}
        rowKey="id"
        onOpen={(row) => {
          go(`/cases/${row.id}`);
        }}
        {...(mayExport ? { exportUrl: (asked: Record<string, string>) => fileUrl(exportCases, exported(asked)) } : {})}
        empty={
          filtered ? (
            <Empty words="没有符合这些条件的个案。可以去掉一些筛选条件再看。" />
          ) : (
            <Empty words="没有未结的个案。缺勤达到标准时自动立案；学校、社区也可以直接报告疑似辍学。" action={report} />
          )
        }
        filters={
          <>
            <FilterText placeholder="姓名" />
            <FilterChild />
            <FilterChoice name="state" placeholder="未结的" options={stateChoices} width={150} />
            <FilterChoice name="kind" placeholder="类别" options={choicesOf(caseKindWords)} width={110} />
            <PickSchool
              value={state['schoolId']}
              onChange={(id) => {
                set({ schoolId: id });
              }}
            />
            <PickSubdistrict
              value={state['subdistrict']}
              onChange={(code) => {
                set({ subdistrict: code });
              }}
            />
            <FilterChoice name="overdue" placeholder="期限" options={[{ value: 'yes', label: '已超期' }]} width={110} />
            <FilterChoice
              name="mine"
              placeholder="由谁办"
              options={[{ value: 'yes', label: '等我办的' }]}
              width={120}
            />
          </>
        }
      />
    </Page>
  );
}
