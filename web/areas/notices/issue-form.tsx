import { Alert, App, Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { draftDocument, issueDocument, previewDocument } from '#contract/notices.ts';
import { Failure } from '#domain/basics/failure.ts';
import { callForFile } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { keepFile, showFile } from '#web/parts/show-file.ts';
import { useGo } from '#web/ui/go.tsx';
import { Block, Facts } from '#web/ui/page.tsx';
import { documentRefreshes } from './notices-words.ts';
import { deadlineAsked, orderOf, proposedFields, unitKey, type IssueTyped, type Template } from './issue-words.ts';
import { SignNow } from './sign-now.tsx';
import { TemplateFields } from './template-fields.tsx';

/** The form of one document: what it asks for, a preview of exactly what would be issued, then the issue, which needs that preview. */
export function IssueForm({
  id,
  template,
  child,
  caseOpen,
  labels,
  day,
  hint,
}: {
  /** Of the document to be; the same sent twice is one document. */
  id: string;
  template: Template;
  child: { id: string; name: string; schoolName: string | null; className: string | null };
  caseOpen: { id: string } | null;
  labels: ReadonlyMap<string, string>;
  /** First day of absence, where the address brings one. */
  day: string | undefined;
  hint: ReactNode;
}) {
  const me = useMe();
  const go = useGo();
  const { message, modal } = App.useApp();
  const [form] = Form.useForm<IssueTyped>();
  const [seen, setSeen] = useState<string | null>(null);
  const [laying, setLaying] = useState(false);
  const [drafting, setDrafting] = useState(false);
  const { send, sending } = useSend(issueDocument, { refresh: documentRefreshes });
  const { content } = template;
  const known = { childName: child.name, schoolName: child.schoolName, className: child.className, signer: me.name };
  const initial: IssueTyped = {
    ...(template.units[0] === undefined ? {} : { unit: unitKey(template.units[0]) }),
    signerName: me.name,
    ...(content.deadline === null ? {} : { deadlineDays: content.deadline.days }),
    fields: {
      ...proposedFields(content, known),
      ...(day === undefined || !content.fields.some((field) => field.key === 'absentSince')
        ? {}
        : { absentSince: day }),
    },
    inCase: true,
  };
  const order = (typed: IssueTyped) => orderOf(template, child.id, caseOpen?.id ?? null, typed);
  const watched = Form.useWatch<IssueTyped | undefined>([], form);
  const now = JSON.stringify(order({ ...initial, ...watched }));
  const marked = (error: unknown) => {
    const faults = formFaults(error);
    form.setFields(faults);
    if (faults[0] !== undefined) form.scrollToField(faults[0].name, { block: 'center' });
  };
  const preview = async () => {
    setLaying(true);
    try {
      const typed = { ...initial, ...form.getFieldsValue() };
      const asked = order(typed);
      await showFile(() => callForFile(previewDocument, asked), `${template.kindWords}_预览.pdf`);
      setSeen(JSON.stringify(asked));
    } catch (error) {
      marked(error);
      void message.error(error instanceof Failure ? error.message : '没有排出预览，请稍后再试。', 6);
    } finally {
      setLaying(false);
    }
  };
  const draft = async () => {
    setDrafting(true);
    try {
      const asked = order({ ...initial, ...form.getFieldsValue() });
      await keepFile(() => callForFile(draftDocument, asked), `${template.kindWords}_${child.name}_草稿.docx`);
    } catch (error) {
      marked(error);
      void message.error(error instanceof Failure ? error.message : '没有下载，请稍后再试。', 6);
    } finally {
      setDrafting(false);
    }
  };
  const issue = async (typed: IssueTyped) => {
    if (JSON.stringify(order({ ...initial, ...typed })) !== seen) {
      void message.info('请先预览现在的内容，再签发。');
      return;
    }
    const confirmed = await modal.confirm({
      title: `签发${child.name}的${template.kindWords}`,
      content: `${content.scheme === '' ? '' : '签发后即占用文号，'}内容不能再修改；有误的只能作废后重新签发。`,
      okText: '签发',
      cancelText: '返回',
    });
    if (!confirmed) return;
    try {
      const issued = await send({ ...order({ ...initial, ...typed }), id });
      void message.success(issued.numberWords === null ? '已签发。' : `已签发，文号${issued.numberWords}。`);
      go(`/notices/${issued.id}`);
    } catch (error) {
      marked(error);
    }
  };
  const unit = template.units.find((one) => unitKey(one) === (watched?.unit ?? initial.unit));
  return (
    <Form
      form={form}
      name="issue"
      layout="vertical"
      initialValues={initial}
      onFinish={(typed) => void issue(typed)}
      scrollToFirstError={{ block: 'center' }}
    >
      {hint === null ? null : (
        <Alert
          type="info"
          showIcon
          className="not-hint"
          title={hint}
          description={
            <Form.Item name="inCase" valuePropName="checked" noStyle>
              <Checkbox>记入这个个案（劝返步骤和期限随之推进）</Checkbox>
            </Form.Item>
          }
        />
      )}
      <div className="not-record">
        <Block title="填写内容">
          <TemplateFields content={content} labels={labels} />
          <SignNow labels={content.signers} />
        </Block>
        <Block title="签发">
          <Form.Item name="unit" label="签发单位" hidden={template.units.length < 2}>
            <Select options={template.units.map((one) => ({ value: unitKey(one), label: one.words }))} />
          </Form.Item>
          <Form.Item
            name="signerName"
            label="签发人"
            {...(template.signedBySelf ? { extra: '只能由签发人本人办理，不能代签。' } : {})}
          >
            <Input maxLength={40} disabled={template.signedBySelf} />
          </Form.Item>
          {content.deadline === null ? null : (
            <Form.Item name="deadlineDays" label={deadlineAsked(content.deadline)}>
              <InputNumber min={1} max={90} precision={0} />
            </Form.Item>
          )}
          <Facts
            items={[
              { label: '签发单位', value: unit?.words },
              {
                label: '文号',
                value: content.scheme === '' ? '不编号' : `${unit?.scheme ?? content.scheme}，签发时编号`,
              },
              { label: '送达', value: template.needsService ? '须送达，附送达回证' : '不需要送达回证' },
            ]}
          />
          <div className="not-buttons">
            <Button
              {...(seen === now ? {} : { type: 'primary' as const })}
              loading={laying}
              onClick={() => void preview()}
            >
              预览
            </Button>
            <Button
              {...(seen === now ? { type: 'primary' as const } : {})}
              htmlType="submit"
              loading={sending}
              disabled={seen !== now}
            >
              签发
            </Button>
          </div>
          <p className="quiet">
            {seen === null
              ? '先预览，看过无误再签发。'
              : seen === now
                ? '预览与将要签发的内容一致。'
                : '内容有改动，请再预览一次。'}
          </p>
          <Button type="link" className="not-draft" loading={drafting} onClick={() => void draft()}>
            下载草稿（Word），在文档里商改
          </Button>
        </Block>
      </div>
    </Form>
  );
}
