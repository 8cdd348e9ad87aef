import { Form, Input } from 'antd';
import type { TemplateContent } from '#domain/notices/record.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { proposedWords } from './issue-words.ts';

/** The fields that a kind of document asks for, each with what the platform writes where it is left empty; part of a form, under `fields`. */
export function TemplateFields({
  content,
  labels,
  single = true,
}: {
  content: TemplateContent;
  /** Places filled from the records, by key. */
  labels: ReadonlyMap<string, string>;
  /** One document; for many, a needed field may be left to each line. */
  single?: boolean;
}) {
  if (content.fields.length === 0) return <p className="quiet">这种文书没有要填写的内容，全部取自记录。</p>;
  return (
    <div className="not-fields">
      {content.fields.map((field) => {
        const proposed = proposedWords(field.proposed, labels);
        return (
          <Form.Item
            key={field.key}
            name={['fields', field.key]}
            label={field.label}
            className={field.kind === 'text' ? 'not-wide' : ''}
            {...(proposed === null ? {} : { extra: `不填则写：${proposed}` })}
            rules={
              single && field.needed && field.proposed === ''
                ? [{ required: true, whitespace: true, message: `请填写${field.label}。` }]
                : []
            }
          >
            {field.kind === 'day' ? (
              <DayField words={field.label} allowClear />
            ) : field.kind === 'text' ? (
              <Input.TextArea rows={2} className="grows" maxLength={2000} />
            ) : (
              <Input maxLength={200} />
            )}
          </Form.Item>
        );
      })}
    </div>
  );
}
