import { Drawer, Form, Input } from 'antd';
import type { z } from 'zod';
import { saveStaff, type StaffMember } from '#contract/organisations.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { FormFoot } from '#web/ui/form-foot.tsx';
import { usePhone } from '#web/ui/phone.ts';

type Written = Omit<InputOf<typeof saveStaff>, 'id'>;

/** Adds a person, or changes one. */
export function StaffDrawer({ member, onClose }: { member: z.output<typeof StaffMember> | null; onClose: () => void }) {
  const [form] = Form.useForm<Written>();
  const phone = usePhone();
  const { send, sending } = useSend(saveStaff, { done: member === null ? '已新增人员。请接着为其任职。' : '已保存。' });
  async function save(written: Written) {
    try {
      await send({
        ...(member === null ? {} : { id: member.id }),
        name: written.name,
        phone: written.phone || null,
        note: written.note || null,
      });
      onClose();
    } catch (error) {
      form.setFields(formFaults(error)); // as: the faults name fields of this form
    }
  }
  return (
    <Drawer
      open
      onClose={onClose}
      size={phone ? '100%' : 440}
      title={member === null ? '新增人员' : `修改：${member.name}`}
    >
      <Form form={form} layout="vertical" initialValues={member ?? {}} onFinish={(written) => void save(written)}>
        <Form.Item name="name" label="姓名" rules={[{ required: true, whitespace: true, message: '请填写姓名。' }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="phone" label="办公电话">
          <Input type="tel" maxLength={20} />
        </Form.Item>
        <Form.Item name="note" label="备注">
          <Input.TextArea maxLength={200} rows={2} />
        </Form.Item>
        <FormFoot act="保存" sending={sending} onBack={onClose} />
      </Form>
    </Drawer>
  );
}
