import { Button, Flex } from 'antd';
import { undoMerge } from '#contract/comparison.ts';
import type { getChild } from '#contract/population.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useSend } from '#web/api/use.ts';
import { askReason } from '#web/parts/reason.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentWords } from '#web/ui/words.ts';
import { ChildMerge } from './child-merge.tsx';

type Child = OutputOf<typeof getChild>;

/** Records that were merged into this child, each with the way back; and the way to merge another by hand. */
export function ChildMerges({ child }: { child: Child }) {
  const { send, sending } = useSend(undoMerge, {
    done: '已拆分，两份档案各自恢复。',
    refresh: ['population', 'enrolment', 'comparison', 'statistics'],
  });
  async function split(merge: Child['merges'][number]) {
    const reason = await askReason({
      title: `将“${merge.mergedName}”从${child.name}的档案中拆出`,
      words: '两份档案恢复到合并之前，合并与拆分都留有记录，以后还可以再合并。',
      danger: true,
    });
    if (reason !== null) await send({ id: merge.id, reason });
  }
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" gap={8} wrap>
        <span className="quiet">{child.merges.length === 0 ? '没有合并过其他档案。' : '并入本档案的其他档案：'}</span>
        <ChildMerge child={child} />
      </Flex>
      {child.merges.map((merge) => (
        <Flex key={merge.id} justify="space-between" align="center" gap={8} wrap>
          <div>
            并入“{merge.mergedName}”的档案
            <div className="quiet">
              {merge.by}，{momentWords(merge.at)}
            </div>
          </div>
          {merge.undone ? (
            <Status kind="quiet" words="已拆分" />
          ) : (
            <Button
              disabled={!child.allowed.split}
              loading={sending}
              title={child.allowed.split ? undefined : '拆分由控辍专干办理。'}
              onClick={() => void split(merge)}
              style={{ minHeight: 44 }}
            >
              拆分
            </Button>
          )}
        </Flex>
      ))}
    </Flex>
  );
}
