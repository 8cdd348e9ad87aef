import { App, Button, Form } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { reportEmergency } from '#contract/dropout.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { emergencyKindWords, referralPartyWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { ActFieldItem, type ActField } from './act-field.tsx';
import { caseRefreshes, choicesOf } from './case-words.ts';

type Input = InputOf<typeof reportEmergency>;
interface Typed extends Pick<Input, 'kinds' | 'words' | 'day' | 'whereabouts' | 'parties'> {
  reported?: boolean;
  policeDay?: string;
  policeTime?: string;
  receipt?: string;
}

function fieldsOn(today: string, reported: boolean, again: boolean): ActField[] {
  return [
    { name: 'kinds', label: '情况', kind: 'many', needed: true, choices: choicesOf(emergencyKindWords) },
    {
      name: 'words',
      label: again ? '新的情况' : '经过',
      kind: 'text',
      needed: true,
      most: 1000,
      extra: '只有办理人员可以看。',
    },
    { name: 'day', label: '发现日期', kind: 'day', needed: true, latest: today },
    { name: 'whereabouts', label: '去向', kind: 'choice', choices: choicesOf(whereaboutsWords) },
    { name: 'reported', label: '已经报警', kind: 'yes' },
    ...(reported
      ? ([
          { name: 'policeDay', label: '报警日期', kind: 'day', needed: true, latest: today },
          { name: 'policeTime', label: '报警时刻', kind: 'line', needed: true, most: 5, extra: '例如 14:30' },
          { name: 'receipt', label: '报警回执号', kind: 'line', most: 60 },
        ] satisfies ActField[])
      : []),
    {
      name: 'parties',
      label: '立即转给',
      kind: 'many',
      choices: choicesOf(referralPartyWords).filter((one) => one.value !== 'educationElsewhere'),
      extra: '每个部门都要限时答复（默认 24 小时）。',
    },
  ];
}

/** The report of an emergency: its kinds, what happened, the police and to whom it is passed on at once. */
export function EmergencyForm({
  childId,
  day,
  again,
  onDone,
}: {
  childId: string;
  day: string | undefined;
  /** Adds to an emergency that was reported: the police, other offices, what is new. */
  again: boolean;
  onDone: (link: string) => void;
}) {
  const { message } = App.useApp();
  const { today } = useMe();
  const [form] = Form.useForm<Typed>();
  const [id] = useState(newRequestId);
  const reported = Form.useWatch('reported', form) === true;
  const { send, sending } = useSend(reportEmergency, { refresh: caseRefreshes });
  const save = async ({ reported: called, policeDay, policeTime, receipt, ...typed }: Typed) => {
    const at = `${policeDay ?? ''}T${(policeTime ?? '').trim().padStart(5, '0')}:00+08:00`;
    if (called === true && !dayjs(at).isValid()) {
      form.setFields([{ name: 'policeTime', errors: ['请写成 14:30 这样。'] }]);
      return;
    }
    try {
      const answer = await send({
        ...typed,
        id,
        childId,
        police: called === true ? { at, receipt: receipt ?? '' } : null,
      });
      void message.success(
        answer.referrals > 0 ? `已报告，并转给 ${String(answer.referrals)} 个部门，限时答复。` : '已报告。',
        5,
      );
      onDone(answer.link);
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Form
      form={form}
      name="emergency"
      layout="vertical"
      className="drop-form"
      initialValues={{ day: day ?? today, whereabouts: 'unknown', reported: again, policeDay: today }}
      onFinish={(typed) => void save(typed)}
      scrollToFirstError
    >
      {fieldsOn(today, reported, again).map((field) => (
        <ActFieldItem key={String(field.name)} field={field} childId={childId} />
      ))}
      <Button type="primary" danger htmlType="submit" size="large" loading={sending}>
        {again ? '补记' : '立即报告'}
      </Button>
    </Form>
  );
}
