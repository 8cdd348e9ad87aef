import { Button, Form, Input, Radio, Select } from 'antd';
import { verifyLeave } from '#contract/attendance-leaves.ts';
import { listVisits } from '#contract/visits.ts';
import { verifyOutcomes, type VerifyOutcome } from '#domain/attendance/record.ts';
import { verifyOutcomeWords } from '#domain/attendance/words.ts';
import { formFaults } from '#web/api/problem.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { momentShort } from '#web/ui/words.ts';
import { markRefreshes, suspensionPath } from './attendance-words.ts';
import { PaperField } from './paper-field.tsx';
import type { Leave } from './rows.ts';

interface Typed {
  outcome: VerifyOutcome;
  note: string;
  toDay?: string;
  paperId?: string;
  visitId?: string;
}

/** 核实 a leave that is past its end or too long: what was found, and what follows. */
export function LeaveVerify({ leave, onDone }: { leave: Leave; onDone: () => void }) {
  const [form] = Form.useForm<Typed>();
  const outcome = Form.useWatch('outcome', form);
  const go = useGo();
  const mayChange = useMay('changes.ask');
  const mayVisits = useMay('visits.read');
  const visits = useAnswer(listVisits, { childId: leave.childId }, { enabled: mayVisits });
  const made = visits.data?.rows ?? [];
  const { send, sending } = useSend(verifyLeave, {
    done: '已核实。',
    refresh: [...markRefreshes, 'dropout', 'duties'],
  });
  const save = async (typed: Typed) => {
    try {
      await send({
        id: leave.id,
        outcome: typed.outcome,
        note: typed.note.trim(),
        ...(typed.outcome === 'prolonged' && typed.toDay !== undefined ? { toDay: typed.toDay } : {}),
        ...(typed.paperId === undefined ? {} : { paperId: typed.paperId }),
        ...(typed.visitId === undefined ? {} : { visitId: typed.visitId }),
      });
      if (typed.outcome === 'suspension' && mayChange) go(suspensionPath(leave));
      else onDone();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Block title={`核实：${leave.verifyWords ?? '这次请假'}`}>
      <Form form={form} name="verify" layout="vertical" onFinish={(typed) => void save(typed)}>
        <Form.Item name="outcome" label="核实的结果" rules={[{ required: true, message: '请选择。' }]}>
          <Radio.Group className="att-radios">
            {verifyOutcomes.map((each) => (
              <Radio key={each} value={each}>
                {verifyOutcomeWords[each]}
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        {outcome === 'prolonged' ? (
          <Form.Item name="toDay" label="续到" rules={[{ required: true, message: '请填写续假的结束日期。' }]}>
            <DayField words="续到" earliest={leave.toDay} />
          </Form.Item>
        ) : null}
        {outcome === 'paperShown' || outcome === 'prolonged' ? (
          <Form.Item name="paperId" label="证明">
            <PaperField childId={leave.childId} kind={leave.kind === 'illness' ? 'hospitalPaper' : 'certificate'} />
          </Form.Item>
        ) : null}
        {made.length === 0 ? (
          <p className="quiet">
            上门核实的，先<Go to={`/visits/new?child=${leave.childId}`}>登记走访</Go>，再在这里选择那次走访。
          </p>
        ) : (
          <Form.Item name="visitId" label="核实时的走访（可不选）">
            <Select
              allowClear
              options={made.map((one) => ({ value: one.id, label: `${momentShort(one.at)}　${one.modeWords}` }))}
            />
          </Form.Item>
        )}
        {outcome === 'notReturned' ? <p className="quiet">记下后即列为疑似辍学，由班主任报告，并上门走访。</p> : null}
        {outcome === 'suspension' ? (
          <p className="quiet">
            {mayChange ? '记下后转到办理休学的表，学生和原因已填好。' : '记下后请学籍员在这次请假里点“办理休学”。'}
          </p>
        ) : null}
        <Form.Item
          name="note"
          label="核实的情况"
          rules={[{ required: true, whitespace: true, min: 4, message: '请写明核实的情况，至少 4 个字。' }]}
        >
          <Input.TextArea rows={3} maxLength={500} placeholder="何时、向谁、看到什么" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={sending}>
          {outcome === 'suspension' && mayChange ? '记下，去办理休学' : '记下核实结果'}
        </Button>
      </Form>
    </Block>
  );
}
