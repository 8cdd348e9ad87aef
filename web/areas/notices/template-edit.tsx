import { App, Button, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { previewTemplate, saveTemplate } from '#contract/notices-work.ts';
import { Failure } from '#domain/basics/failure.ts';
import { faultsOfTemplate } from '#domain/notices/fill.ts';
import { placeNames, TemplateContent } from '#domain/notices/record.ts';
import { placeWords } from '#domain/notices/words.ts';
import { callForFile } from '#web/api/call.ts';
import { useSend } from '#web/api/use.ts';
import { askReason } from '#web/parts/reason.tsx';
import { showFile } from '#web/parts/show-file.ts';
import { Block } from '#web/ui/page.tsx';
import type { Template } from './issue-words.ts';
import { TemplateEditCells } from './template-edit-cells.tsx';
import { TemplateEditFields } from './template-edit-fields.tsx';
import { kept, readable } from './template-words.ts';

type Typed = Omit<TemplateContent, 'body' | 'deadline'> & {
  body: string;
  deadlineUnit: 'none' | 'calendar' | 'working' | 'school';
  deadlineDays: number | null;
};

function typedFrom(content: TemplateContent): Typed {
  const { body, deadline, ...rest } = readable(content);
  return {
    ...rest,
    body: body.join('\n'),
    deadlineUnit: deadline?.unit ?? 'none',
    deadlineDays: deadline?.days ?? null,
  };
}

function contentFrom(typed: Typed): TemplateContent {
  const { body, deadlineUnit, deadlineDays, ...rest } = typed;
  return {
    ...rest,
    body: body
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    deadline: deadlineUnit === 'none' ? null : { unit: deadlineUnit, days: deadlineDays ?? 7 },
  };
}

/** Adjusts the words of a kind: places stand in Chinese, a preview with an invented pupil comes first, a reason is asked when it is kept. */
export function TemplateEdit({
  template,
  start,
  onClose,
}: {
  template: Template;
  start: TemplateContent;
  onClose: () => void;
}) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const [first] = useState(() => typedFrom(start));
  const [laying, setLaying] = useState(false);
  const [faults, setFaults] = useState<readonly string[]>([]);
  const { send, sending } = useSend(saveTemplate, { done: '已保存为新版本。', refresh: ['notices'] });
  const unit = Form.useWatch('deadlineUnit', form) ?? first.deadlineUnit;
  const fields = Form.useWatch('fields', form) ?? first.fields;
  /** The content as it is kept; null, with the faults shown, where something does not fit. */
  const read = (): TemplateContent | null => {
    // as: the form holds every part of the content from its start, hidden parts too
    const { content, unknown } = kept(contentFrom(form.getFieldsValue(true) as Typed));
    const parsed = TemplateContent.safeParse(content);
    const found = [
      ...unknown.map((word) => `没有可填入“{${word}}”的内容，请核对写法。`),
      ...(parsed.success
        ? unknown.length > 0
          ? []
          : faultsOfTemplate(parsed.data)
        : ['有的文字为空或过长，请核对标题和填写项的名称。']),
    ];
    setFaults(found);
    return found.length === 0 && parsed.success ? parsed.data : null;
  };
  const preview = async () => {
    const content = read();
    if (content === null) return;
    setLaying(true);
    try {
      await showFile(
        () => callForFile(previewTemplate, { kind: template.kind, content }),
        `${template.kindWords}_预览.pdf`,
      );
    } catch (error) {
      void message.error(error instanceof Failure ? error.message : '没有排出预览，请稍后再试。', 6);
    } finally {
      setLaying(false);
    }
  };
  const save = async () => {
    const content = read();
    if (content === null) return;
    const reason = await askReason({
      title: `保存${template.kindWords}的新版本`,
      words: '以后签发的文书用新的文字，已签发的不变。',
      placeholder: '例如：按区司法局意见补充法律依据',
    });
    if (reason === null) return;
    await send({ kind: template.kind, content, reason }).then(onClose, () => undefined);
  };
  const places = [...placeNames.map((key) => placeWords[key]), ...fields.map((field) => field.label)];
  return (
    <Form form={form} name="template" layout="vertical" initialValues={first}>
      <div className="not-record">
        <div className="not-stack">
          <Block title="文字">
            <Form.Item name="title" label="标题">
              <Input maxLength={60} />
            </Form.Item>
            <Form.Item name="to" label={template.isForm ? '表头一行' : '主送（称呼）'}>
              <Input maxLength={80} />
            </Form.Item>
            {template.isForm ? null : (
              <Form.Item name="body" label="正文（每段一行；以“一、”开头的短行是小标题）">
                <Input.TextArea rows={16} />
              </Form.Item>
            )}
            <TemplateEditCells rows={first.rows} />
            <Form.Item name="note" label="末尾小字">
              <Input.TextArea rows={1} className="grows" maxLength={500} />
            </Form.Item>
          </Block>
          <Block title="填写项">
            <TemplateEditFields />
          </Block>
        </div>
        <div className="not-stack">
          <Block title="编号、期限、签名">
            <Form.Item name="scheme" label="发文字号（不编号则留空）">
              <Input maxLength={20} />
            </Form.Item>
            <Form.Item name="deadlineUnit" label="期限">
              <Select
                options={[
                  { value: 'none', label: '没有期限' },
                  { value: 'calendar', label: '送达后若干日' },
                  { value: 'working', label: '送达后若干工作日' },
                  { value: 'school', label: '送达后若干上课日' },
                ]}
              />
            </Form.Item>
            <Form.Item name="deadlineDays" label="天数" hidden={unit === 'none'}>
              <InputNumber min={1} max={90} precision={0} />
            </Form.Item>
            <Form.Item name="signers" label="签名处">
              <Select
                mode="tags"
                open={false}
                suffixIcon={null}
                maxCount={8}
                placeholder="输入名称后回车，例如：校长"
              />
            </Form.Item>
          </Block>
          <Block title="可以填入的内容">
            <p className="quiet">在文字里写作花括号中的名称，签发时由记录或填写项填入。</p>
            <p className="not-places">
              {[...new Set(places)].map((label) => (
                <span key={label} className="not-place">{`{${label}}`}</span>
              ))}
            </p>
          </Block>
          <Block>
            {faults.map((words) => (
              <p key={words} className="not-late" role="alert">
                {words}
              </p>
            ))}
            <div className="not-buttons">
              <Button loading={laying} onClick={() => void preview()}>
                预览（以虚构的学生）
              </Button>
              <Button type="primary" loading={sending} onClick={() => void save()}>
                保存新版本
              </Button>
              <Button onClick={onClose}>放弃改动</Button>
            </div>
          </Block>
        </div>
      </div>
    </Form>
  );
}
