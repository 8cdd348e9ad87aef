import { Button } from 'antd';
import { useState } from 'react';
import { getChild } from '#contract/population.ts';
import { nextReasonWords } from '#domain/attendance/words.ts';
import { getVisit, myVisits } from '#contract/visits.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { dueWords } from '#web/ui/words.ts';
import { Waiting } from '#web/parts/awaited.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { PickChild } from '#web/parts/pick-child.tsx';
import { draftOf, emptyDraft } from './visit-draft.ts';
import { VisitWriting } from './visit-writing.tsx';
import './visits.css';

type Planned = OutputOf<typeof myVisits>['due'][number];

/** 登记走访: whose visit it is, then what was found and the signatures; `?correct=` opens a recorded one for correction. */
export function VisitNewPage() {
  const { state } = useListState();
  const correct = state['correct'];
  const child = state['child'];
  if (correct !== undefined) return <Correcting key={correct} visitId={correct} />;
  if (child !== undefined) return <Recording key={child} childId={child} />;
  return <Choosing />;
}

function Choosing() {
  const go = useGo();
  const { today } = useMe();
  const mine = useAnswer(myVisits, {});
  const open = (childId: string) => {
    go(`/visits/new?child=${childId}`);
  };
  const planned = [...(mine.data?.due ?? []), ...(mine.data?.ahead ?? [])];
  return (
    <Page title="登记走访" extra={<GoButton to="/visits">回到列表</GoButton>}>
      <Block title="走访谁">
        <PickChild
          width={480}
          onChange={(childId) => {
            if (childId !== undefined) open(childId);
          }}
        />
      </Block>
      <Block title="安排给我的走访">
        {mine.isPending ? <p className="quiet">正在读取</p> : null}
        {mine.isError ? <p className="vis-fault">{mine.error.message}</p> : null}
        {mine.data && planned.length === 0 ? (
          <Empty words="今天和七天内没有安排给您的走访。走访计划分给您的孩子会列在这里；也可以在上面直接查找。" />
        ) : null}
        <ul className="vis-papers">
          {planned.map((one) => (
            <PlannedLine key={one.itemId} planned={one} today={today} />
          ))}
        </ul>
      </Block>
    </Page>
  );
}

function PlannedLine({ planned, today }: { planned: Planned; today: string }) {
  return (
    <li>
      <div>
        <Go to={`/visits/new?child=${planned.childId}`}>
          <strong>{planned.name}</strong>
        </Go>{' '}
        <span className="quiet">
          {[planned.className, planned.kindWords, planned.communityName].filter(Boolean).join(' · ')}
          {planned.attempts > 0 ? ` · 已未遇 ${planned.attempts} 次` : ''}
        </span>
      </div>
      <Status
        kind={planned.overdue ? 'bad' : 'wait'}
        words={`${planned.dueDate} ${dueWords(planned.dueDate, today)}`}
      />
    </li>
  );
}

function Recording({ childId }: { childId: string }) {
  const me = useMe();
  const mayReport = useMay('cases.report');
  const { state } = useListState();
  const [id] = useState(newRequestId);
  const child = useAnswer(getChild, { id: childId });
  const mine = useAnswer(myVisits, {});
  const found = child.data?.id === childId ? child.data : undefined;
  if (found === undefined || mine.isPending)
    return (
      <Waiting
        title="登记走访"
        error={child.isFetching ? null : child.error}
        retry={() => void child.refetch()}
        extra={<GoButton to="/visits/new">换一个孩子</GoButton>}
      />
    );
  const planned = [...(mine.data?.due ?? []), ...(mine.data?.ahead ?? [])].find((one) => one.childId === childId);
  const asked = state['day'];
  const start = emptyDraft(id, found, {
    visitor: me.name,
    day: asked !== undefined && /^\d{4}-\d{2}-\d{2}$/u.test(asked) && asked <= me.today ? asked : me.today,
    purpose: planned?.purpose ?? (state['called'] === 'yes' ? nextReasonWords.visit : ''),
    mode: planned?.modes[0] ?? 'door',
  });
  return (
    <Page
      title="登记走访"
      extra={
        <>
          {mayReport ? (
            // in a page of its own, so that what is being written stays
            <Button href={`/cases/report?child=${childId}&emergency=yes`} target="_blank">
              报告紧急情况
            </Button>
          ) : null}
          <GoButton to="/visits/new">换一个孩子</GoButton>
        </>
      }
    >
      <Held start={start} child={found} caseId={state['case'] ?? planned?.caseId ?? undefined} />
    </Page>
  );
}

/** Holds the draft as it was first opened, so that a fresh answer of the server writes nothing over what is being typed. */
function Held({ start, child, caseId }: Pick<Parameters<typeof VisitWriting>[0], 'start' | 'child' | 'caseId'>) {
  const [first] = useState(start);
  return <VisitWriting start={first} child={child} corrected={null} caseId={caseId} />;
}

function Correcting({ visitId }: { visitId: string }) {
  const [id] = useState(newRequestId);
  const answer = useAnswer(getVisit, { id: visitId });
  const visit = answer.data?.id === visitId ? answer.data : undefined;
  const child = useAnswer(getChild, { id: visit?.childId ?? '' }, { enabled: visit !== undefined });
  const back = <GoButton to={`/visits/${visitId}`}>返回记录</GoButton>;
  if (visit === undefined || child.data === undefined)
    return (
      <Waiting
        title="更正走访记录"
        error={answer.isFetching || child.isFetching ? null : (answer.error ?? child.error)}
        retry={() => {
          void answer.refetch();
          void child.refetch();
        }}
        extra={back}
      />
    );
  if (!visit.allowed.correct)
    return (
      <Page title="更正走访记录" extra={back}>
        <Block>
          <p>{visit.allowed.why ?? '这条走访记录不能由您更正。'}</p>
        </Block>
      </Page>
    );
  return (
    <Page title={`更正${visit.childName}的走访记录`} extra={back}>
      <CorrectingHeld id={id} visit={visit} child={child.data} />
    </Page>
  );
}

function CorrectingHeld({
  id,
  visit,
  child,
}: {
  id: string;
  visit: OutputOf<typeof getVisit>;
  child: OutputOf<typeof getChild>;
}) {
  const [first] = useState(() => ({ visit, draft: draftOf(id, visit) }));
  return <VisitWriting start={first.draft} child={child} corrected={first.visit} caseId={undefined} />;
}
