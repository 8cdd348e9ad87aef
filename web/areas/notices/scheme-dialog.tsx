import { Form, Input, Modal } from 'antd';
import { saveScheme } from '#contract/notices-work.ts';
import { openNumberWords } from '#domain/notices/rules.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import type { IssuingUnit, Template } from './issue-words.ts';

/** 发文字号: the words before the number of one kind of a unit's documents, with how they will read. */
export function SchemeDialog({
  template,
  unit,
  onClose,
}: {
  template: Template;
  unit: IssuingUnit;
  onClose: () => void;
}) {
  const { today } = useMe();
  const [form] = Form.useForm<{ scheme: string }>();
  const scheme = Form.useWatch('scheme', form) ?? unit.scheme;
  const { send, sending } = useSend(saveScheme, { done: '已保存，以后签发的文书用新字号。', refresh: ['notices'] });
  const save = async (typed: { scheme: string }) => {
    try {
      await send({ kind: template.kind, unit: { kind: unit.kind, id: unit.id }, scheme: typed.scheme.trim() });
      onClose();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Modal
      open
      title={`${template.kindWords}的发文字号`}
      okText="保存"
      cancelText="返回"
      confirmLoading={sending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="scheme"
        layout="vertical"
        initialValues={{ scheme: unit.scheme }}
        onFinish={(typed) => void save(typed)}
      >
        <Form.Item
          name="scheme"
          label={unit.words}
          extra={`文书上印作：${openNumberWords(scheme.trim(), Number(today.slice(0, 4)))}`}
          rules={[{ required: true, whitespace: true, message: '请填写发文字号。' }]}
        >
          <Input maxLength={16} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
