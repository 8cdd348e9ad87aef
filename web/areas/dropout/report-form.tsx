import { App, Button, Form } from 'antd';
import { useState } from 'react';
import { reportDropout } from '#contract/dropout.ts';
import { nextReasonWords } from '#domain/attendance/words.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { reasonGroupWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { ActFieldItem, type ActField } from './act-field.tsx';
import { caseRefreshes, choicesOf } from './case-words.ts';

/** What was done before the report where the guardian was called. */
const calledWords = '已与家长电话联系';

type Typed = Omit<InputOf<typeof reportDropout>, 'id' | 'childId' | 'findingId'>;

function fieldsOn(today: string): ActField[] {
  return [
    { name: 'discovered', label: '发现日期', kind: 'day', needed: true, latest: today },
    { name: 'firstAbsent', label: '从哪天起没来', kind: 'day', latest: today },
    { name: 'lastSeen', label: '最后一次见到', kind: 'day', latest: today },
    { name: 'reasonGroup', label: '原因', kind: 'choice', needed: true, choices: choicesOf(reasonGroupWords) },
    { name: 'reasonWords', label: '原因说明', kind: 'text', most: 500 },
    { name: 'whereabouts', label: '去向', kind: 'choice', needed: true, choices: choicesOf(whereaboutsWords) },
    { name: 'whereaboutsWords', label: '去向说明', kind: 'line', most: 200 },
    { name: 'done', label: '已经做了什么', kind: 'text', most: 1000 },
  ];
}

/** The report of a child who is suspected to have dropped out; goes to the case it opened or joined. */
export function ReportForm({
  childId,
  day,
  called,
  lost,
  findingId,
  onDone,
}: {
  childId: string;
  day: string | undefined;
  /** The guardian was called and said that the child has left school. */
  called: boolean;
  /** Nobody knows where the child is: the list of the first day of a term says so. */
  lost: boolean;
  findingId: string | undefined;
  onDone: (link: string) => void;
}) {
  const { message } = App.useApp();
  const { today } = useMe();
  const [form] = Form.useForm<Typed>();
  const [id] = useState(newRequestId);
  const { send, sending } = useSend(reportDropout, { refresh: caseRefreshes });
  const save = async (typed: Typed) => {
    try {
      const answer = await send({
        ...typed,
        id,
        childId,
        ...(findingId === undefined ? {} : { findingId }),
      });
      void message.success(answer.words, 5);
      onDone(answer.link);
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Form
      form={form}
      name="report"
      layout="vertical"
      className="drop-form"
      initialValues={{
        discovered: today,
        ...(day === undefined ? {} : { firstAbsent: day }),
        ...(lost ? { reasonWords: nextReasonWords.lost, whereabouts: 'unknown' as const } : {}),
        ...(called ? { reasonWords: nextReasonWords.report, done: calledWords } : {}),
      }}
      onFinish={(typed) => void save(typed)}
      scrollToFirstError
    >
      {fieldsOn(today).map((field) => (
        <ActFieldItem key={String(field.name)} field={field} childId={childId} />
      ))}
      <Button type="primary" htmlType="submit" size="large" loading={sending}>
        报告
      </Button>
    </Form>
  );
}
