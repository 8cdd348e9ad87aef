import { Drawer, Segmented } from 'antd';
import { useState } from 'react';
import { listCorrections } from '#contract/attendance.ts';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { correctionLook } from './attendance-words.ts';
import { CorrectionSides } from './correction-sides.tsx';
import { CorrectionTasks } from './correction-tasks.tsx';
import { MarkHistory } from './mark-history.tsx';
import type { Correction } from './rows.ts';
import './attendance.css';

const columns: readonly ListColumn<Correction>[] = [
  { key: 'name', title: '姓名', phone: true, render: (row) => <strong>{row.name}</strong> },
  { key: 'className', title: '班级', phone: true },
  { key: 'schoolName', title: '学校' },
  { key: 'day', title: '日期', phone: true, render: (row) => `${row.day} ${row.partWords}` },
  { key: 'change', title: '更正', phone: true, render: (row) => `${row.fromWords} → ${row.toWords}` },
  { key: 'reason', title: '原因' },
  {
    key: 'state',
    title: '状态',
    phone: true,
    render: (row) => <Status kind={correctionLook[row.state]} words={row.stateWords} />,
  },
  { key: 'askedName', title: '提出', render: (row) => `${row.askedName}，${momentShort(row.askedAt)}` },
  { key: 'decidedName', title: '同意人', extra: true },
];

/** 更正: what waits for consent, one by one with both versions side by side; and every correction there ever was. */
export function CorrectionsPage() {
  const { state, set } = useListState();
  const phone = usePhone();
  const [open, setOpen] = useState<Correction | null>(null);
  const all = state['show'] === 'all' || state['childId'] !== undefined;
  const choice = (
    <Segmented
      value={all ? 'all' : 'waiting'}
      options={[
        { value: 'waiting', label: '待同意' },
        { value: 'all', label: '全部' },
      ]}
      onChange={(value) => {
        set({ show: value === 'all' ? 'all' : undefined, childId: undefined });
      }}
    />
  );
  if (!all)
    return (
      <Page title="点名更正">
        <CorrectionTasks choice={choice} />
      </Page>
    );
  return (
    <Page title="点名更正">
      <List<Correction>
        endpoint={listCorrections}
        columns={columns}
        rowKey="id"
        onOpen={setOpen}
        empty="还没有更正。点名记错的，班主任在点名页点学生姓名提出更正，前后两个版本都列在这里。"
        filters={
          <>
            {choice}
            <PickSchool
              value={state['schoolId']}
              onChange={(id) => {
                set({ schoolId: id });
              }}
            />
          </>
        }
      />
      {open ? (
        <Drawer
          open
          size={phone ? '100%' : 560}
          title={`${open.name}，${open.day}${open.partWords}`}
          onClose={() => {
            setOpen(null);
          }}
        >
          <div className="att-form">
            <CorrectionSides correction={open} />
            <MarkHistory childId={open.childId} day={open.day} />
          </div>
        </Drawer>
      ) : null}
    </Page>
  );
}
