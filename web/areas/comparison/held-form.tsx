import { Alert, App, Button, Flex, Form, Input, Typography } from 'antd';
import { useState } from 'react';
import { correctHeld, discardHeld, type HeldRow } from '#contract/imports.ts';
import { issuesOf } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { askReason } from '#web/parts/reason.tsx';
import { usePhone } from '#web/ui/phone.ts';
import type { z } from 'zod';
import { changesOf, faultyKeys } from './held-faults.ts';
import { importRefreshes } from './import-queries.ts';

/** A held row as it is answered. */
export type HeldAnswer = z.output<typeof HeldRow>;

const bases = ['核对户口本', '核对身份证', '与监护人电话核实', '核对学籍材料', '学校更正'];

/** The form beside a held row: the faulty fields first, the basis, save with ↵; calls `onSettled` once the row is taken or set aside. */
export function HeldForm({ row, onSettled }: { row: HeldAnswer; onSettled: (id: string) => void }) {
  const [form] = Form.useForm<Record<string, string>>();
  const { message } = App.useApp();
  const correct = useSend(correctHeld, { refresh: importRefreshes });
  const discard = useSend(discardHeld, { done: '已确认不接收这一行，原行和原因仍保留。', refresh: importRefreshes });
  const phone = usePhone();
  const [all, setAll] = useState(false);
  const [still, setStill] = useState<{ code: string; reason: string } | null>(null);
  const code = still?.code ?? row.code;
  const faulty = faultyKeys(code);
  const marked = row.cells.filter((cell) => faulty.includes(cell.key));
  const rest = row.cells.filter((cell) => !faulty.includes(cell.key));

  const save = async (typed: Record<string, string>) => {
    const changes = changesOf(row.cells, typed);
    try {
      const answer = await correct.send({ id: row.id, changes, reason: (typed['basis'] ?? '').trim() });
      if (answer.accepted) {
        void message.success(`第 ${String(row.row)} 行已更正并接收。`);
        onSettled(row.id);
        return;
      }
      setStill({ code: answer.code ?? row.code, reason: answer.reason ?? row.reason });
    } catch (error) {
      form.setFields(
        issuesOf(error).map((issue) => ({
          name: issue.path === 'reason' ? 'basis' : (issue.path.split('.').at(-1) ?? 'basis'),
          errors: [issue.words],
        })),
      );
    }
  };
  const setAside = async () => {
    const reason = await askReason({
      title: `不接收第 ${String(row.row)} 行${row.name === '' ? '' : `（${row.name}）`}`,
      words: '这一行不会计入任何数字，可在“不接收的行”里查到。',
      danger: true,
    });
    if (reason === null) return;
    try {
      await discard.send({ id: row.id, reason });
      onSettled(row.id);
    } catch {
      // the refusal has been shown
    }
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(typed) => void save(typed)}
      initialValues={Object.fromEntries(row.cells.map((cell) => [cell.key, cell.masked ? '' : cell.value]))}
    >
      {still === null ? null : (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title="更正已保存，这一行还不能接收。"
          description={still.reason}
        />
      )}
      {marked.length === 0 ? (
        <Typography.Paragraph type="secondary">请按原因核对下列各列。</Typography.Paragraph>
      ) : null}
      {marked.map((cell, index) => (
        <CellField key={cell.key} cell={cell} faulty focus={index === 0 && !phone} />
      ))}
      {all || marked.length === 0 ? (
        rest.map((cell) => <CellField key={cell.key} cell={cell} faulty={false} focus={false} />)
      ) : (
        <Button
          type="link"
          style={{ padding: 0, marginBottom: 12 }}
          onClick={() => {
            setAll(true);
          }}
        >
          同时更正其他列
        </Button>
      )}
      <Form.Item
        name="basis"
        label="更正依据"
        rules={[{ required: true, whitespace: true, min: 2, message: '请写明依据。' }]}
      >
        <Input maxLength={200} placeholder="例如：核对户口本" autoComplete="off" />
      </Form.Item>
      <div className="cmp-chips" style={{ marginTop: -16, marginBottom: 16 }}>
        {bases.map((basis) => (
          <Button
            key={basis}
            size="small"
            onClick={() => {
              form.setFieldValue('basis', basis);
              void form.validateFields(['basis']).catch(() => undefined);
            }}
          >
            {basis}
          </Button>
        ))}
      </div>
      <Flex gap={8} wrap className="cmp-big-buttons">
        <Button type="primary" htmlType="submit" loading={correct.sending}>
          更正并接收
        </Button>
        <Button danger loading={discard.sending} onClick={() => void setAside()}>
          不接收这一行
        </Button>
      </Flex>
      <p className="cmp-quiet cmp-keys" style={{ marginTop: 12 }}>
        在任一栏按 ↵ 保存；按 Esc 离开输入栏后，J 下一行、K 上一行。
      </p>
    </Form>
  );
}

function CellField({ cell, faulty, focus }: { cell: HeldAnswer['cells'][number]; faulty: boolean; focus: boolean }) {
  return (
    <Form.Item
      name={cell.key}
      label={faulty ? `${cell.label}（需核对）` : cell.label}
      {...(faulty ? { validateStatus: 'warning' as const } : {})}
      extra={
        cell.masked
          ? `原填 ${cell.value}。不改就留空；要改请填写完整号码。`
          : faulty && cell.value === ''
            ? '原表中为空。'
            : undefined
      }
    >
      <Input
        autoFocus={focus}
        maxLength={300}
        autoComplete="off"
        {...(cell.masked ? { placeholder: '不改就留空' } : {})}
      />
    </Form.Item>
  );
}
