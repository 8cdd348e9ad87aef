import { Alert, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { mergeChildren } from '#contract/comparison.ts';
import { listChildren, type getChild } from '#contract/population.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { issuesOf } from '#web/api/problem.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { Go } from '#web/ui/go.tsx';

type Child = OutputOf<typeof getChild>;

interface Typed {
  mergedId?: string;
  reason?: string;
}

/** The button that puts another record of the same child into this one, and its dialog: which record, on what evidence. */
export function ChildMerge({ child }: { child: Child }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        disabled={!child.allowed.split || child.mergedInto !== null}
        title={child.allowed.split ? undefined : '合并由控辍专干办理。'}
        onClick={() => {
          setOpen(true);
        }}
        style={{ minHeight: 44 }}
      >
        并入另一份档案
      </Button>
      {open && (
        <MergeDialog
          child={child}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function MergeDialog({ child, onClose }: { child: Child; onClose: () => void }) {
  const [form] = Form.useForm<Typed>();
  const [q, setQ] = useState('');
  const { send, sending } = useSend(mergeChildren, {
    done: '已合并。如有差错，可在“合并与拆分”中拆开。',
    refresh: ['population', 'enrolment', 'comparison', 'statistics'],
  });
  const found = useAnswer(listChildren, { q, page: 1, size: 20 }, { enabled: q !== '' });
  const rows = q === '' ? [] : (found.data?.rows ?? []).filter((row) => row.id !== child.id);
  const mergedId = Form.useWatch('mergedId', form);
  const chosen = rows.find((row) => row.id === mergedId);
  const save = async () => {
    const typed = await form.validateFields().catch(() => null);
    if (typed?.mergedId === undefined) return;
    try {
      await send({ keptId: child.id, mergedId: typed.mergedId, reason: (typed.reason ?? '').trim() });
      onClose();
    } catch (error) {
      form.setFields(
        issuesOf(error).map((issue) => ({
          name: issue.path === 'mergedId' ? ('mergedId' as const) : ('reason' as const),
          errors: [issue.words],
        })),
      );
    }
  };
  return (
    <Modal
      open
      title={`将同一个孩子的另一份档案并入${child.name}的档案`}
      okText={chosen === undefined ? '合并' : `确认并入“${chosen.name}”的档案`}
      cancelText="返回"
      okButtonProps={{ danger: true, disabled: mergedId === undefined }}
      confirmLoading={sending}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <p className="quiet">本档案保留；被并入的档案只供查阅。合并留有记录，以后可以拆开。</p>
      <Form form={form} name="merge" layout="vertical" requiredMark={false}>
        <Form.Item
          name="mergedId"
          label="并入哪一份"
          extra={
            chosen === undefined ? undefined : (
              <Go to={`/children/${chosen.id}`} title={`先看${chosen.name}的档案`}>
                先看这份档案
              </Go>
            )
          }
          rules={[{ required: true, message: '请选择要并入的档案。' }]}
        >
          <Select
            showSearch={{
              filterOption: false,
              onSearch: (text) => {
                setQ(text.trim());
              },
            }}
            placeholder="输入姓名、拼音首字母或号码查找"
            loading={found.isFetching}
            notFoundContent={q === '' ? '请输入姓名查找' : found.isFetching ? '正在查找' : '没有其他符合的档案'}
            options={rows.map((row) => ({
              value: row.id,
              label: [
                row.name,
                row.sex,
                row.birthDate,
                row.documentMask || '无证件',
                row.schoolName ?? row.communityName,
              ]
                .filter((part) => part !== null)
                .join('，'),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label="依据"
          rules={[{ required: true, whitespace: true, min: 2, message: '请写明依据。' }]}
        >
          <Input.TextArea rows={3} maxLength={200} showCount placeholder="看到了什么材料，或向谁核实" />
        </Form.Item>
        {chosen === undefined ? null : (
          <Alert
            type="warning"
            showIcon
            title={`将把“${chosen.name}”（${chosen.birthDate ?? '出生日期未填'}）并入“${child.name}”（${child.birthDate ?? '出生日期未填'}）。`}
          />
        )}
      </Form>
    </Modal>
  );
}
