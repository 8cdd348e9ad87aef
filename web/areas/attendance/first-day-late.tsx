import { App, Button } from 'antd';
import { useState } from 'react';
import { correctMark } from '#contract/attendance.ts';
import type { DayPart } from '#domain/attendance/record.ts';
import { newRequestId } from '#web/api/call.ts';
import { useSend } from '#web/api/use.ts';
import { firstDayRefreshes, type MissingPupil } from './first-day-words.ts';

/** A pupil who came onto the roll after the class was called: whether he was there is said of him alone. */
export function LateOnRoll({
  pupil,
  part,
  day,
  may,
}: {
  pupil: MissingPupil;
  part: DayPart;
  day: string;
  may: boolean;
}) {
  const { message } = App.useApp();
  const [id] = useState(newRequestId);
  const { send, sending } = useSend(correctMark, { refresh: firstDayRefreshes });
  const came = async () => {
    try {
      await send({ id, childId: pupil.childId, day, part, to: 'present', reason: '点名后列入名册，当天已到校' });
      void message.success(`已登记${pupil.name}当天到校。`);
    } catch {
      // the refusal has been shown
    }
  };
  return (
    <div className="att-next">
      <span>点名以后才列入名册，点名时没有点到。</span>
      {may ? (
        <Button loading={sending} aria-label={`${pupil.name}当天已到校`} onClick={() => void came()}>
          当天已到校
        </Button>
      ) : null}
    </div>
  );
}
