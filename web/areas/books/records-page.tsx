import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { listRecords } from '#contract/books-records.ts';
import { listRoster } from '#contract/enrolment.ts';
import { workKinds, type WorkKind } from '#domain/books/work-record.ts';
import { workKindWords, workStateWords } from '#domain/books/work-words.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { offThen, useThen } from '#web/parts/as-of.tsx';
import { FilterChoice } from '#web/parts/filters.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import type { RecordRow } from './record-fields.ts';
import { RecordForm } from './record-form.tsx';
import { RecordState, RecordView } from './record-view.tsx';
import './books.css';

const states = (['open', 'mended', 'settled', 'helped', 'ended', 'withdrawn'] as const).map((value) => ({ value, label: workStateWords[value] })); // prettier-ignore

const columns: ListColumn<RecordRow>[] = [
  { key: 'day', title: '日期', phone: true, width: 110 },
  {
    key: 'kind',
    title: '类别',
    phone: true,
    render: (row) => [...new Set([workKindWords[row.kind], row.sortWords])].join(' · '),
  },
  { key: 'title', title: '内容', phone: true, render: (row) => <strong>{row.content.title}</strong> },
  { key: 'schoolName', title: '学校' },
  {
    key: 'papers',
    title: '扫描件',
    align: 'right',
    render: (row) => (row.papers.length === 0 ? '—' : `${String(row.papers.length)} 份`),
  },
  { key: 'className', title: '范围', render: (row) => (row.kind === 'inspection' ? '—' : (row.className ?? '全校')) },
  {
    key: 'children',
    title: '人数',
    align: 'right',
    render: (row) =>
      row.kind === 'letter' || row.kind === 'aid'
        ? String(row.children.length + row.staff.length)
        : row.kind === 'pairing'
          ? String(row.children.length)
          : '—',
  },
  { key: 'state', title: '状态', phone: true, render: (row) => <RecordState row={row} /> },
  { key: 'dueDate', title: '整改期限' },
  { key: 'byName', title: '登记人', extra: true },
];

/** 工作记录: plans, help to pupils in several difficulties, letters signed, aid given, activities held, inspections and their findings, as the books print them. */
export function WorkRecordsPage() {
  const { state, set } = useListState();
  const { posts } = useMe();
  const mayKeep = useMay('records.keep');
  const mayInspect = useMay('records.inspect');
  const then = useThen();
  const [making, setMaking] = useState<{ kind: WorkKind; row: RecordRow | null } | null>(null);
  const inDistrict = posts.some((post) => post.unitKind === 'district');
  const roster = useAnswer(listRoster, { page: 1, size: 1 }, { enabled: !inDistrict });
  const own = posts.find((post) => post.unitKind === 'school')?.unitId ?? roster.data?.rows[0]?.schoolId;
  const kind = workKinds.find((one) => one === state['kind']);
  // A plan is of the whole school: who has a class alone writes none.
  const whole = posts.some((post) => post.unitKind !== 'class');
  const kinds = workKinds.filter((one) => (one === 'inspection' ? mayInspect : mayKeep && (one !== 'plan' || whole)));
  // Which record is open stands in the address, so that a duty leads to it; it is no filter of the list.
  const { record: open, ...asked } = state;
  const show = (firstId: string | undefined) => {
    set({ record: firstId, page: state['page'] });
  };
  const filtered = Object.keys(asked).some((key) => key !== 'page' && key !== 'size');
  const make = kinds
    .filter((one) => kind === undefined || one === kind)
    .map((one) => (
      <Button
        key={one}
        type={one === kind ? 'primary' : 'default'}
        icon={<PlusOutlined />}
        {...offThen(then)}
        onClick={() => {
          setMaking({ kind: one, row: null });
        }}
      >
        登记{workKindWords[one]}
      </Button>
    ));
  return (
    <Page
      title="工作记录"
      extra={
        <span className="books-take">
          {make}
          <GoButton to="/books">回到册表</GoButton>
        </span>
      }
    >
      <List<RecordRow>
        endpoint={listRecords}
        columns={columns}
        rowKey="firstId"
        asked={asked}
        onOpen={(row) => {
          show(row.firstId);
        }}
        empty={
          <Empty
            words={
              filtered
                ? '没有符合这些条件的记录。可以去掉一些筛选条件再看。'
                : '还没有工作记录。工作方案、责任书、资助、双困生帮扶、活动和督查登记后，列在这里，并进入一校一册。'
            }
          />
        }
        filters={
          <>
            <div className="books-kinds">
              <Segmented
                aria-label="类别"
                value={kind ?? 'all'}
                options={[{ value: 'all', label: '全部' }, ...workKinds.map((value) => ({ value, label: workKindWords[value] }))]} // prettier-ignore
                onChange={(next) => {
                  set({ kind: next === 'all' ? undefined : next });
                }}
              />
            </div>
            {inDistrict ? (
              <PickSchool
                value={state['schoolId']}
                onChange={(id) => {
                  set({ schoolId: id });
                }}
              />
            ) : null}
            <FilterChoice name="state" placeholder="状态" options={states} />
          </>
        }
      />
      {open === undefined ? null : (
        <RecordView
          key={open}
          firstId={open}
          onCorrect={(row) => {
            setMaking({ kind: row.kind, row });
            show(undefined);
          }}
          onClose={() => {
            show(undefined);
          }}
        />
      )}
      {making === null ? null : (
        <RecordForm
          kind={making.kind}
          row={making.row}
          schoolId={own}
          onClose={() => {
            setMaking(null);
          }}
        />
      )}
    </Page>
  );
}
