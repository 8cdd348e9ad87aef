import { getFirstDayClass } from '#contract/attendance-first-day.ts';
import { useAnswer } from '#web/api/use.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Next } from '#web/ui/page.tsx';

/** On the first school day of a term: after the roll call the class goes on to its list, until that is complete. */
export function FirstDayHint({ classId, day }: { classId: string; day: string }) {
  const { data } = useAnswer(getFirstDayClass, { classId, day });
  if (data?.classId !== classId || data.day !== day || data.done) return null;
  return (
    <Next
      words="今天是开学首日，没有到校的学生还须写明原因和去向。"
      button={
        <GoButton to={addressOf(`/attendance/first-day/${classId}`, { day })} type="primary">
          去核对
        </GoButton>
      }
    />
  );
}
