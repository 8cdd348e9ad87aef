import { Button, Drawer, Flex, Form } from 'antd';
import { useState } from 'react';
import { listTemplates } from '#contract/notices-work.ts';
import { isDocumentRung } from '#domain/dropout/ladder.ts';
import { shippedTemplates } from '#domain/notices/templates.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { formFaults } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { usePhone } from '#web/ui/phone.ts';
import { ActFieldItem } from './act-field.tsx';
import type { Act } from './act-table.ts';
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
  return (
    <Drawer open onClose={onClose} size={phone ? '100%' : 560} title={`${act.words}：${record.name}`}>
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
        <Flex gap={8} justify="flex-end">
          <Button onClick={onClose}>返回</Button>
          <Button type="primary" htmlType="submit" loading={sending}>
            {act.words}
          </Button>
        </Flex>
      </Form>
    </Drawer>
  );
}
