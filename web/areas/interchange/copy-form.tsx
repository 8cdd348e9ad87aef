import { Button, Form, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { askCopy, requestMeans, requestMeansWords } from '#contract/interchange.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PickChild } from '#web/parts/pick-child.tsx';
import { PickSchool } from '#web/parts/pick.tsx';

interface Typed {
  childId?: string;
  schoolId?: string;
  requester: string;
  relation: string;
  means: (typeof requestMeans)[number];
  proof: string;
  purpose: string;
  receivedOn: string;
}
const kinds = [
  { value: 'child' as const, label: '一名儿童（监护人申请）' },
  { value: 'school' as const, label: '一所学校（撤并、移交）' },
];
const needed = (message: string) => [{ required: true, message }];

function ChildField({ value, onChange }: { value?: string; onChange?: (id: string | undefined) => void }) {
  return <PickChild value={value} width={420} onChange={(id) => onChange?.(id)} />;
}

/** The request of a guardian, or of who takes a school over: who asks, how it was proved, and for what; another person then approves it. */
export function CopyForm({ onDone }: { onDone: () => void }) {
  const { today } = useMe();
  const [form] = Form.useForm<Typed>();
  const [id] = useState(newRequestId);
  const [kind, setKind] = useState<'child' | 'school'>('child');
  const { send, sending } = useSend(askCopy, {
    done: '已登记，并已申请另一人批准。',
    refresh: ['interchange', 'security'],
  });
  const save = async ({ childId, schoolId, ...typed }: Typed) => {
    try {
      await send({ ...typed, id, subjectKind: kind, subjectId: (kind === 'child' ? childId : schoolId) ?? '' });
      onDone();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Form
      form={form}
      name="copy"
      layout="vertical"
      initialValues={{ means: 'inPerson', receivedOn: today }}
      onFinish={(typed) => void save(typed)}
      scrollToFirstError
    >
      <Form.Item label="全部信息的对象">
        <Segmented options={kinds} value={kind} onChange={setKind} />
      </Form.Item>
      {kind === 'child' ? (
        <Form.Item name="childId" label="儿童" rules={needed('请选择儿童。')}>
          <ChildField />
        </Form.Item>
      ) : (
        <Form.Item name="schoolId" label="学校" rules={needed('请选择学校。')}>
          <PickSchool />
        </Form.Item>
      )}
      <Form.Item name="requester" label="申请人姓名" rules={needed('请填写申请人。')}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="relation" label="与儿童的关系，或单位职务" rules={needed('请填写关系。')}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="means" label="怎样提出">
        <Select
          aria-label="怎样提出"
          options={requestMeans.map((value) => ({ value, label: requestMeansWords[value] }))}
        />
      </Form.Item>
      <Form.Item name="proof" label="核验的证件或文书" rules={needed('请写明核验了什么。')}>
        <Input maxLength={200} placeholder="例如：户口簿、监护人身份证原件" />
      </Form.Item>
      <Form.Item name="purpose" label="用途" rules={[{ required: true, min: 4, message: '请写明用途。' }]}>
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
      <Form.Item name="receivedOn" label="收到日期" rules={needed('请填写日期。')}>
        <DayField words="收到日期" latest={today} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={sending}>
        登记并申请批准
      </Button>
    </Form>
  );
}
