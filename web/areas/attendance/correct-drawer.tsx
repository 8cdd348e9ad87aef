import { App, Drawer, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { correctMark } from '#contract/attendance.ts';
import { correctedKinds, type CorrectedKind } from '#domain/attendance/record.ts';
import { markWords } from '#domain/attendance/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { FormFoot } from '#web/ui/form-foot.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { markRefreshes } from './attendance-words.ts';
import type { Pupil, RollCall } from './rows.ts';

interface Typed {
  to: CorrectedKind;
  reason: string;
  evidence?: string;
}

/** Corrects the mark of one pupil with the reason; what would take an alarm away needs evidence and another person's consent. */
export function CorrectDrawer({ pupil, rollCall, onClose }: { pupil: Pupil; rollCall: RollCall; onClose: () => void }) {
  const { message } = App.useApp();
  const phone = usePhone();
  const [form] = Form.useForm<Typed>();
  const [id] = useState(newRequestId);
  const { send, sending } = useSend(correctMark, { refresh: markRefreshes });
  const save = async (typed: Typed) => {
    try {
      const answer = await send({
        id,
        childId: pupil.childId,
        day: rollCall.day,
        part: rollCall.part,
        to: typed.to,
        reason: typed.reason.trim(),
        evidence: (typed.evidence ?? '').trim(),
      });
      void (answer.state === 'waiting'
        ? message.info('已提出更正。它会使预警消失，待德育主任或校长（另一人）同意。', 6)
        : message.success(`${pupil.name}：${answer.stateWords}为${markWords[typed.to]}。`));
      onClose();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Drawer
      open
      onClose={onClose}
      size={phone ? '100%' : 440}
      title={`更正：${pupil.name}，${rollCall.day}${rollCall.partWords}`}
    >
      <Form form={form} name="correct" layout="vertical" onFinish={(typed) => void save(typed)} scrollToFirstError>
        <p className="att-lead">现在登记的是“{pupil.markWords}”。</p>
        <Form.Item name="to" label="更正为" rules={[{ required: true, message: '请选择。' }]}>
          <Radio.Group className="att-radios">
            {correctedKinds
              .filter((kind) => kind !== pupil.mark)
              .map((kind) => (
                <Radio key={kind} value={kind}>
                  {markWords[kind]}
                </Radio>
              ))}
          </Radio.Group>
        </Form.Item>
        <Form.Item
          name="reason"
          label="原因"
          rules={[{ required: true, whitespace: true, min: 2, message: '请写明更正的原因。' }]}
        >
          <Input maxLength={300} placeholder="例如：点名时在医务室，误记为缺勤" />
        </Form.Item>
        <Form.Item
          name="evidence"
          label="依据"
          extra="会使疑似辍学预警或逾期未联系消失的更正，须写明依据，并经学校另一人同意；前后两个版本都保留。"
        >
          <Input.TextArea rows={3} maxLength={500} placeholder="看到了什么、谁可以证明" />
        </Form.Item>
        <FormFoot act="提交更正" sending={sending} onBack={onClose} />
      </Form>
    </Drawer>
  );
}
