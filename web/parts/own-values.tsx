import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { getValues, saveValues } from '#contract/books-design.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { Block, Facts } from '#web/ui/page.tsx';
import { momentShort } from '#web/ui/words.ts';
import { DayField } from './day-field.tsx';

type Field = OutputOf<typeof getValues>['fields'][number];

/** The bureau's own fields of a child or school, to read and to fill; nothing where there are none. */
export function OwnValues({ subject, id }: { subject: 'child' | 'school'; id: string }) {
  const answer = useAnswer(getValues, { subject, id });
  const [editing, setEditing] = useState(false);
  const data = answer.data;
  if (data === undefined || data.fields.length === 0) return null;
  return (
    <Block
      title="自设字段"
      extra={
        data.mayFill && !editing ? (
          <Button
            onClick={() => {
              setEditing(true);
            }}
          >
            填写自设字段
          </Button>
        ) : null
      }
    >
      {editing ? (
        <Fill
          subject={subject}
          id={id}
          fields={data.fields}
          onClose={() => {
            setEditing(false);
          }}
        />
      ) : (
        <Facts
          items={data.fields.map((field) => ({
            label: field.name,
            value:
              field.value === '' ? (
                '—'
              ) : (
                <span
                  title={field.since === null ? undefined : `${field.byName ?? ''} ${momentShort(field.since)} 填写`}
                >
                  {field.value}
                </span>
              ),
          }))}
        />
      )}
    </Block>
  );
}

function inputFor(field: Field, value: string, change: (value: string) => void) {
  if (field.kind === 'choice')
    return (
      <Select
        allowClear
        aria-label={field.name}
        value={value === '' ? null : value}
        options={field.choices.map((one) => ({ value: one, label: one }))}
        onChange={(next: string | null | undefined) => {
          change(next ?? '');
        }}
      />
    );
  if (field.kind === 'date')
    return (
      <DayField
        words={field.name}
        allowClear
        value={value}
        onChange={(next) => {
          change(next ?? '');
        }}
      />
    );
  if (field.kind === 'number')
    return (
      <InputNumber
        stringMode
        style={{ width: 200, maxWidth: '100%' }}
        aria-label={field.name}
        value={value === '' ? null : value}
        onChange={(next) => {
          change(next ?? '');
        }}
      />
    );
  return (
    <Input
      aria-label={field.name}
      maxLength={200}
      value={value}
      onChange={(event) => {
        change(event.target.value);
      }}
    />
  );
}

function Fill({
  subject,
  id,
  fields,
  onClose,
}: {
  subject: 'child' | 'school';
  id: string;
  fields: Field[];
  onClose: () => void;
}) {
  // prettier-ignore
  const [values, setValues] = useState<Record<string, string>>(() => Object.fromEntries(fields.map((field) => [field.id, field.value]))); // prettier-ignore
  const { send, sending } = useSend(saveValues, { done: '已保存自设字段。' });
  const save = () =>
    void send({
      subject,
      id,
      values: fields.map((field) => ({ fieldId: field.id, value: values[field.id] ?? '' })),
    }).then(onClose, () => undefined);
  return (
    <Form layout="vertical" onFinish={save} style={{ maxWidth: 520 }}>
      {fields.map((field) => (
        <Form.Item key={field.id} label={field.name}>
          {inputFor(field, values[field.id] ?? '', (value) => {
            setValues({ ...values, [field.id]: value });
          })}
        </Form.Item>
      ))}
      <Button type="primary" size="large" htmlType="submit" loading={sending}>
        保存
      </Button>{' '}
      <Button size="large" onClick={onClose}>
        返回
      </Button>
    </Form>
  );
}
