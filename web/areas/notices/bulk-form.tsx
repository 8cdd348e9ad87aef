import { App, Button, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { issueBulk } from '#contract/notices-work.ts';
import { previewDocument } from '#contract/notices.ts';
import { faultsOfFields } from '#domain/notices/fill.ts';
import { Failure } from '#domain/basics/failure.ts';
import { callForFile, newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { showFile } from '#web/parts/show-file.ts';
import { useGo } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { count } from '#web/ui/words.ts';
import { BulkLines } from './bulk-lines.tsx';
import { ChoosePupils, type ChosenPupil } from './choose-pupils.tsx';
import {
  deadlineAsked,
  orderOf,
  proposedFields,
  sentFields,
  unitKey,
  unitOf,
  type IssueTyped,
  type Template,
} from './issue-words.ts';
import { documentRefreshes } from './notices-words.ts';
import { TemplateFields } from './template-fields.tsx';

type OwnFields = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The form of a bulk issue: pupils, what is the same for all, what is each one's own; shows the first before all are ordered. */
export function BulkForm({ template, labels }: { template: Template; labels: ReadonlyMap<string, string> }) {
  const me = useMe();
  const go = useGo();
  const { message, modal } = App.useApp();
  const [id] = useState(newRequestId);
  const [form] = Form.useForm<IssueTyped>();
  const [chosen, setChosen] = useState<ChosenPupil[]>([]);
  const [own, setOwn] = useState<OwnFields>({});
  const [laying, setLaying] = useState(false);
  const { send, sending } = useSend(issueBulk, { refresh: documentRefreshes });
  const { content } = template;
  const initial: IssueTyped = {
    ...(template.units[0] === undefined ? {} : { unit: unitKey(template.units[0]) }),
    signerName: me.name,
    ...(content.deadline === null ? {} : { deadlineDays: content.deadline.days }),
    fields: proposedFields(content, { signer: me.name }),
  };
  const watched = Form.useWatch<IssueTyped | undefined>([], form);
  const typed: IssueTyped = { ...initial, ...watched };
  const unit = unitOf(template, typed.unit);
  const lacking = chosen.filter(
    (one) => faultsOfFields(content, { ...sentFields(content, typed.fields ?? {}), ...own[one.childId] }).length > 0,
  );
  const fault = (error: unknown) => {
    form.setFields(formFaults(error));
    void message.error(error instanceof Failure ? error.message : '没有办成，请稍后再试。', 6);
  };
  const preview = async () => {
    const [first] = chosen;
    if (first === undefined) return;
    setLaying(true);
    try {
      const order = orderOf(template, first.childId, null, typed);
      const asked = { ...order, fields: { ...order.fields, ...own[first.childId] } };
      await showFile(() => callForFile(previewDocument, asked), `${template.kindWords}_预览.pdf`);
    } catch (error) {
      fault(error);
    } finally {
      setLaying(false);
    }
  };
  const issue = async () => {
    const confirmed = await modal.confirm({
      title: `给 ${count(chosen.length)} 名学生签发${template.kindWords}`,
      content: '每人一份，依次编号，签发后不能修改，只能逐份作废。签发中可以停止，已签发的仍有效。',
      okText: '开始签发',
      cancelText: '返回',
    });
    if (!confirmed) return;
    const { fields, kind, signerName, deadlineDays } = orderOf(template, '', null, typed);
    try {
      const job = await send({
        id,
        kind,
        fields: fields ?? {},
        ...(unit === undefined ? {} : { unit }),
        ...(signerName === undefined ? {} : { signerName }),
        ...(deadlineDays === undefined ? {} : { deadlineDays }),
        items: chosen.map((one) => ({ childId: one.childId, fields: { ...own[one.childId] } })),
      });
      go(`/notices/jobs/${job.id}`);
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  return (
    <>
      <Block title="学生">
        <ChoosePupils
          key={typed.unit ?? ''}
          schoolId={unit?.kind === 'school' ? unit.id : undefined}
          chosen={chosen}
          onChange={setChosen}
        />
      </Block>
      <Block title="每份都相同的内容">
        <Form form={form} name="bulk" layout="vertical" initialValues={initial}>
          <div className="not-fields">
            <Form.Item name="unit" label="签发单位" hidden={template.units.length < 2}>
              <Select options={template.units.map((one) => ({ value: unitKey(one), label: one.words }))} />
            </Form.Item>
            <Form.Item name="signerName" label="签发人">
              <Input maxLength={40} disabled={template.signedBySelf} />
            </Form.Item>
            {content.deadline === null ? null : (
              <Form.Item name="deadlineDays" label={deadlineAsked(content.deadline)}>
                <InputNumber min={1} max={90} precision={0} />
              </Form.Item>
            )}
          </div>
          <TemplateFields content={content} labels={labels} single={false} />
        </Form>
      </Block>
      <Block title={`每人不同的内容（${count(chosen.length)} 人）`}>
        <BulkLines
          content={content}
          chosen={chosen}
          own={own}
          lacking={new Set(lacking.map((one) => one.childId))}
          onChange={(childId, key, words) => {
            setOwn((before) => {
              const line = { ...before[childId], [key]: words };
              const kept = Object.fromEntries(Object.entries(line).filter(([, value]) => value !== ''));
              return { ...before, [childId]: kept };
            });
          }}
          onRemove={(childId) => {
            setChosen((before) => before.filter((one) => one.childId !== childId));
          }}
        />
        <div className="not-buttons">
          <Button loading={laying} disabled={chosen.length === 0} onClick={() => void preview()}>
            预览第一份
          </Button>
          <Button
            type="primary"
            loading={sending}
            disabled={chosen.length === 0 || lacking.length > 0}
            onClick={() => void issue()}
          >
            签发 {count(chosen.length)} 份
          </Button>
          {lacking.length > 0 ? (
            <span className="not-late">还有 {count(lacking.length)} 人的必填内容没有填写。</span>
          ) : null}
        </div>
      </Block>
    </>
  );
}
