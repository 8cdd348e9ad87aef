import { App, Button, Drawer, Form } from 'antd';
import { useState } from 'react';
import { draftDocument, previewDocument } from '#contract/notices.ts';
import { listTemplates } from '#contract/notices-work.ts';
import { Failure } from '#domain/basics/failure.ts';
import { isDocumentRung } from '#domain/dropout/ladder.ts';
import { shippedTemplates } from '#domain/notices/templates.ts';
import { callForFile, newRequestId } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { keepFile, showFile } from '#web/parts/show-file.ts';
import { usePhone } from '#web/ui/phone.ts';
import { ActFieldItem } from './act-field.tsx';
import type { Act } from './act-ladder.ts';
import { caseRefreshes, type Case } from './case-words.ts';

type Typed = Record<string, unknown>;

function isTyped(value: unknown): value is Typed {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What was typed, without what was left empty, so that the contract's own defaults hold. */
function filled(typed: Typed): Typed {
  return Object.fromEntries(
    Object.entries(typed)
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([key, value]) => [key, isTyped(value) ? filled(value) : value]),
  );
}

/** The fields of a document as words. */
function wordsOf(fields: unknown): Record<string, string> {
  if (!isTyped(fields)) return {};
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The form of one step on a case: its fields from the table, sent to its call; the case is asked again when it is done. */
export function ActDrawer({
  act,
  action,
  record,
  onClose,
}: {
  act: Act;
  action: string;
  record: Case;
  onClose: () => void;
}) {
  const phone = usePhone();
  const { message } = App.useApp();
  const [showing, setShowing] = useState<'preview' | 'draft' | null>(null);
  const { today } = useMe();
  const [form] = Form.useForm<Typed>();
  const [freshId] = useState(newRequestId);
  const { send, sending } = useSend(act.endpoint, { done: `${act.words}：已办。`, refresh: caseRefreshes });
  const kind = isDocumentRung(action) ? action : null;
  const mayTemplates = useMay('notices.read');
  const templates = useAnswer(listTemplates, {}, { enabled: kind !== null && mayTemplates });
  const template =
    kind === null
      ? undefined
      : (templates.data?.templates.find((one) => one.kind === kind)?.content ?? shippedTemplates[kind]);
  const watched: unknown = Form.useWatch([], form);
  const initial = act.initial?.({ record, today }) ?? {};
  const typedNow = isTyped(watched) ? watched : initial;
  const save = async (typed: Typed) => {
    try {
      await send({
        ...filled(typed),
        ...act.fixed,
        ...(act.fresh === undefined ? {} : { [act.fresh]: freshId }),
        id: record.id,
      });
      onClose();
    } catch (error) {
      form.setFields(formFaults(error));
    }
  };
  const look = async (as: 'preview' | 'draft') => {
    if (kind === null) return;
    const { fields, signerName } = filled(form.getFieldsValue());
    setShowing(as);
    try {
      const asked = {
        kind,
        childId: record.childId,
        caseId: record.id,
        fields: wordsOf(fields),
        ...(typeof signerName === 'string' ? { signerName } : {}),
      };
      if (as === 'draft')
        await keepFile(() => callForFile(draftDocument, asked), `${act.words}_${record.name}_草稿.docx`);
      else await showFile(() => callForFile(previewDocument, asked), `${act.words}_预览.pdf`);
    } catch (error) {
      form.setFields(formFaults(error));
      void message.error(error instanceof Failure ? error.message : '没有取得预览，请稍后再试。', 6);
    } finally {
      setShowing(null);
    }
  };
  return (
    <Drawer
      open
      onClose={onClose}
      size={phone ? '100%' : 560}
      mask={{ closable: false }}
      title={`${act.words}：${record.name}`}
      footer={
        <div className="drop-foot">
          <Button onClick={onClose}>返回</Button>
          {kind === null ? null : (
            <>
              <Button loading={showing === 'draft'} onClick={() => void look('draft')}>
                Word 草稿
              </Button>
              <Button loading={showing === 'preview'} onClick={() => void look('preview')}>
                预览
              </Button>
            </>
          )}
          <Button type="primary" loading={sending} onClick={form.submit}>
            {act.words}
          </Button>
        </div>
      }
    >
      <Form
        form={form}
        name="act"
        layout="vertical"
        initialValues={initial}
        onFinish={(typed) => void save(typed)}
        scrollToFirstError
      >
        {act.fields({ record, today, typed: typedNow, template }).map((field) => (
          <ActFieldItem
            key={`${field.kind} ${typeof field.name === 'string' ? field.name : field.name.join('.')}`}
            field={field}
            childId={record.childId}
          />
        ))}
      </Form>
    </Drawer>
  );
}
