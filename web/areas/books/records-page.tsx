import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { listRecords } from '#contract/books-records.ts';
import { listRoster } from '#contract/enrolment.ts';
import { workKinds, workKindWords, workStateWords, type WorkKind } from '#domain/books/work-record.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { FilterChoice } from '#web/parts/filters.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { RecordForm } from './record-form.tsx';
import { RecordState, RecordView, type RecordRow } from './record-view.tsx';
import './books.css';

const states = (['open', 'mended', 'settled', 'withdrawn'] as const).map((value) => ({ value, label: workStateWords[value] })); // prettier-ignore

const columns: ListColumn<RecordRow>[] = [
  { key: 'day', title: '日期', phone: true, width: 110 },
  { key: 'kind', title: '类别', phone: true, render: (row) => `${workKindWords[row.kind]} · ${row.sortWords}` },
  { key: 'title', title: '内容', phone: true, render: (row) => <strong>{row.content.title}</strong> },
  { key: 'schoolName', title: '学校' },
  { key: 'className', title: '范围', render: (row) => (row.kind === 'inspection' ? '—' : (row.className ?? '全校')) },
  {
    key: 'children',
    title: '人数',
    align: 'right',
    render: (row) =>
      row.kind === 'letter' || row.kind === 'aid' ? String(row.children.length + row.staff.length) : '—',
  },
  { key: 'state', title: '状态', phone: true, render: (row) => <RecordState row={row} /> },
  { key: 'dueDate', title: '整改期限' },
  { key: 'byName', title: '登记人', extra: true },
];

/** 工作记录: letters signed, aid given, activities held, inspections and their findings, as the books print them. */
export function WorkRecordsPage() {
  const { state, set } = useListState();
  const { posts } = useMe();
  const mayKeep = useMay('records.keep');
  const mayInspect = useMay('records.inspect');
  const [making, setMaking] = useState<{ kind: WorkKind; row: RecordRow | null } | null>(null);
  const [open, setOpen] = useState<RecordRow | null>(null);
  const inDistrict = posts.some((post) => post.unitKind === 'district');
  const roster = useAnswer(listRoster, { page: 1, size: 1 }, { enabled: !inDistrict });
  const own = posts.find((post) => post.unitKind === 'school')?.unitId ?? roster.data?.rows[0]?.schoolId;
  const kind = workKinds.find((one) => one === state['kind']);
  const kinds = workKinds.filter((one) => (one === 'inspection' ? mayInspect : mayKeep));
  const filtered = Object.keys(state).some((key) => key !== 'page' && key !== 'size');
  const make = kinds
    .filter((one) => kind === undefined || one === kind)
    .map((one) => (
      <Button
        key={one}
        type={one === kind ? 'primary' : 'default'}
        icon={<PlusOutlined />}
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
        onOpen={setOpen}
        empty={
          <Empty
            words={
              filtered
                ? '没有符合这些条件的记录。可以去掉一些筛选条件再看。'
                : '还没有工作记录。责任书、资助、活动和督查登记后，列在这里，并进入一校一册。'
            }
          />
        }
        filters={
          <>
            <Segmented
              aria-label="类别"
              value={kind ?? 'all'}
              options={[{ value: 'all', label: '全部' }, ...workKinds.map((value) => ({ value, label: workKindWords[value] }))]} // prettier-ignore
              onChange={(next) => {
                set({ kind: next === 'all' ? undefined : next });
              }}
            />
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
      {open === null ? null : (
        <RecordView
          row={open}
          onCorrect={() => {
            setMaking({ kind: open.kind, row: open });
            setOpen(null);
          }}
          onClose={() => {
            setOpen(null);
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
