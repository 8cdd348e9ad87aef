import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { useMe } from '#web/api/me.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { weekdayWords } from './attendance-words.ts';

/** The day a page is about: one day back, the day itself, one day on, never past today. */
export function DayBar({ day, onChange }: { day: string; onChange: (day: string | undefined) => void }) {
  const { today } = useMe();
  const go = (next: string) => {
    onChange(next === today ? undefined : next);
  };
  return (
    <div className="att-day-bar">
      <Button
        icon={<LeftOutlined />}
        aria-label="前一天"
        onClick={() => {
          go(addCalendarDays(day, -1));
        }}
      />
      <DayField
        words="日期"
        value={day}
        latest={today}
        width={150}
        onChange={(next) => {
          go(next ?? today);
        }}
      />
      <Button
        icon={<RightOutlined />}
        aria-label="后一天"
        disabled={day >= today}
        onClick={() => {
          go(addCalendarDays(day, 1));
        }}
      />
      <span className="quiet">{day === today ? `今天，${weekdayWords(day)}` : weekdayWords(day)}</span>
    </div>
  );
}
