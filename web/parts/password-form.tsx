import { Button, Form, Input } from 'antd';
import { changePassword } from '#contract/security.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';

interface Typed {
  current: string;
  next: string;
  again: string;
}

/** Changes one's own password, of at least `minimum` characters; the rules of the server's answer stand at the fields. */
export function PasswordForm({
  minimum,
  onDone,
  button = '修改密码',
}: {
  minimum: number;
  onDone: () => void;
  button?: string;
}) {
  const [form] = Form.useForm<Typed>();
  const { send, sending } = useSend(changePassword, { done: '密码已修改，下次登录请用新密码。' });
  const submit = async (typed: Typed) => {
    try {
      await send({ current: typed.current, next: typed.next });
      form.resetFields();
      onDone();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Form<Typed> form={form} layout="vertical" requiredMark={false} onFinish={(typed) => void submit(typed)}>
      <Form.Item name="current" label="现在的密码" rules={[{ required: true, message: '请填写现在的密码。' }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="next"
        label="新密码"
        extra={`至少 ${String(minimum)} 位，大写字母、小写字母、数字、符号中至少三类，不含登录名和姓名拼音。`}
        rules={[{ required: true, message: '请填写新密码。' }]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label="再填一次新密码"
        dependencies={['next']}
        rules={[
          { required: true, message: '请再填一次新密码。' },
          ({ getFieldValue }) => ({
            validator: (_rule, value: unknown) =>
              value === undefined || value === '' || value === getFieldValue('next')
                ? Promise.resolve()
                : Promise.reject(new Error('两次填写的新密码不一样。')),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={sending} block>
        {button}
      </Button>
    </Form>
  );
}
