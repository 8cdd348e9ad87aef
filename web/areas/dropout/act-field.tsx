import { Checkbox, Form, Input, Radio, Select } from 'antd';
import { DayField } from '#web/parts/day-field.tsx';
import { PickSchool, PickSubdistrict } from '#web/parts/pick.tsx';
import { SignaturePad } from '#web/parts/signature-pad.tsx';
import type { Strokes } from '#domain/basics/strokes.ts';
import { PapersField } from '#web/parts/papers-field.tsx';
import { PlanPeople } from './plan-people.tsx';

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

/** Kinds of field that are chosen and not written. */
const chosen: readonly ActField['kind'][] = ['choice', 'radio', 'many', 'school', 'street'];

/** One field of a step's form, with its label and what is said when it is left empty. */
export function ActFieldItem({ field, childId }: { field: ActField; childId: string }) {
  if (field.kind === 'people') return <PlanPeople label={field.label} />;
  const missing = chosen.includes(field.kind) ? '请选择' : field.kind === 'papers' ? '请上传' : '请填写';
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
        // Not of the child until it belongs to its record: an answer in an emergency is for those on the case alone.
        <PapersField
          childId={null}
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
