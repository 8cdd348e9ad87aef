import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { markRollCall } from '#contract/attendance.ts';
import type { AbsenceKind } from '#domain/attendance/record.ts';
import { markWords } from '#domain/attendance/words.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { markLook, markRefreshes, offeredKinds } from './attendance-words.ts';
import type { Pupil, RollCall } from './rows.ts';

type Marks = ReadonlyMap<string, { id: string; kind: AbsenceKind }>;

/** What the page begins with: pupils on leave are away, everybody else is there. */
function suggested(pupils: readonly Pupil[]): Marks {
  return new Map(
    pupils.flatMap((pupil) =>
      pupil.suggested === 'present' ? [] : [[pupil.childId, { id: newRequestId(), kind: pupil.suggested }] as const],
    ),
  );
}

/** Marks a class: a tap on a name says that the pupil is not there; one button sends it. */
export function RollCallMark({ rollCall }: { rollCall: RollCall }) {
  const { today } = useMe();
  const [id] = useState(newRequestId);
  const [marks, setMarks] = useState<Marks>(() => suggested(rollCall.pupils));
  const [reason, setReason] = useState('');
  const { send, sending } = useSend(markRollCall, { done: '已点名。', refresh: markRefreshes });
  const late = rollCall.day < today;
  const away = rollCall.pupils.filter((pupil) => marks.has(pupil.childId));
  const missing = away.filter((pupil) => marks.get(pupil.childId)?.kind !== 'late').length;
  const toggle = (pupil: Pupil) => {
    const next = new Map(marks);
    if (!next.delete(pupil.childId))
      next.set(pupil.childId, {
        id: newRequestId(),
        kind: pupil.suggested === 'present' ? 'unexcused' : pupil.suggested,
      });
    setMarks(next);
  };
  const choose = (childId: string, kind: AbsenceKind) => {
    const before = marks.get(childId);
    if (before) setMarks(new Map([...marks, [childId, { ...before, kind }]]));
  };
  const submit = () => {
    send({
      id,
      classId: rollCall.classId,
      day: rollCall.day,
      part: rollCall.part,
      reason: reason.trim(),
      absent: [...marks].map(([childId, mark]) => ({ childId, id: mark.id, kind: mark.kind })),
    }).catch(() => undefined);
  };
  return (
    <>
      {late ? (
        <Block title={`补 ${rollCall.day} 的点名`}>
          <label className="att-field">
            <span>为什么当天没有点名</span>
            <Input
              value={reason}
              maxLength={200}
              placeholder="例如：当天外出研学，返校后补记"
              onChange={(event) => {
                setReason(event.target.value);
              }}
            />
          </label>
          <p className="quiet">会使预警消失的补记，该生先记为待核，待学校另一人同意。</p>
        </Block>
      ) : null}
      <Block
        title="点没有到校的学生，其余都记为到校"
        extra={<span className="quiet">全班 {rollCall.pupils.length} 人</span>}
      >
        <ul className="att-tiles">
          {rollCall.pupils.map((pupil) => {
            const mark = marks.get(pupil.childId);
            return (
              <li key={pupil.childId}>
                <button
                  type="button"
                  className={mark ? `att-tile att-tile-${markLook[mark.kind]}` : 'att-tile'}
                  aria-pressed={mark !== undefined}
                  onClick={() => {
                    toggle(pupil);
                  }}
                >
                  <span className="att-tile-name">{pupil.name}</span>
                  <span className="att-tile-mark">{mark ? markWords[mark.kind] : '到校'}</span>
                </button>
              </li>
            );
          })}
        </ul>
      </Block>
      {away.length > 0 ? (
        <Block title={`没有到校或迟到（${String(away.length)} 人）`}>
          <ul className="att-plain">
            {away.map((pupil) => (
              <li key={pupil.childId}>
                <span>
                  <strong>{pupil.name}</strong>
                  {pupil.hint === null ? null : (
                    <>
                      {' '}
                      <Status kind="warn" words={pupil.hint} />
                    </>
                  )}
                  {pupil.leave && !pupil.leave.over ? (
                    <span className="quiet">
                      {' '}
                      {pupil.leave.kindWords} {pupil.leave.fromDay} 至 {pupil.leave.toDay}
                    </span>
                  ) : null}
                </span>
                <Select<AbsenceKind>
                  aria-label={`${pupil.name}的情况`}
                  style={{ width: 130 }}
                  value={marks.get(pupil.childId)?.kind ?? 'unexcused'}
                  options={offeredKinds.map((kind) => ({ value: kind, label: markWords[kind] }))}
                  onChange={(kind) => {
                    choose(pupil.childId, kind);
                  }}
                />
              </li>
            ))}
          </ul>
        </Block>
      ) : null}
      <div className="att-sticky">
        <Button
          type="primary"
          size="large"
          block
          loading={sending}
          disabled={late && reason.trim() === ''}
          title={late && reason.trim() === '' ? '请先写明为什么当天没有点名。' : undefined}
          onClick={submit}
        >
          {missing === 0
            ? `全部到校，提交点名`
            : `提交点名：到校 ${String(rollCall.pupils.length - missing)} 人，未到 ${String(missing)} 人`}
        </Button>
      </div>
    </>
  );
}
