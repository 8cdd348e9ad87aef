import { Button } from 'antd';
import { useState } from 'react';
import { getDuty, waiveDuty } from '#contract/duties.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { askReason } from '#web/parts/reason.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Facts, Next, Page, Timeline } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { dueWords, momentWords } from '#web/ui/words.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { dutyLook, dutyStanding, type DutyRecord } from './duties-words.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { HandOver } from './hand-over.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import './duties.css';

/** 一项任务: what is owed and why, its one button, whom it climbed to, and 移交 or 免除 where they are open. */
export function DutyPage() {
  const id = useRecordId();
  const answer = useAnswer(getDuty, { id }, { enabled: id !== '' });
  const duty = answer.data?.id === id ? answer.data : undefined;
  if (duty === undefined)
    return (
      <Page title="一项任务" extra={<GoButton to="/duties">回到列表</GoButton>}>
        <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />
      </Page>
    );
  return (
    <Page
      title={
        <>
          {duty.who}：{duty.title}{' '}
          <span className="dut-head">
            {duty.urgent ? <Status kind="bad" words="紧急" /> : null}{' '}
            <Status kind={dutyLook(duty)} words={dutyStanding(duty)} />
          </span>
        </>
      }
      extra={<Actions duty={duty} />}
    >
      {duty.state === 'open' ? (
        <Next
          words={duty.why}
          due={duty.dueDay}
          overdue={duty.overdue}
          button={
            <GoButton to={duty.to} type="primary">
              {duty.action}
            </GoButton>
          }
        />
      ) : null}
      <div className="dut-record">
        <Block title="经过">
          <Timeline items={duty.events} />
        </Block>
        <Block title="任务">
          <DutyFacts duty={duty} />
        </Block>
      </div>
    </Page>
  );
}

function Actions({ duty }: { duty: DutyRecord }) {
  const [handing, setHanding] = useState(false);
  const waive = useSend(waiveDuty, { done: '已免除，理由已记下。' });
  const end = async () => {
    const reason = await askReason({
      title: `免除任务“${duty.title}”`,
      words: '免除后不再提醒，也不计入及时率。理由会留在任务的经过里。',
      danger: true,
    });
    if (reason !== null) await waive.send({ id: duty.id, reason }).catch(() => undefined);
  };
  return (
    <>
      <GoButton to="/duties">回到列表</GoButton>
      {duty.allowed.handOver ? (
        <Button
          disabled={duty.people.length === 0}
          title={duty.people.length === 0 ? '本单位没有其他可以接手的人。' : undefined}
          onClick={() => {
            setHanding(true);
          }}
        >
          移交
        </Button>
      ) : null}
      {duty.allowed.waive ? (
        <Button danger loading={waive.sending} onClick={() => void end()}>
          免除
        </Button>
      ) : null}
      {handing ? (
        <HandOver
          duty={duty}
          onClose={() => {
            setHanding(false);
          }}
        />
      ) : null}
    </>
  );
}

function DutyFacts({ duty }: { duty: DutyRecord }) {
  const { today } = useMe();
  const mayChild = useMay('children.read');
  const open = duty.state === 'open';
  return (
    <Facts
      items={[
        {
          label: '学生或班级',
          value: duty.childId !== null && mayChild ? <Go to={`/children/${duty.childId}`}>{duty.who}</Go> : duty.who,
        },
        { label: '学校', value: duty.schoolName },
        { label: '班级', value: duty.className },
        ...(duty.caseId === null ? [] : [{ label: '个案', value: <Go to={`/cases/${duty.caseId}`}>打开个案</Go> }]),
        { label: '责任人', value: duty.ownerWords },
        {
          label: '上报',
          value: duty.level === 0 ? '没有上报' : `已上报 ${String(duty.level)} 级，到${duty.topWords}`,
        },
        { label: '开始', value: momentWords(duty.startedAt) },
        {
          label: '期限',
          value: (
            <>
              {momentWords(duty.dueAt)}（{duty.dueWords}）
              {open && duty.dueDay !== today ? `，${dueWords(duty.dueDay, today)}` : ''}
            </>
          ),
        },
        ...(duty.settledAt === null
          ? []
          : [
              {
                label: duty.state === 'waived' ? '免除' : '办结',
                value: `${momentWords(duty.settledAt)}，${duty.settledName ?? '平台'}`,
              },
            ]),
        ...(duty.reason === null ? [] : [{ label: '理由', value: duty.reason }]),
        {
          label: '依据',
          value: (
            <>
              方案 {duty.clause}，规则版本 {duty.ruleVersion}　<Go to="/clauses">方案条款</Go>
            </>
          ),
        },
      ]}
    />
  );
}
