import { Button, Drawer, Flex } from 'antd';
import { useState } from 'react';
import { addLeavePaper, decideLeave, endLeave } from '#contract/attendance-leaves.ts';
import { openPaper } from '#contract/papers.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { DayField } from '#web/parts/day-field.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Facts } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { momentWords } from '#web/ui/words.ts';
import { leaveLook, markRefreshes, suspensionPath } from './attendance-words.ts';
import { LeaveVerify } from './leave-verify.tsx';
import { PaperField } from './paper-field.tsx';
import type { Leave } from './rows.ts';

/** One leave: its facts, and what may be done with it now. */
export function LeaveRecord({ leave, onClose }: { leave: Leave; onClose: () => void }) {
  const phone = usePhone();
  const mayOpen = useMay('papers.read');
  const mayChange = useMay('changes.ask');
  const { allowed } = leave;
  return (
    <Drawer open onClose={onClose} size={phone ? '100%' : 520} title={`${leave.name}的${leave.kindWords}`}>
      <div className="att-form">
        <Flex gap={8} wrap align="center">
          <Status kind={leaveLook[leave.state]} words={leave.stateWords} />
          {leave.verifyWords === null || leave.state === 'verified' ? null : (
            <Status kind="warn" words={`须核实：${leave.verifyWords}`} />
          )}
        </Flex>
        <Facts
          items={[
            { label: '学生', value: <Go to={`/attendance/child/${leave.childId}`}>{leave.name}</Go> },
            { label: '班级', value: `${leave.schoolName} ${leave.className ?? ''}` },
            { label: '起止', value: `${leave.fromDay} 至 ${leave.toDay}` },
            { label: '上课日', value: `${String(leave.schoolDays)} 天` },
            { label: '谁提出', value: leave.askerWords },
            { label: '登记', value: `${leave.requestedName}，${momentWords(leave.requestedAt)}` },
            { label: '批准', value: leave.decidedName },
            { label: '事由', value: leave.reason },
            {
              label: '证明',
              value:
                leave.paperId === null ? (
                  leave.paperRequired ? (
                    <Status kind="warn" words="须补交" />
                  ) : (
                    '不要求'
                  )
                ) : mayOpen ? (
                  <a href={fileUrl(openPaper, { id: leave.paperId })} target="_blank" rel="noreferrer">
                    打开证明
                  </a>
                ) : (
                  '已交'
                ),
            },
            { label: '销假', value: leave.endedDay },
            ...(leave.verifiedWords === null
              ? []
              : [{ label: '核实', value: `${leave.verifiedWords}，${leave.verifiedName ?? ''}` }]),
            ...(leave.verifiedNote === null ? [] : [{ label: '核实的情况', value: leave.verifiedNote }]),
            ...(leave.verifiedVisitId === null
              ? []
              : [{ label: '核实时的走访', value: <Go to={`/visits/${leave.verifiedVisitId}`}>打开走访记录</Go> }]),
          ]}
        />
        {leave.verifiedOutcome === 'suspension' && mayChange ? (
          <GoButton to={suspensionPath(leave)} type="primary">
            办理休学
          </GoButton>
        ) : null}
        {allowed.decide ? <Decide leave={leave} onDone={onClose} /> : null}
        {leave.state === 'requested' && !allowed.decide ? (
          <p className="quiet">待德育主任或校长批准；批准前缺课记为无故缺勤。</p>
        ) : null}
        {allowed.verify ? <LeaveVerify leave={leave} onDone={onClose} /> : null}
        {allowed.end ? <End leave={leave} onDone={onClose} /> : null}
        {allowed.paper ? <Paper leave={leave} onDone={onClose} /> : null}
      </div>
    </Drawer>
  );
}

function Decide({ leave, onDone }: { leave: Leave; onDone: () => void }) {
  const { send, sending } = useSend(decideLeave, { done: '已记录。', refresh: markRefreshes });
  const decide = (approve: boolean) => {
    send({ id: leave.id, approve }).then(onDone, () => undefined);
  };
  return (
    <Block title="批准">
      <p className="att-lead">
        {leave.name}请假 {leave.schoolDays} 个上课日，{leave.fromDay} 至 {leave.toDay}。
      </p>
      <Flex gap={8} className="att-do">
        <Button
          type="primary"
          loading={sending}
          onClick={() => {
            decide(true);
          }}
        >
          批准
        </Button>
        <Button
          disabled={sending}
          onClick={() => {
            decide(false);
          }}
        >
          不批准
        </Button>
      </Flex>
    </Block>
  );
}

function End({ leave, onDone }: { leave: Leave; onDone: () => void }) {
  const { today } = useMe();
  const [day, setDay] = useState(today < leave.toDay ? today : leave.toDay);
  const { send, sending } = useSend(endLeave, { done: '已销假。', refresh: markRefreshes });
  return (
    <Block title="销假">
      <Flex gap={8} wrap align="center" className="att-do">
        <span>返校日期</span>
        <DayField
          words="返校日期"
          value={day}
          earliest={leave.fromDay}
          latest={today}
          onChange={(next) => {
            setDay(next ?? today);
          }}
        />
        <Button
          loading={sending}
          onClick={() => {
            send({ id: leave.id, day }).then(onDone, () => undefined);
          }}
        >
          销假
        </Button>
      </Flex>
    </Block>
  );
}

function Paper({ leave, onDone }: { leave: Leave; onDone: () => void }) {
  const [paperId, setPaperId] = useState<string | null>(null);
  const { send, sending } = useSend(addLeavePaper, { done: '已补交证明。', refresh: markRefreshes });
  return (
    <Block title={leave.paperId === null ? '补交证明' : '更换证明'}>
      <Flex gap={8} wrap align="center" className="att-do">
        <PaperField
          childId={leave.childId}
          kind={leave.kind === 'illness' ? 'hospitalPaper' : 'certificate'}
          value={paperId}
          onChange={setPaperId}
        />
        <Button
          loading={sending}
          disabled={paperId === null}
          onClick={() => {
            if (paperId !== null) send({ id: leave.id, paperId }).then(onDone, () => undefined);
          }}
        >
          提交
        </Button>
      </Flex>
    </Block>
  );
}
