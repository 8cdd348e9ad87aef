import { App, Button } from 'antd';
import { useState } from 'react';
import { answerAbsence } from '#contract/attendance.ts';
import { answers, type Answer } from '#domain/attendance/record.ts';
import { nextOfAnswer } from '#domain/attendance/rules.ts';
import { answerWords } from '#domain/attendance/words.ts';
import { useMay } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { Go } from '#web/ui/go.tsx';
import { Status } from '#web/ui/status.tsx';
import { addressOf } from '#web/ui/address.ts';
import { guardianSaid, markLook, markRefreshes } from './attendance-words.ts';
import { CallGuardian } from './call-guardian.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import type { Pupil } from './rows.ts';

/** An absent pupil: call the guardian, one tap for the answer, and the act that the answer leads to. */
export function AbsentPupil({
  pupil,
  day,
  mayMark,
  onCorrect,
}: {
  pupil: Pupil;
  day: string;
  mayMark: boolean;
  onCorrect: () => void;
}) {
  const { message } = App.useApp();
  const [again, setAgain] = useState(false);
  const mayReport = useMay('cases.report');
  const { send, sending } = useSend(answerAbsence, { refresh: markRefreshes });
  const asks = mayMark && pupil.absenceId !== null && !pupil.waiting && (pupil.answer === null || again);
  const give = async (answer: Answer) => {
    if (pupil.absenceId === null) return;
    try {
      const given = await send({ id: pupil.absenceId, answer });
      setAgain(false);
      void (given.waiting
        ? message.info(`已记下“${answerWords[answer]}”。改记会使预警消失，待学校另一人同意。`, 6)
        : message.success(`${pupil.name}：${answerWords[answer]}，记为${given.markWords}。`));
    } catch {
      // the refusal has been shown
    }
  };
  return (
    <li className="att-absent">
      <div className="att-absent-head">
        <Go to={`/attendance/child/${pupil.childId}`} className="att-absent-name">
          {pupil.name}
        </Go>
        {pupil.mark === null ? null : <Status kind={markLook[pupil.mark]} words={pupil.markWords} />}
        {pupil.answerWords === null ? null : <span>{guardianSaid(pupil.answerWords)}</span>}
        {pupil.waiting ? <Status kind="wait" words="更正待同意" /> : null}
        {pupil.hint === null ? null : <span className="quiet">{pupil.hint}</span>}
        {pupil.leave && !pupil.leave.over ? (
          <span className="quiet">
            {pupil.leave.kindWords}至 {pupil.leave.toDay}
          </span>
        ) : null}
      </div>
      {asks ? (
        <div className="att-answers">
          <CallGuardian childId={pupil.childId} name={pupil.name} day={day} />
          <div className="att-answer-buttons" role="group" aria-label={`${pupil.name}家长的答复`}>
            {answers.map((answer) => (
              <Button
                key={answer}
                disabled={sending}
                danger={answer === 'leftSchool'}
                onClick={() => void give(answer)}
              >
                {answerWords[answer]}
              </Button>
            ))}
          </div>
        </div>
      ) : null}
      {pupil.answer === null ? null : <NextAct pupil={pupil} answer={pupil.answer} day={day} />}
      {mayReport && pupil.mark === 'unexcused' ? (
        <Go to={addressOf('/cases/report', { child: pupil.childId, day, emergency: 'yes' })} className="att-urgent">
          有紧急情况？立即报告
        </Go>
      ) : null}
      {mayMark && !asks ? (
        <div className="att-quiet-do">
          {pupil.waiting || pupil.absenceId === null || pupil.answer === null ? null : (
            <Button
              type="link"
              onClick={() => {
                setAgain(true);
              }}
            >
              重新登记答复
            </Button>
          )}
          {pupil.waiting ? (
            <GoButton to={addressOf('/attendance/corrections', { childId: pupil.childId })}>看这项更正</GoButton>
          ) : (
            <Button type="link" onClick={onCorrect}>
              更正
            </Button>
          )}
        </div>
      ) : null}
    </li>
  );
}

function NextAct({ pupil, answer, day }: { pupil: Pupil; answer: Answer; day: string }) {
  const mayVisit = useMay('visits.record');
  const mayReport = useMay('cases.report');
  const act = nextOfAnswer(answer);
  if (act === 'visit' && mayVisit)
    return (
      <div className="att-next">
        <span>电话联系不上，下一步上门走访。</span>
        <GoButton to={addressOf('/visits/new', { child: pupil.childId, day, called: 'yes' })} type="primary">
          登记走访
        </GoButton>
      </div>
    );
  if (act === 'report' && mayReport)
    return (
      <div className="att-next att-next-bad">
        <span>家长称孩子不再上学，当天报告疑似辍学。</span>
        <GoButton
          to={addressOf('/cases/report', { child: pupil.childId, day: pupil.since ?? day, called: 'yes' })}
          type="primary"
        >
          报告疑似辍学
        </GoButton>
      </div>
    );
  return null;
}
