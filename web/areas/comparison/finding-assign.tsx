import { Button, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { assignFinding } from '#contract/comparison.ts';
import { reachFor } from '#domain/basics/reach.ts';
import { useMe } from '#web/api/me.ts';
import { issuesOf } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { PickCommunity, PickSchool, PickSubdistrict } from '#web/parts/pick.tsx';
import { findingRefreshes } from './comparison-words.ts';
import type { FindingAnswer } from './finding-explain.tsx';

interface Typed {
  ownerKind: 'community' | 'subdistrict' | 'school' | 'district';
  community?: string;
  subdistrict?: string;
  school?: string;
  dueDate: string;
  reason?: string;
}

/** The streets whose units this person may hand findings to; undefined for the whole district. */
function useStreets(): readonly string[] | undefined {
  const reach = reachFor(useMe().posts, 'findings.assign');
  if (reach?.all === true) return undefined;
  return (reach?.tokens ?? []).flatMap((token) => /^subdistrict:(.+)$/.exec(token)?.[1] ?? []);
}

/** The button that hands a finding to another unit with another day, and its dialog. */
export function FindingAssign({ finding }: { finding: FindingAnswer }) {
  const me = useMe();
  const streets = useStreets();
  const [form] = Form.useForm<Typed>();
  const [open, setOpen] = useState(false);
  const { send, sending } = useSend(assignFinding, { done: '已改派。', refresh: findingRefreshes });
  const kind = Form.useWatch('ownerKind', form);
  const save = async () => {
    const typed = await form.validateFields().catch(() => null);
    if (typed === null) return;
    const unit = typed.ownerKind === 'district' ? me.district.code : typed[typed.ownerKind];
    try {
      await send({
        id: finding.id,
        ownerKind: typed.ownerKind,
        ownerUnit: unit ?? '',
        dueDate: typed.dueDate,
        reason: (typed.reason ?? '').trim(),
      });
      setOpen(false);
    } catch (error) {
      form.setFields(
        issuesOf(error).map((issue) => ({
          name: issue.path === 'dueDate' ? ('dueDate' as const) : ('reason' as const),
          errors: [issue.words],
        })),
      );
    }
  };
  return (
    <>
      <Button
        disabled={!finding.allowed.assign}
        title={finding.allowed.assign ? undefined : (finding.allowed.why ?? '改派由街道教育专干或控辍专干办理。')}
        onClick={() => {
          setOpen(true);
        }}
      >
        改派或改期
      </Button>
      <Modal
        open={open}
        title={`改派“${finding.name}”的${finding.kindWords}`}
        okText="改派"
        cancelText="返回"
        confirmLoading={sending}
        onOk={() => void save()}
        onCancel={() => {
          setOpen(false);
        }}
        destroyOnHidden
      >
        <p>
          现由{finding.ownerWords}负责，期限 {finding.dueDate}。
        </p>
        <Form
          form={form}
          name="assign"
          layout="vertical"
          requiredMark={false}
          preserve={false}
          initialValues={{ ownerKind: 'community', dueDate: finding.dueDate < me.today ? me.today : finding.dueDate }}
        >
          <Form.Item name="ownerKind" label="交给">
            <Radio.Group
              options={[
                { value: 'community', label: '社区' },
                { value: 'subdistrict', label: '街道' },
                { value: 'school', label: '学校' },
                { value: 'district', label: '区教育局' },
              ]}
            />
          </Form.Item>
          {kind === 'school' ? (
            <Form.Item name="school" label="学校" rules={[{ required: true, message: '请选择学校。' }]}>
              <PickSchool width="100%" within={streets} or={finding.schoolName} />
            </Form.Item>
          ) : kind === 'subdistrict' ? (
            <Form.Item name="subdistrict" label="街道" rules={[{ required: true, message: '请选择街道。' }]}>
              <PickSubdistrict width="100%" among={streets} />
            </Form.Item>
          ) : kind === 'district' ? null : (
            <Form.Item name="community" label="社区" rules={[{ required: true, message: '请选择社区。' }]}>
              <PickCommunity width="100%" within={streets} />
            </Form.Item>
          )}
          <Form.Item name="dueDate" label="期限" rules={[{ required: true, message: '请选择期限。' }]}>
            <DayField words="期限" earliest={me.today} />
          </Form.Item>
          <Form.Item
            name="reason"
            label="原因"
            rules={[{ required: true, whitespace: true, min: 2, message: '请写明原因。' }]}
          >
            <Input maxLength={200} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
