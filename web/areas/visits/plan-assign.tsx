import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { listStaff } from '#contract/organisations.ts';
import { assignVisits } from '#contract/visit-plans.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { visitRefreshes } from './visits-words.ts';

interface Typed {
  staffId: string;
  dueDate?: string;
  reason: string;
}

/** The button that hands the chosen visits of a plan to another person, with another day where given, and its dialog. */
export function PlanAssign({
  plan,
  itemIds,
  onDone,
}: {
  plan: { id: string; from: string; to: string };
  itemIds: readonly string[];
  onDone: () => void;
}) {
  const { today } = useMe();
  const [form] = Form.useForm<Typed>();
  const [open, setOpen] = useState(false);
  const { send, sending } = useSend(assignVisits, { done: '已改派。', refresh: visitRefreshes });
  const save = async () => {
    const typed = await form.validateFields().catch(() => null);
    if (typed === null) return;
    const { staffId, dueDate, reason } = typed;
    try {
      await send({
        id: plan.id,
        itemIds: [...itemIds],
        staffId,
        reason,
        ...(dueDate === undefined ? {} : { dueDate }),
      });
      setOpen(false);
      onDone();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          setOpen(true);
        }}
      >
        改派
      </Button>
      <Modal
        open={open}
        title={`改派 ${itemIds.length} 次走访`}
        okText="改派"
        cancelText="返回"
        confirmLoading={sending}
        onOk={() => void save()}
        onCancel={() => {
          setOpen(false);
        }}
        destroyOnHidden
      >
        <Form form={form} name="assign-visits" layout="vertical" requiredMark={false} preserve={false}>
          <Form.Item name="staffId" label="交给" rules={[{ required: true, message: '请选择走访人。' }]}>
            <PickStaff />
          </Form.Item>
          <Form.Item name="dueDate" label="新的期限（不填则不变）">
            <DayField words="新的期限" allowClear earliest={plan.from > today ? plan.from : today} latest={plan.to} />
          </Form.Item>
          <Form.Item
            name="reason"
            label="原因"
            rules={[{ required: true, whitespace: true, min: 2, message: '请写明原因。' }]}
          >
            <Input maxLength={200} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}

function PickStaff({
  value,
  onChange,
  id,
}: {
  value?: string;
  onChange?: (staffId: string | undefined) => void;
  id?: string;
}) {
  const [q, setQ] = useState('');
  const answer = useAnswer(listStaff, { page: 1, size: 50, ...(q.trim() === '' ? {} : { q: q.trim() }) });
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      aria-label="走访人"
      placeholder="输入姓名查找"
      showSearch={{ filterOption: false, onSearch: setQ }}
      loading={answer.isFetching}
      value={value ?? null}
      notFoundContent={answer.isFetching ? '正在查找' : '没有这个人'}
      options={(answer.data?.rows ?? []).map((row) => ({
        value: row.id,
        label: `${row.name}（${row.posts.map((post) => `${post.unitName} ${post.roleName}`).join('、')}）`,
      }))}
      onChange={(next: string | null | undefined) => {
        onChange?.(next ?? undefined);
      }}
    />
  );
}
