import { Button, Drawer, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { addHomeLesson, listHomeLessons } from '#contract/enrolment-changes.ts';
import type { InputOf } from '#contract/endpoint.ts';
import type { Strokes } from '#domain/basics/strokes.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { SignaturePad } from '#web/parts/signature-pad.tsx';
import { Block } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import type { Change } from './change-words.ts';

type Typed = Omit<InputOf<typeof addHomeLesson>, 'id' | 'lessonId'>;

/** 送教上门: lessons of each month against the quota, the log, and a new entry signed by the guardian. */
export function HomeLessons({ record }: { record: Change }) {
  const may = useMay('changes.lessons');
  const granted = record.state === 'done';
  const log = useAnswer(listHomeLessons, { id: record.id }, { enabled: granted });
  const [adding, setAdding] = useState(false);
  if (!granted) return null;
  return (
    <Block
      title="送教上门记录"
      extra={
        may ? (
          <Button
            type="primary"
            onClick={() => {
              setAdding(true);
            }}
          >
            登记送教
          </Button>
        ) : undefined
      }
    >
      <ul className="enrol-pieces">
        {(log.data?.months ?? []).map((month) => (
          <li key={month.month}>
            {month.month}：已送 {month.held} 课时，应送 {log.data?.quota} 课时{' '}
            {month.missing === 0 ? (
              <Status kind="ok" words="达到" />
            ) : (
              <Status kind="warn" words={`还差 ${String(month.missing)} 课时`} />
            )}
          </li>
        ))}
      </ul>
      <ol className="enrol-course">
        {(log.data?.rows ?? []).map((row) => (
          <li key={row.id}>
            <strong>{row.day}</strong> {row.lessons} 课时，{row.teachers}
            <div className="enrol-text">{row.content}</div>
            {row.response === '' ? null : <div className="quiet">{row.response}</div>}
          </li>
        ))}
      </ol>
      {adding ? (
        <LessonForm
          record={record}
          onClose={() => {
            setAdding(false);
          }}
        />
      ) : null}
    </Block>
  );
}

/** The pad as a field of the form. */
function SignatureField({ value, onChange }: { value?: Strokes; onChange?: (strokes: Strokes) => void }) {
  return <SignaturePad signer="监护人" strokes={value ?? []} onChange={(strokes) => onChange?.(strokes)} />;
}

function LessonForm({ record, onClose }: { record: Change; onClose: () => void }) {
  const phone = usePhone();
  const { today, name } = useMe();
  const [form] = Form.useForm<Typed>();
  const [lessonId] = useState(newRequestId);
  const { send, sending } = useSend(addHomeLesson, { done: '已登记。' });
  const save = async (typed: Typed) => {
    try {
      await send({ ...typed, id: record.id, lessonId });
      onClose();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <Drawer
      open
      onClose={onClose}
      size={phone ? '100%' : 560}
      mask={{ closable: false }}
      title={`登记送教：${record.name}`}
      footer={
        <span className="enrol-acts">
          <Button onClick={onClose}>返回</Button>
          <Button type="primary" loading={sending} onClick={form.submit}>
            登记
          </Button>
        </span>
      }
    >
      <Form
        form={form}
        name="lesson"
        layout="vertical"
        initialValues={{ day: today, lessons: 2, teachers: name }}
        onFinish={(typed) => void save(typed)}
        scrollToFirstError
      >
        <Form.Item name="day" label="日期" rules={[{ required: true, message: '请填写日期。' }]}>
          <DayField words="日期" latest={today} earliest={record.fromDay} />
        </Form.Item>
        <Form.Item name="lessons" label="课时" rules={[{ required: true, message: '请填写课时。' }]}>
          <InputNumber min={1} max={8} precision={0} />
        </Form.Item>
        <Form.Item name="teachers" label="送教教师" rules={[{ required: true, message: '请填写送教教师。' }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="content" label="送教内容" rules={[{ required: true, message: '请填写送教内容。' }]}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        <Form.Item name="response" label="学生表现">
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="signature" label="监护人签名" rules={[{ required: true, message: '请监护人签名。' }]}>
          <SignatureField />
        </Form.Item>
      </Form>
    </Drawer>
  );
}
