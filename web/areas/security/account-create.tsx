import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { listStaff } from '#contract/organisations.ts';
import { createAccount } from '#contract/security.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { Go } from '#web/ui/go.tsx';
import type { ShownOnce } from '#web/ui/secret-once.tsx';

/** Opens an account for a person already on the staff list. */
export function AccountCreate({ onClose, onCreated }: { onClose: () => void; onCreated: (secret: ShownOnce) => void }) {
  const [form] = Form.useForm<{ staffId: string; login: string }>();
  const [words, setWords] = useState('');
  const staff = useAnswer(listStaff, { size: 30, ...(words === '' ? {} : { q: words }) });
  const { send, sending } = useSend(createAccount, { refresh: ['security', 'organisations'] });
  const people = staff.data?.rows ?? [];
  async function save(written: { staffId: string; login: string }) {
    try {
      const answer = await send(written);
      const name = people.find((person) => person.id === written.staffId)?.name ?? '';
      onCreated({
        title: '账号已开通',
        owner: `${name}（登录名 ${written.login}）`,
        secret: answer.firstPassword,
        words: '这是初始密码，请当面或用电话告诉本人。首次登录时须改为自己的密码。',
      });
    } catch (error) {
      form.setFields(formFaults(error)); // as: the faults name fields of this form
    }
  }
  return (
    <Modal
      open
      title="开通账号"
      okText="开通"
      cancelText="返回"
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
      okButtonProps={{ loading: sending }}
    >
      <Form form={form} layout="vertical" onFinish={(written) => void save(written)}>
        <Form.Item
          name="staffId"
          label="人员"
          extra={
            <>
              名单里没有的，先到<Go to="/staff">人员与岗位</Go>登记。
            </>
          }
          rules={[{ required: true, message: '请选择人员。' }]}
        >
          <Select
            showSearch={{
              filterOption: false,
              onSearch: (text) => {
                setWords(text.trim());
              },
            }}
            loading={staff.isFetching}
            placeholder="输入姓名查找"
            notFoundContent={staff.isFetching ? '正在读取' : '没有符合的人员'}
            options={people.map((person) => ({
              value: person.id,
              disabled: person.login !== null,
              label: `${person.name}${person.posts[0] === undefined ? '（没有岗位）' : `（${person.posts[0].unitName} ${person.posts[0].roleName}）`}${person.login === null ? '' : `　已有账号 ${person.login}`}`,
            }))}
          />
        </Form.Item>
        <Form.Item
          name="login"
          label="登录名"
          extra="小写字母开头，3 至 40 位，可用字母、数字、点、横线；建议用姓名全拼。"
          rules={[
            {
              required: true,
              pattern: /^[a-z][a-z0-9._-]{2,39}$/,
              message: '登录名用小写字母开头，3 至 40 位字母、数字、点、横线。',
            },
          ]}
        >
          <Input maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
