import { Select } from 'antd';
import { useState } from 'react';
import { listCases } from '#contract/dropout-views.ts';
import { listTemplates } from '#contract/notices-work.ts';
import { getChild } from '#contract/population.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useListState } from '#web/parts/list.tsx';
import { PickChild } from '#web/parts/pick-child.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { IssueForm } from './issue-form.tsx';
import { issuable, type Template } from './issue-words.ts';
import './notices.css';

/** 签发文书: which kind about whom, then what it asks for, a preview, and the issue; kind and child stand in the address. */
export function IssuePage() {
  const templates = useAnswer(listTemplates, {});
  const back = <GoButton to="/notices">回到列表</GoButton>;
  if (templates.data === undefined)
    return (
      <Page title="签发文书" extra={back}>
        <Awaited error={templates.isFetching ? null : templates.error} retry={() => void templates.refetch()} />
      </Page>
    );
  const mine = issuable(templates.data.templates);
  return (
    <Page
      title="签发文书"
      extra={
        <>
          {back}
          <GoButton to="/notices/jobs/new">批量签发</GoButton>
        </>
      }
    >
      {mine.length === 0 ? (
        <Block>
          <Empty words="您的岗位不签发文书。报告表和劝学通知书由学校签发，限期复学通知书由街道签发，责令限期改正通知书由局领导签发。" />
        </Block>
      ) : (
        <Choosing templates={mine} places={templates.data.places} />
      )}
    </Page>
  );
}

function Choosing({
  templates,
  places,
}: {
  templates: readonly Template[];
  places: readonly { key: string; label: string }[];
}) {
  const { state, set } = useListState();
  const kind =
    templates.find((one) => one.kind === state['kind']) ?? (templates.length === 1 ? templates[0] : undefined);
  const childId = state['child'];
  return (
    <>
      <Block title="哪种文书，关于谁">
        <div className="not-choose">
          <div>
            <span>文书</span>
            <Select
              aria-label="文书种类"
              size="large"
              placeholder="选择文书种类"
              value={kind?.kind ?? null}
              options={templates.map((one) => ({ value: one.kind, label: one.kindWords }))}
              onChange={(value: string) => {
                set({ kind: value });
              }}
            />
          </div>
          <div>
            <span>学生</span>
            {childId === undefined ? (
              <PickChild
                onChange={(id) => {
                  set({ child: id });
                }}
              />
            ) : (
              <Chosen
                childId={childId}
                change={() => {
                  set({ child: undefined });
                }}
              />
            )}
          </div>
        </div>
      </Block>
      {kind !== undefined && childId !== undefined ? (
        <Filling key={`${kind.kind} ${childId}`} template={kind} childId={childId} places={places} />
      ) : null}
    </>
  );
}

function Chosen({ childId, change }: { childId: string; change: () => void }) {
  const child = useAnswer(getChild, { id: childId });
  const found = child.data?.id === childId ? child.data : undefined;
  return (
    <span className="not-chosen">
      {found === undefined ? (
        (child.error?.message ?? '正在读取')
      ) : (
        <>
          <strong>{found.name}</strong>
          <span className="quiet">
            {[found.sex, found.birthDate, found.schoolName, found.className].filter(Boolean).join(' · ')}
          </span>
        </>
      )}
      <button type="button" className="not-link" onClick={change}>
        换一个
      </button>
    </span>
  );
}

function Filling({
  template,
  childId,
  places,
}: {
  template: Template;
  childId: string;
  places: readonly { key: string; label: string }[];
}) {
  const { state } = useListState();
  const [id] = useState(newRequestId);
  const mayCases = useMay('cases.read');
  const child = useAnswer(getChild, { id: childId });
  const cases = useAnswer(listCases, { childId, page: 1, size: 1 }, { enabled: mayCases });
  if (child.data?.id !== childId || (mayCases && cases.isPending))
    return <Awaited error={child.isFetching ? null : child.error} retry={() => void child.refetch()} />;
  const open = cases.data?.rows[0];
  return (
    <IssueForm
      id={id}
      template={template}
      child={child.data}
      caseOpen={open === undefined ? null : { id: open.id }}
      labels={new Map(places.map((place) => [place.key, place.label]))}
      day={state['day']}
      hint={
        open === undefined ? null : (
          <>
            {child.data.name}有正在办理的个案（{open.stateWords}）。<Go to={`/cases/${open.id}`}>打开个案</Go>
          </>
        )
      }
    />
  );
}
