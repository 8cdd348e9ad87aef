import { PlusOutlined } from '@ant-design/icons';
import { exportVisits, listVisits } from '#contract/visits.ts';
import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import { visitModes } from '#domain/visits/record.ts';
import { visitModeWords } from '#domain/visits/words.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { useThen } from '#web/parts/as-of.tsx';
import { DayField } from '#web/parts/day-field.tsx';
import { FilterChild, FilterChoice } from '#web/parts/filters.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { signedLook } from './visits-words.ts';
import './visits.css';

type Row = OutputOf<typeof listVisits>['rows'][number];

const modeChoices = visitModes.map((value) => ({ value, label: visitModeWords[value] }));
const metChoices = [
  { value: 'yes', label: '见到' },
  { value: 'no', label: '未遇' },
];

const columns: readonly ListColumn<Row>[] = [
  { key: 'childName', title: '学生', phone: true, render: (row) => <strong>{row.childName}</strong> },
  { key: 'at', title: '走访时间', phone: true, render: (row) => momentShort(row.at) },
  { key: 'modeWords', title: '方式' },
  {
    key: 'met',
    title: '结果',
    phone: true,
    render: (row) =>
      row.met ? (
        <Status kind="ok" words="见到" />
      ) : (
        <Status kind="warn" words={`未遇：${row.notMetWords ?? '未写明'}`} />
      ),
  },
  { key: 'className', title: '班级', phone: true },
  { key: 'schoolName', title: '学校' },
  { key: 'visitors', title: '走访教师' },
  { key: 'guardian', title: '受访家长' },
  { key: 'purpose', title: '目的', extra: true },
  { key: 'measures', title: '措施', extra: true },
  { key: 'nextDay', title: '下次跟进' },
  {
    key: 'signedState',
    title: '签名',
    phone: true,
    render: (row) => <Status kind={signedLook[row.signedState]} words={row.signedWords} />,
  },
  { key: 'byName', title: '登记人', extra: true },
];

/** The filters of the address that the export understands as the list does. */
function exported(state: Record<string, string>): InputOf<typeof exportVisits> {
  const { page: _page, size: _size, ...asked } = state;
  return asked;
}

/** 走访记录: every visit within reach, by school, mode, result and span; each opens its record. */
export function VisitsPage() {
  const { state, set } = useListState();
  const go = useGo();
  const mayRecord = useMay('visits.record');
  const off = useThen()?.why ?? null;
  const filtered = Object.keys(state).some((key) => key !== 'page' && key !== 'size');
  const day = (key: 'from' | 'to', words: string) => (
    <DayField
      words={words}
      width={140}
      alone
      allowClear
      value={state[key]}
      onChange={(next) => {
        set({ [key]: next });
      }}
    />
  );
  return (
    <Page
      title="走访记录"
      extra={
        mayRecord ? (
          <GoButton to="/visits/new" type="primary" icon={<PlusOutlined />} off={off}>
            登记走访
          </GoButton>
        ) : null
      }
    >
      <List<Row>
        endpoint={listVisits}
        columns={columns}
        rowKey="id"
        onOpen={(row) => {
          go(`/visits/${row.id}`);
        }}
        exportUrl={(asked) => fileUrl(exportVisits, exported(asked))}
        empty={
          filtered ? (
            <Empty words="没有符合这些条件的走访。可以去掉一些筛选条件再看。" />
          ) : (
            <Empty
              words="还没有走访记录。上门、电话或线上走访登记后，连同签名和照片列在这里；未遇的也要登记。"
              action={
                mayRecord ? (
                  <GoButton to="/visits/new" type="primary">
                    登记走访
                  </GoButton>
                ) : undefined
              }
            />
          )
        }
        filters={
          <>
            <FilterChild />
            <PickSchool
              value={state['schoolId']}
              onChange={(id) => {
                set({ schoolId: id });
              }}
            />
            <FilterChoice name="mode" placeholder="方式" options={modeChoices} width={110} />
            <FilterChoice name="met" placeholder="结果" options={metChoices} width={110} />
            {day('from', '从哪天起')}
            {day('to', '到哪天止')}
          </>
        }
      />
    </Page>
  );
}
