import { Button, Checkbox, Form, Input, Select } from 'antd';
import type { TemplateField } from '#domain/notices/record.ts';
import { freeKey } from './template-words.ts';

/** What the one who issues fills in: name, kind, whether needed, proposed words. Part of a form; new ones get a key of their own. */
export function TemplateEditFields() {
  const form = Form.useFormInstance();
  const fields = Form.useWatch<TemplateField[] | undefined>('fields', form) ?? [];
  return (
    <Form.List name="fields">
      {(items, { add, remove }) => (
        <>
          {items.map((item) => (
            <div key={item.key} className="not-field">
              <Form.Item name={[item.name, 'label']} label="名称">
                <Input maxLength={30} />
              </Form.Item>
              <Form.Item name={[item.name, 'kind']} label="填法">
                <Select
                  options={[
                    { value: 'line', label: '一行文字' },
                    { value: 'text', label: '多行文字' },
                    { value: 'day', label: '日期' },
                  ]}
                />
              </Form.Item>
              <Form.Item name={[item.name, 'needed']} label="必填" valuePropName="checked">
                <Checkbox aria-label="必填" />
              </Form.Item>
              <Button
                danger
                aria-label="删去这一项"
                onClick={() => {
                  remove(item.name);
                }}
              >
                删去
              </Button>
              <Form.Item name={[item.name, 'proposed']} label="建议的文字" className="not-wide">
                <Input.TextArea rows={1} className="grows" maxLength={500} />
              </Form.Item>
            </div>
          ))}
          {items.length < 30 ? (
            <Button
              onClick={() => {
                add({
                  key: freeKey(fields.map((field) => field.key)),
                  label: '',
                  kind: 'line',
                  needed: false,
                  proposed: '',
                });
              }}
            >
              添加填写项
            </Button>
          ) : null}
        </>
      )}
    </Form.List>
  );
}
