import { Button, Flex, Form, Input, Radio } from 'antd';
import { useEffect } from 'react';
import { decideProposal } from '#contract/comparison.ts';
import { issuesOf } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { askReason } from '#web/parts/reason.tsx';
import { Facts } from '#web/ui/page.tsx';
import { momentWords } from '#web/ui/words.ts';
import type { ProposalRow } from './proposal-sides.tsx';

/** Answers that a decision on two records changes. */
const refresh = ['comparison', 'population', 'enrolment', 'statistics'];
const bases = {
  confirm: ['户口本与学籍信息一致', '与监护人电话核实为同一人', '学校核实为同一人'],
  reject: ['双胞胎，两人', '同名不同人，住址监护人不同', '学校核实为两人'],
} as const;

interface Typed {
  decision?: 'confirm' | 'reject';
  reason?: string;
}

/** The decision on an open proposal: the same child or two, and why. 1 and 2 choose, ↵ saves; `onDecided` once it is saved. */
export function ProposalDecision({
  proposal,
  choice,
  onDecided,
}: {
  proposal: ProposalRow;
  choice: { decision: 'confirm' | 'reject' } | null;
  onDecided: (id: string) => void;
}) {
  const [form] = Form.useForm<Typed>();
  const { send, sending } = useSend(decideProposal, { done: '已记录。', refresh });
  const decision = Form.useWatch('decision', form);
  useEffect(() => {
    if (choice === null) return;
    form.setFieldValue('decision', choice.decision);
    document.getElementById('proposal_reason')?.focus();
  }, [choice, form]);
  const save = async (typed: Typed) => {
    if (typed.decision === undefined) return;
    try {
      await send({ id: proposal.id, decision: typed.decision, reason: (typed.reason ?? '').trim() });
      onDecided(proposal.id);
    } catch (error) {
      form.setFields(issuesOf(error).map((issue) => ({ name: 'reason' as const, errors: [issue.words] })));
    }
  };
  return (
    <Form form={form} name="proposal" layout="vertical" requiredMark={false} onFinish={(typed) => void save(typed)}>
      <Form.Item name="decision" label="是不是同一个孩子？" rules={[{ required: true, message: '请先选择。' }]}>
        <Radio.Group style={{ display: 'grid', gap: 8 }}>
          <Radio value="confirm">
            是同一人，两份档案合并<span className="cmp-keys">（按 1）</span>
          </Radio>
          <Radio value="reject">
            不是同一人，各自保留<span className="cmp-keys">（按 2）</span>
          </Radio>
        </Radio.Group>
      </Form.Item>
      <Form.Item
        name="reason"
        label="依据"
        rules={[{ required: true, whitespace: true, min: 2, message: '请写明依据。' }]}
      >
        <Input maxLength={200} autoComplete="off" placeholder="看到了什么材料，或向谁核实" />
      </Form.Item>
      {decision === undefined ? null : (
        <div className="cmp-chips" style={{ marginTop: -16, marginBottom: 16 }}>
          {bases[decision].map((basis) => (
            <Button
              key={basis}
              size="small"
              onClick={() => {
                form.setFieldValue('reason', basis);
              }}
            >
              {basis}
            </Button>
          ))}
        </div>
      )}
      <Flex gap={8} wrap className="cmp-big-buttons">
        <Button type="primary" htmlType="submit" loading={sending}>
          {decision === 'confirm'
            ? `确认“${proposal.left.name}”与“${proposal.right.name}”为同一人`
            : decision === 'reject'
              ? '确认不是同一人'
              : '保存'}
        </Button>
      </Flex>
      <p className="cmp-quiet" style={{ marginTop: 12 }}>
        合并可以撤销，过程都有记录。<span className="cmp-keys">↵ 保存并看下一对，J 下一对、K 上一对。</span>
      </p>
    </Form>
  );
}

const decidedWords = {
  open: '待核对',
  confirmed: '已确认是同一人',
  rejected: '已确认不是同一人',
  withdrawn: '已撤回',
} as const;

/** A decision already taken, with who and why, and the way to undo it. */
export function ProposalDecided({ proposal, onUndone }: { proposal: ProposalRow; onUndone: (id: string) => void }) {
  const { send, sending } = useSend(decideProposal, { done: '已撤销，这一对回到待核对。', refresh });
  const undo = async () => {
    const reason = await askReason({
      title: '撤销这一决定',
      words:
        proposal.state === 'confirmed'
          ? `合并的档案将拆回“${proposal.left.name}”与“${proposal.right.name}”两份，这一对回到待核对。`
          : '这一对回到待核对。',
    });
    if (reason === null) return;
    try {
      await send({ id: proposal.id, decision: 'undo', reason });
      onUndone(proposal.id);
    } catch {
      // the refusal has been shown
    }
  };
  return (
    <>
      <Facts
        items={[
          { label: '结论', value: decidedWords[proposal.state] },
          { label: '决定人', value: proposal.decidedName },
          { label: '时间', value: proposal.decidedAt === null ? null : momentWords(proposal.decidedAt) },
          { label: '依据', value: proposal.decisionReason },
        ]}
      />
      {proposal.state === 'withdrawn' ? (
        <p className="cmp-quiet">名单更正后，这一对已不再相似，平台自行撤回。</p>
      ) : (
        <Button loading={sending} onClick={() => void undo()} style={{ marginTop: 12 }}>
          撤销这一决定
        </Button>
      )}
    </>
  );
}
