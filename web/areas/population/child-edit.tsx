import { Alert, Button, Drawer, Flex, Form, Input, Radio, Select, Skeleton } from 'antd';
import { editChild, getChild } from '#contract/population.ts';
import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { documentTypeChoices, relationChoices, studyStatusChoices, tagChoices } from './population-words.ts';

type Child = OutputOf<typeof getChild>;
type Change = Omit<InputOf<typeof editChild>, 'id'>;

/** Corrects a child's facts in a drawer; only what was changed is sent, with the reason. Closed while `childId` is null. */
export function ChildEdit({ childId, onClose }: { childId: string | null; onClose: () => void }) {
  const child = useAnswer(getChild, { id: childId ?? '' }, { enabled: childId !== null });
  return (
    <Drawer
      open={childId !== null}
      onClose={onClose}
      title={child.data === undefined ? '更正信息' : `更正：${child.data.name}`}
      size={Math.min(520, window.innerWidth)}
      destroyOnHidden
    >
      {child.error !== null && <Alert type="error" showIcon title={child.error.message} />}
      {child.data === undefined && child.error === null && <Skeleton active />}
      {child.data !== undefined && childId !== null && <EditForm key={childId} child={child.data} onClose={onClose} />}
    </Drawer>
  );
}

function EditForm({ child, onClose }: { child: Child; onClose: () => void }) {
  const [form] = Form.useForm<Change>();
  const { send, sending } = useSend(editChild, {
    done: `已更正${child.name}的信息。`,
    refresh: ['population', 'enrolment', 'comparison', 'statistics'],
  });
  const start = startOf(child);

  async function save(written: Change) {
    const changed = changesOf(start, written);
    if (Object.keys(changed).length === 0) {
      form.setFields([{ name: 'reason', errors: ['没有改动任何一项。'] }]);
      return;
    }
    try {
      await send({ id: child.id, reason: written.reason, ...changed });
      onClose();
    } catch (error) {
      form.setFields(formFaults(error)); // as: the faults name fields of this form
    }
  }

  if (!child.allowed.edit)
    return <Alert type="info" showIcon title="您的岗位不能更正这个孩子的信息。请联系学籍管理员或控辍专干。" />;
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={start}
      onFinish={(written) => {
        void save(written);
      }}
      scrollToFirstError
    >
      <Form.Item name="name" label="姓名" rules={[{ required: true, whitespace: true, message: '请填写姓名。' }]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="sex" label="性别">
        <Radio.Group options={['男', '女']} optionType="button" />
      </Form.Item>
      <Form.Item name="birthDate" label="出生日期">
        <DayField words="出生日期" earliest="2000-01-01" />
      </Form.Item>
      <Form.Item name="documentType" label="证件类型">
        <Select options={documentTypeChoices} />
      </Form.Item>
      <Form.Item
        name="documentNumber"
        label="新的证件号码"
        extra={`现为 ${child.documentMask === '' ? '空' : child.documentMask}。不改就空着。`}
      >
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item name="studyStatus" label="就读状态">
        <Select options={studyStatusChoices} />
      </Form.Item>
      <Form.Item name="statedSchool" label="就读学校（自述）">
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="guardian" label="监护人">
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item name="relation" label="与孩子的关系">
        <Select options={relationChoices} />
      </Form.Item>
      <Form.Item name="phone" label="新的监护人电话" extra={`现为 ${child.guardian.phoneMask ?? '空'}。不改就空着。`}>
        <Input type="tel" maxLength={20} autoComplete="off" />
      </Form.Item>
      <Form.Item name="tags" label="需要关注的情况">
        <Select mode="multiple" options={tagChoices} maxCount={10} />
      </Form.Item>
      <Form.Item name="note" label="备注">
        <Input.TextArea maxLength={300} rows={2} className="grows" />
      </Form.Item>
      <Form.Item
        name="reason"
        label="更正的依据"
        extra="写明看到了什么，例如：户口簿第 3 页；家长电话说明。"
        rules={[{ required: true, min: 2, whitespace: true, message: '请写明更正的依据。' }]}
      >
        <Input.TextArea maxLength={200} rows={2} className="grows" />
      </Form.Item>
      <Flex gap={8} style={{ position: 'sticky', bottom: 0, background: 'var(--card)', padding: '8px 0' }}>
        <Button onClick={onClose} style={{ minHeight: 48, flex: 1 }}>
          取消
        </Button>
        <Button type="primary" htmlType="submit" loading={sending} style={{ minHeight: 48, flex: 2 }}>
          保存更正
        </Button>
      </Flex>
    </Form>
  );
}

function startOf(child: Child): Change {
  return {
    reason: '',
    name: child.name,
    sex: child.sex === '男' || child.sex === '女' ? child.sex : undefined,
    birthDate: child.birthDate ?? undefined,
    documentType: child.codes.documentType,
    studyStatus: child.codes.studyStatus ?? undefined,
    statedSchool: child.register?.statedSchool ?? '',
    guardian: child.guardian.name ?? '',
    relation: child.codes.relation ?? undefined,
    tags: child.codes.tags,
    note: child.register?.note ?? '',
    documentNumber: '',
    phone: '',
  };
}

function changesOf(start: Change, written: Change): Partial<Change> {
  const entries = Object.entries(written).filter(([key, value]) => {
    if (key === 'reason' || value === undefined) return false;
    const before = start[key as keyof Change]; // the form's names are the keys of Change
    return JSON.stringify(before) !== JSON.stringify(value);
  });
  return Object.fromEntries(entries);
}
