import { Button, Segmented } from 'antd';
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { periodKinds, type PeriodKind } from '#domain/statistics/record.ts';
import { periodKindWords } from '#domain/statistics/words.ts';
import { useMe } from '#web/api/me.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { useListState } from '#web/parts/list.tsx';
import { periodIn } from './report-words.ts';

/** Days from the end of one term that surely lie in the next: more than the summer holidays. */
const overBreak = 75;

/** Which period the page is about, kept in the address as `period` and `day`: its kind, the one before and after, or the one that holds a day. */
export function PeriodBar({ from, to, words }: { from?: string; to?: string; words?: string }) {
  const { state, set } = useListState();
  const { today } = useMe();
  const period = periodIn(state['period']);
  const day = state['day'] ?? today;
  const step = (next: string) => {
    set({ day: next });
  };
  return (
    <div className="rep-period">
      <Segmented<PeriodKind>
        aria-label="统计时段"
        value={period}
        options={periodKinds.map((value) => ({ value, label: periodKindWords[value] }))}
        onChange={(next) => {
          set({ period: next === 'week' ? undefined : next });
        }}
      />
      <span className="rep-step">
        <Button
          aria-label="上一期"
          icon={<LeftOutlined />}
          disabled={from === undefined}
          onClick={() => {
            if (from !== undefined) step(addCalendarDays(from, period === 'term' ? -overBreak : -1));
          }}
        />
        <strong>{words ?? '　'}</strong>
        <Button
          aria-label="下一期"
          icon={<RightOutlined />}
          disabled={to === undefined || to >= today}
          onClick={() => {
            if (to === undefined) return;
            const next = addCalendarDays(to, period === 'term' ? overBreak : 1);
            step(next < today ? next : today);
          }}
        />
      </span>
      <DayField
        words="含哪一天的时段"
        width={150}
        value={day}
        latest={today}
        onChange={(next) => {
          set({ day: next });
        }}
      />
    </div>
  );
}
