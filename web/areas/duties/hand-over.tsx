import { Form, Input, Modal, Select } from 'antd';
import { handOverDuty } from '#contract/duties.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import type { DutyRecord } from './duties-words.ts';

interface Typed {
  staffId: string;
  reason: string;
}

/** 移交: gives the duty to a named person of the unit, with a reason; its deadline stays. */
export function HandOver({ duty, onClose }: { duty: DutyRecord; onClose: () => void }) {
  const [form] = Form.useForm<Typed>();
  const { send, sending } = useSend(handOverDuty, { done: '已移交，对方会收到消息。' });
  const save = async (typed: Typed) => {
    try {
      await send({ id: duty.id, staffId: typed.staffId, reason: typed.reason.trim() });
      onClose();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Modal
      open
      title={`移交任务“${duty.title}”`}
      okText="移交"
      cancelText="返回"
      confirmLoading={sending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="quiet">期限不变，仍按方案条款计时和逐级上报。</p>
      <Form form={form} name="handOver" layout="vertical" onFinish={(typed) => void save(typed)}>
        <Form.Item name="staffId" label="交给谁" rules={[{ required: true, message: '请选择接手的人。' }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="本单位的人员"
            notFoundContent="没有这个人"
            options={duty.people.map((one) => ({ value: one.staffId, label: `${one.name}（${one.roleWords}）` }))}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label="理由"
          rules={[{ required: true, whitespace: true, min: 2, message: '请写明理由。' }]}
        >
          <Input.TextArea rows={3} maxLength={300} showCount placeholder="例如：班主任请病假，由副班主任代办" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
