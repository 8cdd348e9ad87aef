import { Form, Modal } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { endPost, type StaffMember } from '#contract/organisations.ts';
import { useMe } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';

type Member = z.output<typeof StaffMember>;

/** Ends a post on a day; what the post opened closes after it. */
export function EndPostDialog({
  member,
  post,
  onClose,
}: {
  member: Member;
  post: Member['posts'][number];
  onClose: () => void;
}) {
  const { today } = useMe();
  const [toDate, setToDate] = useState(post.toDate ?? today);
  const { send, sending } = useSend(endPost, { done: '已办理离任。', refresh: ['organisations', 'security'] });
  const early = toDate !== '' && toDate < post.fromDate;
  async function save() {
    await send({ id: post.id, toDate });
    onClose();
  }
  return (
    <Modal
      open
      title={`${member.name}离任：${post.unitName} ${post.roleName}`}
      okText="办理离任"
      cancelText="返回"
      onCancel={onClose}
      onOk={() => void save()}
      okButtonProps={{ loading: sending, disabled: toDate === '' || early }}
    >
      <p>离任后，这个岗位看到的名单和能办的事随之停止；此前办过的事仍记在{member.name}名下。</p>
      <Form layout="vertical" component="div">
        <Form.Item
          label="任职到哪一天（含当天）"
          {...(early ? { validateStatus: 'error' as const, help: `不能早于任职开始日期 ${post.fromDate}。` } : {})}
        >
          <DayField
            words="任职到哪一天"
            value={toDate}
            earliest={post.fromDate}
            onChange={(day) => {
              setToDate(day ?? '');
            }}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
