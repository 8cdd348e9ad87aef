import { Alert } from 'antd';
import { useState } from 'react';
import { Block, Facts } from '#web/ui/page.tsx';
import { momentWords } from '#web/ui/words.ts';
import { AbsentPupil } from './absent-pupil.tsx';
import { markLook } from './attendance-words.ts';
import { CorrectDrawer } from './correct-drawer.tsx';
import { FirstDayHint } from './first-day-hint.tsx';
import type { Pupil, RollCall } from './rows.ts';

/** A class that has been marked: whom to call first, then everybody, each open to a correction. */
export function RollCallMarked({ rollCall }: { rollCall: RollCall }) {
  const [correcting, setCorrecting] = useState<Pupil | null>(null);
  const marked = rollCall.rollCall;
  const mayMark = rollCall.allowed.mark;
  const absent = rollCall.pupils
    .filter((pupil) => pupil.mark !== null && pupil.mark !== 'present' && pupil.mark !== 'late')
    .sort((a, b) => orderOf(a) - orderOf(b));
  const open = absent.filter((pupil) => pupil.mark === 'unexcused' && pupil.answer === null).length;
  if (marked === null) return null;
  return (
    <>
      <FirstDayHint classId={rollCall.classId} day={rollCall.day} />
      <Block>
        <Facts
          items={[
            { label: '到校', value: `${String(marked.present)} / ${String(marked.onRoll)} 人` },
            { label: '未到', value: `${String(absent.length)} 人` },
            { label: '点名', value: `${marked.markedName}，${momentWords(marked.markedAt)}` },
            ...(marked.late ? [{ label: '补点名的原因', value: marked.lateReason }] : []),
          ]}
        />
      </Block>
      {mayMark ? null : <Alert type="info" showIcon title={rollCall.allowed.why ?? '您可以查看，不能改动。'} />}
      <Block
        title={open > 0 ? `还有 ${String(open)} 人没有联系家长` : `没有到校（${String(absent.length)} 人）`}
        extra={<span className="quiet">全班 {rollCall.pupils.length} 人</span>}
      >
        {absent.length === 0 ? <p className="quiet">全班到校。</p> : null}
        <ul className="att-absents">
          {absent.map((pupil) => (
            <AbsentPupil
              key={pupil.childId}
              pupil={pupil}
              day={rollCall.day}
              mayMark={mayMark}
              onCorrect={() => {
                setCorrecting(pupil);
              }}
            />
          ))}
        </ul>
      </Block>
      <Block title="全班" extra={mayMark ? <span className="quiet">记错了的，点姓名更正。</span> : undefined}>
        <ul className="att-tiles">
          {rollCall.pupils.map((pupil) => (
            <li key={pupil.childId}>
              <button
                type="button"
                className={`att-tile att-tile-${pupil.mark === null ? 'quiet' : markLook[pupil.mark]}`}
                disabled={!mayMark || pupil.waiting}
                onClick={() => {
                  setCorrecting(pupil);
                }}
              >
                <span className="att-tile-name">{pupil.name}</span>
                <span className="att-tile-mark">{pupil.waiting ? '更正待同意' : pupil.markWords}</span>
              </button>
            </li>
          ))}
        </ul>
      </Block>
      {correcting ? (
        <CorrectDrawer
          pupil={correcting}
          rollCall={rollCall}
          onClose={() => {
            setCorrecting(null);
          }}
        />
      ) : null}
    </>
  );
}

function orderOf(pupil: Pupil): number {
  if (pupil.mark === 'unexcused') return pupil.answer === null ? 0 : 1;
  return 2;
}
