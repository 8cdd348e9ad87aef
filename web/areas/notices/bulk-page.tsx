import { Select } from 'antd';
import { listTemplates } from '#contract/notices-work.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useListState } from '#web/parts/list.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { BulkForm } from './bulk-form.tsx';
import { issuable } from './issue-words.ts';
import './notices.css';

/** 批量签发: one kind for many pupils; each gets a numbered document of its own, and all are bound into one file to print. */
export function BulkPage() {
  const { state, set } = useListState();
  const templates = useAnswer(listTemplates, {});
  const mine = issuable(templates.data?.templates ?? []);
  const kind = mine.find((one) => one.kind === state['kind']) ?? (mine.length === 1 ? mine[0] : undefined);
  return (
    <Page
      title="批量签发"
      extra={
        <>
          <GoButton to="/notices/new">签发一份</GoButton>
          <GoButton to="/notices/jobs">批量签发记录</GoButton>
        </>
      }
    >
      {templates.data === undefined ? (
        <Awaited error={templates.isFetching ? null : templates.error} retry={() => void templates.refetch()} />
      ) : mine.length === 0 ? (
        <Block>
          <Empty words="您的岗位不签发文书。" />
        </Block>
      ) : (
        <>
          <Block title="哪种文书">
            <Select
              aria-label="文书种类"
              size="large"
              className="not-kind"
              placeholder="选择文书种类"
              value={kind?.kind ?? null}
              options={mine.map((one) => ({ value: one.kind, label: one.kindWords }))}
              onChange={(value: string) => {
                set({ kind: value });
              }}
            />
            <p className="quiet not-after">
              每名学生一份，各有文号，合订成一个文件打印。有在办个案的学生，劝返文书自动记入个案，并逐人核对劝返阶梯；前面步骤未办的列为未签发，到个案里写明跳过的理由后签发。
            </p>
          </Block>
          {kind === undefined ? null : (
            <BulkForm
              key={kind.kind}
              template={kind}
              labels={new Map(templates.data.places.map((place) => [place.key, place.label]))}
            />
          )}
        </>
      )}
    </Page>
  );
}
