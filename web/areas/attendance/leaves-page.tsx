import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { listLeaves } from '#contract/attendance-leaves.ts';
import { useMay } from '#web/api/me.ts';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { leaveLook } from './attendance-words.ts';
import { LeaveRecord } from './leave-record.tsx';
import { LeaveRequest } from './leave-request.tsx';
import type { Leave } from './rows.ts';
import './attendance.css';

const shows = [
  { value: 'current', label: '待批与请假中' },
  { value: 'requested', label: '待批' },
  { value: 'verify', label: '待核实' },
  { value: 'all', label: '全部' },
] as const;

const empties = {
  current: '现在没有待批准或正在进行的请假。班主任登记的请假会列在这里。',
  requested: '没有待批准的长假。超过班主任可批准天数的请假会列在这里。',
  verify: '没有待核实的请假。假期已满未返校、病假过长没有证明、事假过长的，会列在这里等待核实。',
  all: '还没有请假记录。',
} as const;

const columns: readonly ListColumn<Leave>[] = [
  { key: 'name', title: '姓名', phone: true, render: (row) => <strong>{row.name}</strong> },
  { key: 'className', title: '班级', phone: true },
  { key: 'schoolName', title: '学校' },
  { key: 'kindWords', title: '种类', phone: true },
  { key: 'fromDay', title: '起止', phone: true, render: (row) => `${row.fromDay} 至 ${row.toDay}` },
  { key: 'schoolDays', title: '上课日', align: 'right' },
  { key: 'askerWords', title: '谁提出', extra: true },
  {
    key: 'state',
    title: '状态',
    phone: true,
    render: (row) => <Status kind={leaveLook[row.state]} words={row.stateWords} />,
  },
  {
    key: 'paper',
    title: '证明',
    render: (row) =>
      row.paperId !== null ? (
        '已交'
      ) : row.paperRequired ? (
        <Status kind="warn" words="须补交" />
      ) : (
        <span className="quiet">不要求</span>
      ),
  },
  {
    key: 'verifyWords',
    title: '核实',
    phone: true,
    render: (row) =>
      row.verifiedWords ?? (row.verifyWords === null ? '—' : <Status kind="warn" words={row.verifyWords} />),
  },
];

/** 请假: what waits for approval, who is away, what must be verified; every row opens its record. */
export function LeavesPage() {
  const { state, set } = useListState();
  const mayMark = useMay('attendance.mark');
  const [asking, setAsking] = useState(false);
  const [open, setOpen] = useState<Leave | null>(null);
  const shown = shows.find((each) => each.value === state['show'])?.value ?? 'current';
  return (
    <Page
      title="请假"
      extra={
        mayMark ? (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            onClick={() => {
              setAsking(true);
            }}
          >
            登记请假
          </Button>
        ) : null
      }
    >
      <List<Leave>
        endpoint={listLeaves}
        columns={columns}
        rowKey="id"
        onOpen={setOpen}
        empty={empties[shown]}
        filters={
          <>
            <Segmented
              value={shown}
              options={[...shows]}
              onChange={(value) => {
                set({ show: value === 'current' ? undefined : value });
              }}
            />
            <PickSchool
              value={state['schoolId']}
              onChange={(id) => {
                set({ schoolId: id });
              }}
            />
          </>
        }
      />
      {asking ? (
        <LeaveRequest
          onClose={() => {
            setAsking(false);
          }}
        />
      ) : null}
      {open ? (
        <LeaveRecord
          leave={open}
          onClose={() => {
            setOpen(null);
          }}
        />
      ) : null}
    </Page>
  );
}
