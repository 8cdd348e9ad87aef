import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Select, Space, Tabs } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { approvalHours } from '#domain/security/rules.ts';
import { decideApproval, listApprovals, requestApproval, type Approval } from '#contract/security.ts';
import { useMay } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { ApprovedExport, exportChoices } from './approved-export.tsx';

type Row = z.output<typeof Approval>;

/** Requests for a second person's approval: mine, and those I may decide. */
export function ApprovalsPage() {
  const { state, set } = useListState();
  const mayExport = useMay('export.lists');
  const [asking, setAsking] = useState(false);
  const [deciding, setDeciding] = useState<{ row: Row; approve: boolean } | null>(null);
  const open = state['open'] !== 'false';
  const columns: ListColumn<Row>[] = [
    { key: 'scopeWords', title: '事项', phone: true },
    {
      key: 'purpose',
      title: '用途',
      phone: true,
      render: (row) => <span style={{ whiteSpace: 'normal' }}>{row.purpose}</span>,
    },
    {
      key: 'requestedName',
      title: '申请人',
      phone: true,
      render: (row) => `${row.requestedName}${row.mine ? '（本人）' : ''}`,
    },
    { key: 'requestedAt', title: '申请时间', render: (row) => momentShort(row.requestedAt) },
    {
      key: 'decision',
      title: open ? '办理' : '结果',
      phone: true,
      render: (row) => (
        <Decision
          row={row}
          onDecide={(approve) => {
            setDeciding({ row, approve });
          }}
        />
      ),
    },
    ...(open
      ? []
      : [
          {
            key: 'decided',
            title: '批准人',
            render: (row: Row) =>
              row.decidedName === null ? '—' : `${row.decidedName}，${momentShort(row.decidedAt)}`,
          },
          { key: 'note', title: '批注' },
        ]),
  ];
  return (
    <Page
      title="批准事项"
      extra={
        mayExport ? (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            onClick={() => {
              setAsking(true);
            }}
          >
            申请导出完整号码
          </Button>
        ) : null
      }
    >
      <p className="quiet">
        查看完整证件号码、导出完整名单等超出岗位的事，须由另一位有权批准的人员同意后才打开（未成年人网络保护条例第三十六条）。批准后
        {approvalHours} 小时内有效，批准的导出在“已办理”中打开。
      </p>
      <Tabs
        activeKey={open ? 'true' : 'false'}
        onChange={(key) => {
          set({ open: key === 'true' ? undefined : key });
        }}
        items={[
          { key: 'true', label: '待批准' },
          { key: 'false', label: '已办理' },
        ]}
      />
      <List
        key={String(open)}
        endpoint={listApprovals}
        rowKey="id"
        columns={columns}
        empty={open ? '没有待批准的事项。' : '还没有办理过的事项。'}
      />
      {asking && (
        <AskExport
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
      {deciding !== null && (
        <Decide
          row={deciding.row}
          approve={deciding.approve}
          onClose={() => {
            setDeciding(null);
          }}
        />
      )}
    </Page>
  );
}

function Decision({ row, onDecide }: { row: Row; onDecide: (approve: boolean) => void }) {
  if (row.decision === 'approved' && row.mine && row.kind === 'exportIdentities') return <ApprovedExport row={row} />;
  if (row.decision === 'approved')
    return (
      <Status kind="ok" words={row.expiresAt === null ? '已批准' : `已批准，有效至 ${momentShort(row.expiresAt)}`} />
    );
  if (row.decision === 'refused') return <Status kind="bad" words="不批准" />;
  if (!row.mayDecide) return <Status kind="wait" words={row.mine ? '等待他人批准' : '待批准'} />;
  return (
    <Space wrap>
      <Button
        type="primary"
        onClick={() => {
          onDecide(true);
        }}
      >
        批准
      </Button>
      <Button
        onClick={() => {
          onDecide(false);
        }}
      >
        不批准
      </Button>
    </Space>
  );
}

function Decide({ row, approve, onClose }: { row: Row; approve: boolean; onClose: () => void }) {
  const [note, setNote] = useState('');
  const { send, sending } = useSend(decideApproval, { done: approve ? '已批准，申请人可以打开。' : '已答复不批准。' });
  async function save() {
    await send({ id: row.id, approve, ...(note.trim() === '' ? {} : { note }) });
    onClose();
  }
  return (
    <Modal
      open
      title={`${approve ? '批准' : '不批准'}：${row.scopeWords}`}
      okText={approve ? '批准' : '不批准'}
      cancelText="返回"
      onCancel={onClose}
      onOk={() => void save()}
      okButtonProps={{ loading: sending, danger: !approve, disabled: !approve && note.trim().length < 2 }}
    >
      <p>
        申请人：{row.requestedName}，{momentShort(row.requestedAt)}
      </p>
      <p>用途：{row.purpose}</p>
      <Input.TextArea
        aria-label="批注"
        rows={2}
        maxLength={200}
        value={note}
        placeholder={approve ? '批注（可不填）' : '请写明不批准的理由'}
        onChange={(event) => {
          setNote(event.target.value);
        }}
        style={{ marginTop: 12 }}
      />
    </Modal>
  );
}

function AskExport({ onClose }: { onClose: () => void }) {
  const [form] = Form.useForm<{ exportOf: string; purpose: string }>();
  const { send, sending } = useSend(requestApproval, {
    done: '已提交申请。另一位有权批准的人员答复后，在“已办理”中导出。',
  });
  async function save(written: { exportOf: string; purpose: string }) {
    await send({ kind: 'exportIdentities', ...written });
    onClose();
  }
  return (
    <Modal
      open
      title="申请导出完整号码"
      okText="提交申请"
      cancelText="返回"
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
      okButtonProps={{ loading: sending }}
    >
      <Form form={form} layout="vertical" onFinish={(written) => void save(written)}>
        <Form.Item name="exportOf" label="导出什么" rules={[{ required: true, message: '请选择。' }]}>
          <Select options={exportChoices} />
        </Form.Item>
        <Form.Item
          name="purpose"
          label="用途"
          rules={[{ required: true, min: 4, whitespace: true, message: '请写明用途，至少 4 个字。' }]}
        >
          <Input.TextArea rows={3} maxLength={300} placeholder="交给谁、做什么用、何时销毁" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
