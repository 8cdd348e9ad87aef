import { Button, Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import { endSubstitute, listSubstitutes, nameSubstitute } from '#contract/attendance-leaves.ts';
import { newRequestId } from '#web/api/call.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { Empty } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';

/** The button 代班 of a class and the list behind it: a tap on a name makes that teacher the substitute of the day. */
export function SubstituteButton({ classId, className, day }: { classId: string; className: string; day: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        代班
      </Button>
      {open ? (
        <SubstituteDrawer
          classId={classId}
          className={className}
          day={day}
          onClose={() => {
            setOpen(false);
          }}
        />
      ) : null}
    </>
  );
}

function SubstituteDrawer({
  classId,
  className,
  day,
  onClose,
}: {
  classId: string;
  className: string;
  day: string;
  onClose: () => void;
}) {
  const phone = usePhone();
  const [toDay, setToDay] = useState(day);
  const answer = useAnswer(listSubstitutes, { classId, day });
  const name = useSend(nameSubstitute, { refresh: ['attendance'], done: '已指定代班教师。' });
  const end = useSend(endSubstitute, { refresh: ['attendance'], done: '已结束代班。' });
  const choose = async (staffId: string) => {
    try {
      await name.send({ id: newRequestId(), classId, staffId, fromDay: day, toDay });
      onClose();
    } catch {
      // the refusal has been shown
    }
  };
  const named = answer.data?.substitutes ?? [];
  const candidates = answer.data?.candidates ?? [];
  return (
    <Drawer open onClose={onClose} size={phone ? '100%' : 420} title={`代班点名：${className}`}>
      {named.length > 0 ? (
        <ul className="att-plain">
          {named.map((one) => (
            <li key={one.id}>
              <span>
                <strong>{one.staffName}</strong>
                <span className="quiet">
                  {' '}
                  {one.fromDay === one.toDay ? one.fromDay : `${one.fromDay} 至 ${one.toDay}`}，{one.namedName}指定
                </span>
              </span>
              <Button
                loading={end.sending}
                onClick={() => {
                  end.send({ id: one.id }).catch(() => undefined);
                }}
              >
                结束
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <p className="att-field">
        <span className="quiet">自 {day} 起，代班到</span>
        <DayField
          words="代班到"
          value={toDay}
          earliest={day}
          onChange={(next) => {
            setToDay(next ?? day);
          }}
        />
      </p>
      <p className="quiet">
        点教师姓名即指定。代班教师只在这几天看到并点这个班的名；当天记在手机上没有上传的，结束后三天内还可补传，点“结束”即停。
      </p>
      {answer.isPending ? <Skeleton active /> : null}
      {answer.isError ? <Empty words={answer.error.message} /> : null}
      {answer.data && candidates.length === 0 ? <Empty words="本校没有其他在岗教师可以代班。" /> : null}
      <ul className="att-names">
        {candidates.map((one) => (
          <li key={one.staffId}>
            <Button block disabled={name.sending} onClick={() => void choose(one.staffId)}>
              {one.name}
              <span className="quiet">{one.posts}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
