import { Button, Flex, Form, Input, Radio } from 'antd';
import { checkExplanation } from '#contract/comparison.ts';
import { issuesOf } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { Facts } from '#web/ui/page.tsx';
import { momentWords } from '#web/ui/words.ts';
import { findingRefreshes } from './comparison-words.ts';
import type { FindingAnswer } from './finding-explain.tsx';

interface Typed {
  accept?: boolean;
  note?: string;
}

/** What was explained, as facts. */
export function FindingExplanation({ finding }: { finding: FindingAnswer }) {
  const chosen = finding.categories.find((one) => one.code === finding.category);
  return (
    <Facts
      items={[
        { label: '情况', value: chosen?.label ?? finding.category },
        { label: '依据', value: finding.evidence },
        ...(chosen === undefined
          ? []
          : [
              { label: '须有', value: chosen.mustShow },
              { label: '复核通过后', value: chosen.effect },
            ]),
        {
          label: '说明人',
          value:
            finding.explainedName === null ? null : `${finding.explainedName}，${momentWords(finding.explainedAt)}`,
        },
        ...(finding.checkedName === null
          ? []
          : [{ label: '复核人', value: `${finding.checkedName}，${momentWords(finding.checkedAt)}` }]),
      ]}
    />
  );
}

/** The second person's check of an explanation: accept it, or give it back with what is missing. */
export function FindingCheck({ finding }: { finding: FindingAnswer }) {
  const [form] = Form.useForm<Typed>();
  const { send, sending } = useSend(checkExplanation, { done: '已复核。', refresh: findingRefreshes });
  const accept = Form.useWatch('accept', form);
  const save = async (typed: Typed) => {
    try {
      await send({ id: finding.id, accept: typed.accept === true, note: (typed.note ?? '').trim() });
    } catch (error) {
      form.setFields(issuesOf(error).map((issue) => ({ name: 'note' as const, errors: [issue.words] })));
    }
  };
  return (
    <Form
      form={form}
      name="check"
      layout="vertical"
      requiredMark={false}
      onFinish={(typed) => void save(typed)}
      style={{ marginTop: 16 }}
    >
      <Form.Item name="accept" label="依据是否充分？" rules={[{ required: true, message: '请先选择。' }]}>
        <Radio.Group style={{ display: 'grid', gap: 8 }}>
          <Radio value>充分，复核通过</Radio>
          <Radio value={false}>不充分，退回重新核实</Radio>
        </Radio.Group>
      </Form.Item>
      <Form.Item
        name="note"
        label={accept === false ? '还缺什么' : '复核意见（可不填）'}
        rules={
          accept === false ? [{ required: true, whitespace: true, min: 2, message: '退回时请写明还缺什么。' }] : []
        }
      >
        <Input.TextArea rows={3} maxLength={300} showCount />
      </Form.Item>
      <Flex gap={8} className="cmp-big-buttons">
        <Button type="primary" htmlType="submit" loading={sending} danger={accept === false}>
          {accept === false ? '退回' : '复核通过'}
        </Button>
      </Flex>
    </Form>
  );
}
