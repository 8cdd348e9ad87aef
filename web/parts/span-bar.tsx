import { useMe } from '#web/api/me.ts';
import { DayField } from './day-field.tsx';
import { useListState } from './list-state.ts';

/** The span that a page is about, kept in the address as `from` and `to`. */
export function SpanBar({ from, to }: { from: string; to: string }) {
  const { today } = useMe();
  const { set } = useListState();
  return (
    <span className="span-bar">
      <DayField
        words="从"
        value={from}
        latest={to}
        width={140}
        onChange={(day) => {
          set({ from: day });
        }}
      />
      <span>至</span>
      <DayField
        words="到"
        value={to}
        earliest={from}
        latest={today}
        width={140}
        onChange={(day) => {
          set({ to: day });
        }}
      />
    </span>
  );
}
