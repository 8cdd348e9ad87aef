import { Button, Flex } from 'antd';
import { useRef } from 'react';
import { getFinding, startVerifying } from '#contract/comparison.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { Reveal } from '#web/parts/reveal.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Facts, Next, Page, Timeline } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { Waiting } from '#web/parts/awaited.tsx';
import { findingKindMeaning, findingRefreshes, findingStateLook } from './comparison-words.ts';
import { FindingAssign } from './finding-assign.tsx';
import { FindingCheck, FindingExplanation } from './finding-check.tsx';
import { FindingExplain, type FindingAnswer } from './finding-explain.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useNeighbours } from './use-neighbours.ts';
import { useRecordId } from '#web/parts/use-record-id.ts';
import { useTaskKeys } from '#web/parts/use-task-keys.ts';
import './comparison.css';

/** 一条发现: whose it is, what to do next and until when; the explanation, its check, and everything that happened. */
export function FindingPage() {
  const id = useRecordId();
  const answer = useAnswer(getFinding, { id }, { enabled: id !== '' });
  const { next, back, list } = useNeighbours(id);
  const verify = useSend(startVerifying, { done: '已记为核实中。', refresh: findingRefreshes });
  const form = useRef<HTMLDivElement>(null);
  const finding = answer.data?.id === id ? answer.data : undefined;
  const start = () => {
    if (finding?.allowed.verify === true) verify.send({ id: finding.id }).catch(() => undefined);
  };
  const toForm = () => {
    form.current?.scrollIntoView({ block: 'start', behavior: 'smooth' });
    form.current?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true });
  };
  useTaskKeys({
    j: () => next?.(),
    k: () => back?.(),
    Enter: () => {
      if (finding?.state === 'open') start();
      else toForm();
    },
  });
  const around = (
    <>
      <GoButton to={list}>回到列表</GoButton>
      {next === null && back === null ? null : (
        <>
          <Button
            disabled={back === null}
            title="按 K"
            onClick={() => {
              back?.();
            }}
          >
            上一条
          </Button>
          <Button
            disabled={next === null}
            title="按 J"
            onClick={() => {
              next?.();
            }}
          >
            下一条
          </Button>
        </>
      )}
    </>
  );
  if (finding === undefined)
    return (
      <Waiting
        title="一条发现"
        error={answer.isFetching ? null : answer.error}
        retry={() => void answer.refetch()}
        extra={around}
      />
    );
  return (
    <Page
      title={
        <>
          {finding.name}{' '}
          <span className="cmp-head-status">
            <Status kind={findingStateLook[finding.state]} words={`${finding.kindWords} · ${finding.stateWords}`} />
          </span>
        </>
      }
      extra={
        <>
          {around}
          <FindingAssign key={finding.id} finding={finding} />
          <ReportFinding finding={finding} />
        </>
      }
    >
      <NextStep finding={finding} start={start} starting={verify.sending} toForm={toForm} />
      <div className="cmp-task">
        <div>
          <Block title="为什么列出">
            <p>{finding.detailWords}</p>
            <p className="cmp-quiet">{findingKindMeaning[finding.kind]}</p>
          </Block>
          <FindingFacts finding={finding} />
          <Block title="经过">
            <Timeline items={finding.events} />
          </Block>
        </div>
        <div className="cmp-decision" ref={form}>
          <Decision key={finding.id} finding={finding} />
        </div>
      </div>
    </Page>
  );
}

/** A child who is out of school is reported as a case from the finding that named him. */
function ReportFinding({ finding }: { finding: FindingAnswer }) {
  const mayReport = useMay('cases.report');
  const living = finding.state !== 'accepted' && finding.state !== 'settled';
  if (!mayReport || !living || (finding.kind !== 'notEnrolled' && finding.kind !== 'onRollAbsent')) return null;
  return <GoButton to={`/cases/report?child=${finding.childId}&finding=${finding.id}`}>报告疑似辍学</GoButton>;
}

function NextStep({
  finding,
  start,
  starting,
  toForm,
}: {
  finding: FindingAnswer;
  start: () => void;
  starting: boolean;
  toForm: () => void;
}) {
  const { allowed, state } = finding;
  const closed = state === 'accepted' || state === 'settled';
  const proposal = finding.kind === 'identityReview' && !closed;
  const button = (words: string, may: boolean, act: () => void) => (
    <Flex gap={8} wrap align="center" className="cmp-big-buttons">
      {proposal ? <GoButton to="/compare/proposals?kind=identityReview">逐对核对</GoButton> : null}
      <Button type="primary" size="large" disabled={!may} loading={starting} onClick={act}>
        {words}
      </Button>
      {may || allowed.why === null ? null : <span className="cmp-why">{allowed.why}</span>}
    </Flex>
  );
  switch (state) {
    case 'open':
      return (
        <Next
          words={`由${finding.ownerWords}核实：联系监护人或上门，弄清孩子现在的情况。`}
          due={finding.dueDate}
          overdue={finding.overdue}
          button={button('开始核实', allowed.verify, start)}
        />
      );
    case 'verifying':
      return (
        <Next
          words={`${finding.ownerWords}正在核实。弄清后说明原因，写明看到的依据。`}
          due={finding.dueDate}
          overdue={finding.overdue}
          button={button('说明原因', allowed.explain, toForm)}
        />
      );
    case 'explained':
      return (
        <Next
          words={`${finding.explainedName ?? '责任单位'}已说明原因，等待另一人复核依据。`}
          due={finding.dueDate}
          overdue={finding.overdue}
          button={button('复核', allowed.check, toForm)}
        />
      );
    case 'accepted':
      return <Next words="复核通过，这条发现已了结。情况有变，下次比对会重新列出。" />;
    case 'settled':
      return <Next words="最近一次比对中，这一情况已不存在。" />;
  }
}

function Decision({ finding }: { finding: FindingAnswer }) {
  const { allowed, state } = finding;
  if ((state === 'open' || state === 'verifying') && allowed.explain) {
    return (
      <>
        {finding.evidence === null ? null : (
          <Block title="上一次说明">
            <FindingExplanation finding={finding} />
          </Block>
        )}
        <Block title="说明原因">
          <FindingExplain finding={finding} />
        </Block>
      </>
    );
  }
  if (finding.evidence !== null) {
    return (
      <Block title={state === 'explained' ? '复核' : '说明'}>
        <FindingExplanation finding={finding} />
        {state === 'explained' && allowed.check ? <FindingCheck finding={finding} /> : null}
        {state === 'explained' && !allowed.check && allowed.why !== null ? (
          <p className="cmp-quiet" style={{ marginTop: 12 }}>
            {allowed.why}
          </p>
        ) : null}
      </Block>
    );
  }
  return (
    <Block title="说明">
      <p className="cmp-quiet">{allowed.why ?? '还没有说明。'}</p>
    </Block>
  );
}

function FindingFacts({ finding }: { finding: FindingAnswer }) {
  const mayReveal = useMay('children.reveal');
  const mayRead = useMay('children.read');
  const place = [finding.subdistrictName, finding.communityName].filter((name) => name !== null).join(' · ');
  return (
    <Block title="孩子" extra={mayRead ? <Go to={`/children/${finding.childId}`}>打开档案</Go> : undefined}>
      <Facts
        items={[
          { label: '性别', value: finding.sex },
          { label: '出生日期', value: finding.birthDate },
          {
            label: '证件号码',
            value: (
              <Reveal
                key={`d${finding.childId}`}
                childId={finding.childId}
                mask={finding.documentMask === '' ? null : finding.documentMask}
                what="document"
                mode={mayReveal ? 'approval' : 'no'}
              />
            ),
          },
          { label: '监护人', value: finding.guardian },
          {
            label: '联系电话',
            value: (
              <Reveal
                key={`p${finding.childId}`}
                childId={finding.childId}
                mask={finding.phoneMask}
                what="phone"
                mode={mayReveal ? 'open' : 'no'}
              />
            ),
          },
          { label: '住址', value: finding.address },
          { label: '街道与社区', value: place },
          { label: '学校', value: finding.schoolName },
          { label: '责任单位', value: finding.ownerWords },
          ...finding.facts,
        ]}
      />
    </Block>
  );
}
