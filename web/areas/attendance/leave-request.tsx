import { App, Drawer, Flex, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { requestLeave } from '#contract/attendance-leaves.ts';
import { leaveKinds, type LeaveKind } from '#domain/attendance/record.ts';
import { askerWords, leaveKindWords } from '#domain/attendance/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { FormFoot } from '#web/ui/form-foot.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { markRefreshes } from './attendance-words.ts';
import { PaperField } from './paper-field.tsx';
import { PickPupil } from './pick-pupil.tsx';

interface Typed {
  childId: string;
  kind: LeaveKind;
  asker: 'guardian' | 'pupil' | 'school';
  fromDay: string;
  toDay: string;
  reason?: string;
  paperId?: string;
}

/** 登记请假: who, what kind, who asked, from when to when, and a paper where there is one. */
export function LeaveRequest({ onClose }: { onClose: () => void }) {
  const { message } = App.useApp();
  const phone = usePhone();
  const { today } = useMe();
  const [form] = Form.useForm<Typed>();
  const [id] = useState(newRequestId);
  const childId = Form.useWatch('childId', form);
  const kind = Form.useWatch('kind', form);
  const fromDay = Form.useWatch('fromDay', form);
  const { send, sending } = useSend(requestLeave, { refresh: markRefreshes });
  const save = async (typed: Typed) => {
    try {
      const answer = await send({
        id,
        childId: typed.childId,
        kind: typed.kind,
        asker: typed.asker,
        fromDay: typed.fromDay,
        toDay: typed.toDay,
        reason: (typed.reason ?? '').trim(),
        paperId: typed.paperId ?? null,
      });
      const paper = answer.paperRequired && typed.paperId === undefined ? '这类请假须补交证明。' : '';
      void (answer.state === 'requested'
        ? message.info(`已登记，天数较长，待学校批准。${paper}`, 6)
        : message.success(`请假${answer.stateWords}。${paper}`, 5));
      onClose();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Drawer open onClose={onClose} size={phone ? '100%' : 460} title="登记请假">
      <Form
        form={form}
        name="leave"
        layout="vertical"
        initialValues={{ kind: 'illness', asker: 'guardian', fromDay: today, toDay: today }}
        onFinish={(typed) => void save(typed)}
        scrollToFirstError
      >
        <Form.Item name="childId" label="学生" rules={[{ required: true, message: '请选择学生。' }]}>
          <PickPupil />
        </Form.Item>
        <Form.Item name="kind" label="种类">
          <Radio.Group className="att-radios">
            {leaveKinds.map((each) => (
              <Radio key={each} value={each}>
                {leaveKindWords[each]}
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        <Form.Item name="asker" label="谁提出">
          <Radio.Group
            className="att-radios"
            options={(['guardian', 'pupil', 'school'] as const).map((value) => ({ value, label: askerWords[value] }))}
          />
        </Form.Item>
        <Flex gap={12} wrap>
          <Form.Item name="fromDay" label="从" rules={[{ required: true, message: '请填写开始日期。' }]}>
            <DayField words="从" width={180} />
          </Form.Item>
          <Form.Item name="toDay" label="到" rules={[{ required: true, message: '请填写结束日期。' }]}>
            <DayField words="到" width={180} earliest={fromDay} />
          </Form.Item>
        </Flex>
        <Form.Item name="reason" label="事由" extra="只有本班班主任和批准请假的人看得到。">
          <Input.TextArea rows={2} maxLength={300} />
        </Form.Item>
        <Form.Item
          name="paperId"
          label="证明"
          extra={kind === 'illness' ? '诊断证明等健康材料只有有权人员可以打开。' : undefined}
        >
          <PaperField childId={childId} kind={kind === 'illness' ? 'hospitalPaper' : 'certificate'} />
        </Form.Item>
        <FormFoot act="登记" sending={sending} onBack={onClose} />
      </Form>
    </Drawer>
  );
}
