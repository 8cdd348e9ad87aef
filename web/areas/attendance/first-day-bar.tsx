import { useMe } from '#web/api/me.ts';
import { useListState } from '#web/parts/list.tsx';
import { DayBar } from './day-bar.tsx';

/** The term: any day of it chosen shows its first school day. */
export function FirstDayBar({ head }: { head?: { term: string; day: string } }) {
  const { today } = useMe();
  const { state, set } = useListState();
  return (
    <div className="att-bar">
      <DayBar
        day={state['day'] ?? today}
        onChange={(day) => {
          set({ day });
        }}
      />
      {head ? (
        <strong>
          {head.term}，首日 {head.day}
        </strong>
      ) : null}
    </div>
  );
}
