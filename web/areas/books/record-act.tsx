import { Form, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { addHelp, mendFindings, recheckFindings, withdrawRecord } from '#contract/books-records.ts';
import { helpKinds, type HelpKind } from '#domain/books/work-record.ts';
import { helpKindWords } from '#domain/books/work-words.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PapersField } from '#web/parts/papers-field.tsx';
import type { RecordRow } from './record-fields.ts';

/** A step with a record. */
export type RecordAct = 'mend' | 'recheck' | 'help' | 'withdraw';

interface Fields {
  day: string;
  words: string;
  passed?: boolean;
  what?: HelpKind;
  dueDate?: string | null;
  papers?: string[];
  reason?: string;
}

/** Words of the steps, as buttons say them. */
export const actWords: Record<RecordAct, string> = {
  mend: '登记整改',
  recheck: '复查',
  help: '登记帮扶',
  withdraw: '撤销',
};

const toldWords: Record<Exclude<RecordAct, 'withdraw'>, string> = {
  mend: '整改情况',
  recheck: '复查意见',
  help: '帮扶情况',
};

/** One step with a record: what was mended, the recheck, the help given, or taking it back. */
export function ActDialog({ row, act, onClose }: { row: RecordRow; act: RecordAct; onClose: (done: boolean) => void }) {
  const [form] = Form.useForm<Fields>();
  const { today } = useMe();
  const [id] = useState(newRequestId);
  const passed = Form.useWatch('passed', form) ?? true;
  const what = Form.useWatch('what', form) ?? 'contact';
  const mend = useSend(mendFindings, { done: '已登记整改，等待复查。', refresh: ['books', 'duties', 'statistics'] });
  const recheck = useSend(recheckFindings, { done: '已登记复查。', refresh: ['books', 'duties', 'statistics'] });
  const help = useSend(addHelp, { done: '已登记帮扶。' });
  const withdraw = useSend(withdrawRecord, { done: '已撤销，原记录仍可查。' });
  async function save({ day, words, papers = [], ...written }: Fields) {
    const { firstId, version: seen } = row;
    const told = { firstId, id, seen, day, words, papers };
    try {
      if (act === 'withdraw') await withdraw.send({ firstId, id, seen, reason: written.reason ?? '' });
      else if (act === 'mend') await mend.send(told);
      else if (act === 'help') await help.send({ ...told, what: written.what ?? 'contact' });
      else await recheck.send({ ...told, passed, dueDate: passed ? null : (written.dueDate ?? null) });
      onClose(true);
    } catch (error) {
      form.setFields(formFaults(error)); // as: the faults name fields of this form
    }
  }
  return (
    <Modal
      open
      title={`${actWords[act]}：${row.content.title}`}
      okText={act === 'help' && what === 'exit' ? '结束帮扶' : actWords[act]}
      cancelText="返回"
      okButtonProps={{ loading: mend.sending || recheck.sending || help.sending || withdraw.sending }}
      onCancel={() => {
        onClose(false);
      }}
      onOk={() => {
        form.submit();
      }}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{ day: today, passed: true, what: 'contact' }}
        onFinish={(written) => void save(written)}
      >
        {act === 'withdraw' ? (
          <Form.Item name="reason" label="撤销的原因" rules={[{ required: true, min: 2, message: '请写明原因。' }]}>
            <Input maxLength={200} />
          </Form.Item>
        ) : (
          <>
            {act === 'recheck' ? (
              <Form.Item name="passed" label="复查结果">
                <Segmented
                  options={[
                    { value: true, label: '通过，办结' },
                    { value: false, label: '未通过，继续整改' },
                  ]}
                />
              </Form.Item>
            ) : null}
            {act === 'help' ? (
              <Form.Item name="what" label="内容">
                <Segmented options={helpKinds.map((value) => ({ value, label: helpKindWords[value] }))} />
              </Form.Item>
            ) : null}
            <Form.Item name="day" label="日期" rules={[{ required: true, message: '请填写日期。' }]}>
              <DayField words="日期" earliest={row.day} latest={today} />
            </Form.Item>
            <Form.Item
              name="words"
              label={toldWords[act]}
              rules={[{ required: true, min: 2, message: '请写明情况。' }]}
            >
              <Input.TextArea rows={5} maxLength={1000} />
            </Form.Item>
            {act === 'recheck' && !passed ? (
              <Form.Item name="dueDate" label="新的整改期限" rules={[{ required: true, message: '请填写新的期限。' }]}>
                <DayField words="新的整改期限" earliest={today} />
              </Form.Item>
            ) : null}
            <Form.Item
              name="papers"
              label={act === 'mend' ? '整改材料（照片或扫描件）' : '照片或扫描件'}
              {...(act === 'mend' ? { rules: [{ required: true, message: '请上传整改的照片或扫描件。' }] } : {})}
            >
              <PapersField />
            </Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
}
