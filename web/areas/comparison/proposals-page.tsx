import { Alert, Segmented } from 'antd';
import { useCallback, useState } from 'react';
import { listProposals } from '#contract/comparison.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { Reveal } from '#web/parts/reveal.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { momentWords } from '#web/ui/words.ts';
import { Waiting } from '#web/parts/awaited.tsx';
import { readPaging } from './finding-query.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { ProposalDecided, ProposalDecision } from './proposal-decision.tsx';
import { hidesDifference, ProposalSides, type ProposalRow } from './proposal-sides.tsx';
import { ProposalWeights } from './proposal-weights.tsx';
import { TaskBar } from './task-bar.tsx';
import { useTaskKeys } from '#web/parts/use-task-keys.ts';
import { useTaskList } from './use-task-list.ts';
import './comparison.css';

const states = [
  { value: 'open', label: '待核对' },
  { value: 'confirmed', label: '是同一人' },
  { value: 'rejected', label: '不是同一人' },
  { value: 'withdrawn', label: '已撤回' },
] as const;
const kinds = [
  { value: 'all', label: '全部' },
  { value: 'identityReview', label: '号码有疑' },
  { value: 'other', label: '其他相似' },
] as const;

/** 疑似同一人: two records side by side with the reasons and their weights; a person decides. */
export function ProposalsPage() {
  const { state, set } = useListState();
  const shown = states.find((choice) => choice.value === state['state'])?.value ?? 'open';
  const kind = kinds.find((choice) => choice.value === state['kind'])?.value ?? 'all';
  const answer = useAnswer(listProposals, { state: shown, ...(kind === 'all' ? {} : { kind }), ...readPaging(state) });
  const setPage = useCallback(
    (page: number) => {
      set({ page });
    },
    [set],
  );
  const list = useTaskList<ProposalRow>(answer.data, setPage, `${shown}.${kind}`);
  const mayReveal = useMay('children.reveal');
  const [choice, setChoice] = useState<{ id: string; decision: 'confirm' | 'reject' } | null>(null);
  const { row } = list;
  const choose = (decision: 'confirm' | 'reject') => {
    if (row?.state === 'open') setChoice({ id: row.id, decision });
  };
  useTaskKeys({
    j: () => list.next?.(),
    k: () => list.back?.(),
    1: () => {
      choose('confirm');
    },
    2: () => {
      choose('reject');
    },
  });
  const extra = <GoButton to="/compare">比对发现</GoButton>;
  if (answer.data === undefined)
    return <Waiting title="同一人核对" error={answer.error} retry={() => void answer.refetch()} extra={extra} />;
  return (
    <Page title="同一人核对" count={list.left} extra={extra}>
      <TaskBar list={list} unit="对">
        <Segmented
          value={shown}
          options={[...states]}
          onChange={(value) => {
            set({ state: value === 'open' ? undefined : value });
          }}
        />
        <Segmented
          value={kind}
          options={[...kinds]}
          onChange={(value) => {
            set({ kind: value === 'all' ? undefined : value });
          }}
        />
      </TaskBar>
      {row === null ? (
        <Empty
          words={
            shown === 'open'
              ? '没有待核对的一对。比对时号码不符而姓名、生日相近的记录，会成对列在这里，由人决定是不是同一个孩子。'
              : '没有符合条件的一对。'
          }
          action={<GoButton to="/compare">去看比对发现</GoButton>}
        />
      ) : (
        <div className="cmp-task">
          <div>
            <Block
              title={row.kind === 'identityReview' ? '号码校验不符，或同号不同名' : '信息相近的两份记录'}
              extra={<span className="cmp-quiet">{momentWords(row.proposedAt)} 列出</span>}
            >
              <ProposalSides
                proposal={row}
                actions={(side) =>
                  mayReveal && side.documentMask !== '' ? (
                    <div>
                      <Reveal
                        key={side.childId}
                        childId={side.childId}
                        mask="完整号码"
                        what="document"
                        mode="approval"
                      />
                    </div>
                  ) : null
                }
              />
              {hidesDifference(row) ? (
                <Alert
                  style={{ marginTop: 12 }}
                  type="info"
                  showIcon
                  title="两个号码的不同之处在遮住的部分，可申请打开完整号码核对。"
                />
              ) : null}
              <p className="cmp-quiet cmp-chips">
                <span>带下划线的字符两边不同。</span>
                <Go to={`/children/${row.left.childId}`}>左边的档案</Go>
                {row.right.childId === row.left.childId ? null : (
                  <Go to={`/children/${row.right.childId}`}>右边的档案</Go>
                )}
              </p>
            </Block>
            <Block title="为什么列在一起">
              <div className="cmp-scroll">
                <ProposalWeights proposal={row} />
              </div>
            </Block>
          </div>
          <div className="cmp-decision">
            <Block title={row.state === 'open' ? '决定' : '已决定'}>
              {row.state === 'open' ? (
                <ProposalDecision
                  key={row.id}
                  proposal={row}
                  choice={choice?.id === row.id ? choice : null}
                  onDecided={list.drop}
                />
              ) : (
                <ProposalDecided key={row.id} proposal={row} onUndone={list.drop} />
              )}
            </Block>
          </div>
        </div>
      )}
    </Page>
  );
}
