import { Alert, Button, Flex, Form, Input, Modal, Radio, Select } from 'antd';
import type { z } from 'zod';
import { DoorChild } from '#contract/households.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { documentTypeChoices, relationChoices, studyStatusChoices, tagChoices } from './population-words.ts';

/** A child as the surveyor writes it down at the door. */
export type DoorChildInput = z.input<typeof DoorChild>;
type Written = Omit<DoorChildInput, 'id'>;

/** One child met at the door, on one screen with large fields; checked with the contract's own shape. */
export function DoorChildForm({
  open,
  start,
  newId,
  onSave,
  onClose,
}: {
  open: boolean;
  start: DoorChildInput | null;
  newId: () => string;
  onSave: (child: DoorChildInput) => void;
  onClose: () => void;
}) {
  const [form] = Form.useForm<Written>();
  const documentType = Form.useWatch('documentType', form);

  function save(written: Written) {
    const checked = DoorChild.safeParse({ ...written, id: start?.id ?? newId() });
    if (checked.success) {
      onSave(checked.data);
      return;
    }
    form.setFields(
      checked.error.issues.map((issue) => ({ name: [issue.path[0] as keyof Written], errors: [issue.message] })),
    ); // a flat form: the first step of the path is the field
  }

  return (
    <Modal
      open={open}
      title={start === null ? '添加孩子' : `修改：${start.name}`}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
      width={560}
      mask={{ closable: false }}
    >
      <Form
        form={form}
        layout="vertical"
        size="large"
        onFinish={save}
        initialValues={start ?? { documentType: 'residentId', tags: [] }}
        scrollToFirstError
      >
        <Form.Item name="name" label="姓名" rules={[{ required: true, whitespace: true, message: '请填写姓名。' }]}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="sex" label="性别" rules={[{ required: true, message: '请选择性别。' }]}>
          <Radio.Group options={['男', '女']} optionType="button" />
        </Form.Item>
        <Form.Item name="birthDate" label="出生日期" rules={[{ required: true, message: '请填写出生日期。' }]}>
          <DayField words="出生日期" earliest="2000-01-01" />
        </Form.Item>
        <Form.Item
          name="documentType"
          label="证件类型"
          rules={[{ required: true, message: '请选择证件类型；没有证件选“无证件”。' }]}
        >
          <Select options={documentTypeChoices} />
        </Form.Item>
        {documentType !== 'none' && (
          <Form.Item name="documentNumber" label="证件号码" extra="对照户口簿或身份证填写；当场看不到可以先空着。">
            <Input maxLength={40} autoComplete="off" />
          </Form.Item>
        )}
        {documentType === 'none' && (
          <Alert
            type="info"
            showIcon
            title="没有证件的孩子照样登记，请把监护人和电话填全。"
            style={{ marginBottom: 16 }}
          />
        )}
        <Form.Item name="studyStatus" label="就读状态" rules={[{ required: true, message: '请选择就读状态。' }]}>
          <Select options={studyStatusChoices} />
        </Form.Item>
        <Form.Item name="statedSchool" label="就读学校（家长自述）">
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="guardian" label="监护人">
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="relation" label="与孩子的关系">
          <Select allowClear options={relationChoices} />
        </Form.Item>
        <Form.Item name="phone" label="监护人电话">
          <Input type="tel" maxLength={20} autoComplete="off" />
        </Form.Item>
        <Form.Item name="tags" label="需要关注的情况">
          <Select mode="multiple" allowClear options={tagChoices} />
        </Form.Item>
        <Form.Item name="note" label="备注">
          <Input.TextArea maxLength={300} rows={2} className="grows" />
        </Form.Item>
        <Flex gap={8}>
          <Button onClick={onClose} style={{ minHeight: 48, flex: 1 }}>
            取消
          </Button>
          <Button type="primary" htmlType="submit" style={{ minHeight: 48, flex: 2 }}>
            {start === null ? '添加这个孩子' : '保存修改'}
          </Button>
        </Flex>
      </Form>
    </Modal>
  );
}
