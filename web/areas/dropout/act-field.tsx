import { Button, Checkbox, Flex, Form, Input, Radio, Select } from 'antd';
import { DayField } from '#web/parts/day-field.tsx';
import { PickSchool, PickSubdistrict } from '#web/parts/pick.tsx';
import { SignaturePad } from '#web/parts/signature-pad.tsx';
import type { Strokes } from '#domain/basics/strokes.ts';
import { PapersField } from './papers-field.tsx';

/** A field of a step's form: its name is the contract's, so that the server's faults stand at it. */
export interface ActField {
  name: string | readonly (string | number)[];
  label: string;
  kind:
    | 'line'
    | 'text'
    | 'day'
    | 'choice'
    | 'radio'
    | 'many'
    | 'yes'
    | 'school'
    | 'street'
    | 'papers'
    | 'paper'
    | 'signature'
    | 'people';
  needed?: boolean;
  choices?: readonly { value: string | number | boolean; label: string }[];
  extra?: string;
  most?: number;
  /** Days up to this one. */
  latest?: string;
  earliest?: string;
}

/** One field of a step's form, with its label and what is said when it is left empty. */
export function ActFieldItem({ field, childId }: { field: ActField; childId: string }) {
  if (field.kind === 'people') return <People latestLabel={field.label} />;
  const missing = field.kind === 'choice' || field.kind === 'radio' || field.kind === 'many' ? '请选择' : '请填写';
  return (
    <Form.Item
      name={typeof field.name === 'string' ? field.name : [...field.name]}
      label={field.kind === 'yes' ? undefined : field.label}
      {...(field.extra === undefined ? {} : { extra: field.extra })}
      {...(field.kind === 'yes' ? { valuePropName: 'checked' } : {})}
      rules={field.needed === true ? [{ required: true, message: `${missing}${field.label}。` }] : []}
    >
      <Control field={field} childId={childId} />
    </Form.Item>
  );
}

interface Held {
  id?: string;
  // the form hands every kind of field its own kind of value
  value?: unknown;
  checked?: boolean;
  onChange?: (value: unknown) => void;
}

function isStrokes(value: unknown): value is Strokes {
  return Array.isArray(value);
}

/** The control of a field; `held` is what the form puts in: id, value and change. */
function Control({ field, childId, ...held }: { field: ActField; childId: string } & Held) {
  const { id, value, onChange } = held;
  const named = id === undefined ? {} : { id };
  const words = typeof value === 'string' ? value : '';
  const change = (next: unknown) => {
    onChange?.(next);
  };
  switch (field.kind) {
    case 'line':
    case 'text': {
      const shared = { ...named, value: words, maxLength: field.most ?? 1000 };
      return field.kind === 'line' ? (
        <Input
          {...shared}
          onChange={(event) => {
            change(event.target.value);
          }}
        />
      ) : (
        <Input.TextArea
          {...shared}
          rows={3}
          onChange={(event) => {
            change(event.target.value);
          }}
        />
      );
    }
    case 'day':
      return (
        <DayField
          {...named}
          words={field.label}
          value={words}
          latest={field.latest}
          earliest={field.earliest}
          onChange={change}
        />
      );
    case 'radio':
      return (
        <Radio.Group
          {...named}
          className="drop-options"
          value={value}
          options={(field.choices ?? []).map((one) => ({ ...one }))}
          onChange={(event) => {
            change(event.target.value);
          }}
        />
      );
    case 'choice':
      return (
        <Select
          {...named}
          aria-label={field.label}
          showSearch={{ optionFilterProp: 'label' }}
          value={value ?? null}
          options={(field.choices ?? []).map((one) => ({ ...one }))}
          onChange={change}
        />
      );
    case 'many':
      return (
        <Checkbox.Group
          className="drop-options"
          value={Array.isArray(value) ? value : []}
          options={(field.choices ?? []).map((one) => ({ ...one }))}
          onChange={change}
        />
      );
    case 'yes':
      return (
        <Checkbox
          {...named}
          checked={held.checked === true}
          onChange={(event) => {
            change(event.target.checked);
          }}
        >
          {field.label}
        </Checkbox>
      );
    case 'school':
      return <PickSchool {...named} value={words === '' ? null : words} onChange={change} />;
    case 'street':
      return <PickSubdistrict {...named} value={words === '' ? null : words} onChange={change} />;
    case 'paper':
      return (
        <PapersField
          childId={childId}
          value={words === '' ? [] : [words]}
          onChange={(ids) => {
            change(ids.at(-1));
          }}
        />
      );
    case 'papers':
      return <PapersField childId={childId} value={Array.isArray(value) ? value.map(String) : []} onChange={change} />;
    case 'signature':
      return <SignaturePad signer="校长" strokes={isStrokes(value) ? value : []} onChange={change} />;
    case 'people':
      return null;
  }
}

/** The people of a plan: who does what until when; a line can be added and taken away. */
function People({ latestLabel }: { latestLabel: string }) {
  return (
    <Form.List name="people">
      {(lines, { add, remove }) => (
        <Form.Item label={latestLabel} required>
          {lines.map((line) => (
            <Flex key={line.key} gap={8} wrap align="start">
              <Form.Item name={[line.name, 'name']} rules={[{ required: true, min: 2, message: '请填写姓名。' }]}>
                <Input aria-label="姓名" placeholder="姓名" maxLength={40} />
              </Form.Item>
              <Form.Item name={[line.name, 'task']} rules={[{ required: true, min: 2, message: '请写明做什么。' }]}>
                <Input aria-label="做什么" placeholder="做什么" maxLength={200} />
              </Form.Item>
              <Form.Item name={[line.name, 'day']} rules={[{ required: true, message: '请填写日期。' }]}>
                <DayField words="完成日期" width={140} />
              </Form.Item>
              {lines.length > 1 ? (
                <Button
                  type="link"
                  onClick={() => {
                    remove(line.name);
                  }}
                >
                  移去
                </Button>
              ) : null}
            </Flex>
          ))}
          <Button
            onClick={() => {
              add({});
            }}
          >
            再加一人
          </Button>
        </Form.Item>
      )}
    </Form.List>
  );
}
