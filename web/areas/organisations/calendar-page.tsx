import { EditOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Alert, Button, Select, Skeleton, Space } from 'antd';
import { useState } from 'react';
import { listCalendar } from '#contract/organisations.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { weekdayOf } from '#domain/basics/calendar.ts';
import { schoolYearOf, schoolYearWords } from '#domain/basics/school-year.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { Block, Page } from '#web/ui/page.tsx';
import { count } from '#web/ui/words.ts';
import { CalendarEdit } from './calendar-edit.tsx';
import './calendar.css';

type Calendar = OutputOf<typeof listCalendar>;
type Day = Calendar['days'][number];

/** The kinds of day: the one character in the cell, and the word of the legend. */
const kinds: Record<Day['kind'], { mark: string; words: string }> = {
  school: { mark: '课', words: '上课' },
  makeup: { mark: '补', words: '调休上课' },
  weekend: { mark: '末', words: '周末' },
  holiday: { mark: '休', words: '法定假日' },
  vacation: { mark: '假', words: '寒暑假' },
  changed: { mark: '调', words: '本区调整' },
};
const kindList = Object.entries(kinds);

/** The school calendar of a year: terms, and every day with its kind coloured and worded. */
export function CalendarPage() {
  const { today } = useMe();
  const mayEdit = useMay('settings.edit');
  const { state, set } = useListState();
  const [editing, setEditing] = useState(false);
  const current = schoolYearOf(today);
  const year = /^20\d{2}$/.test(state['year'] ?? '') ? Number(state['year']) : current;
  const answer = useAnswer(listCalendar, { schoolYear: year });
  const choose = (next: number) => {
    set({ year: next === current ? undefined : next });
  };
  const years = [...new Set([year, ...[-3, -2, -1, 0, 1, 2].map((step) => current + step)])].sort((a, b) => b - a);
  const shown = answer.data?.schoolYear === year ? answer.data : undefined;
  return (
    <Page
      title="校历"
      extra={
        <Space wrap>
          <Button
            icon={<LeftOutlined />}
            aria-label="上一学年"
            onClick={() => {
              choose(year - 1);
            }}
          />
          <Select
            aria-label="学年"
            value={year}
            options={years.map((value) => ({ value, label: schoolYearWords(value) }))}
            onChange={choose}
            style={{ width: 180 }}
          />
          <Button
            icon={<RightOutlined />}
            aria-label="下一学年"
            onClick={() => {
              choose(year + 1);
            }}
          />
          {mayEdit && (
            <Button
              type="primary"
              icon={<EditOutlined />}
              disabled={shown === undefined}
              onClick={() => {
                setEditing(true);
              }}
            >
              修改校历
            </Button>
          )}
        </Space>
      }
    >
      {answer.isError && (
        <Alert
          type="error"
          showIcon
          title={answer.error.message}
          action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
        />
      )}
      {shown === undefined && !answer.isError && <Skeleton active paragraph={{ rows: 12 }} />}
      {shown !== undefined && <Year calendar={shown} today={today} />}
      {editing && shown !== undefined && (
        <CalendarEdit
          key={year}
          calendar={shown}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
    </Page>
  );
}

function Year({ calendar, today }: { calendar: Calendar; today: string }) {
  const months = new Map<string, Day[]>();
  for (const day of calendar.days) months.set(day.day.slice(0, 7), [...(months.get(day.day.slice(0, 7)) ?? []), day]);
  const attended = (from: string, to: string) =>
    calendar.days.filter((day) => day.day >= from && day.day <= to && (day.kind === 'school' || day.kind === 'makeup'))
      .length;
  return (
    <>
      <Block title="学期">
        {calendar.terms.length === 0 && <p className="quiet">本学年还没有设定学期。</p>}
        {calendar.terms.map((term) => (
          <p key={term.name}>
            <strong>{term.name}</strong>　{term.from} 至 {term.to}　其中周一至周五及调休上课{' '}
            {count(attended(term.from, term.to))} 天
          </p>
        ))}
      </Block>
      <Block
        title="逐日"
        extra={
          <span className="calendar-legend">
            {kindList.map(([kind, { mark, words }]) => (
              <span key={kind}>
                <b className={`calendar-mark calendar-${kind}`}>{mark}</b>
                {words}
              </span>
            ))}
          </span>
        }
      >
        <div className="calendar-months">
          {[...months].map(([month, days]) => (
            <Month key={month} month={month} days={days} today={today} />
          ))}
        </div>
      </Block>
    </>
  );
}

function Month({ month, days, today }: { month: string; days: readonly Day[]; today: string }) {
  const first = days[0];
  const before = first === undefined ? 0 : weekdayOf(first.day);
  const special = days.filter((day) => day.kind === 'changed' || day.kind === 'makeup' || day.kind === 'holiday');
  return (
    <section className="calendar-month" aria-label={`${month.slice(0, 4)}年${String(Number(month.slice(5)))}月`}>
      <h3>
        {month.slice(0, 4)}年{Number(month.slice(5))}月
      </h3>
      <div className="calendar-grid" role="list">
        {['一', '二', '三', '四', '五', '六', '日'].map((word) => (
          <span key={word} className="calendar-head" aria-hidden>
            {word}
          </span>
        ))}
        {Array.from({ length: before }, (_unused, index) => (
          <span key={`before-${String(index)}`} aria-hidden />
        ))}
        {days.map((day) => (
          <span
            key={day.day}
            role="listitem"
            className={`calendar-day calendar-${day.kind}${day.day === today ? ' calendar-today' : ''}`}
            title={`${day.day} ${day.words}`}
            aria-label={`${day.day} ${kinds[day.kind].words} ${day.words}`}
          >
            {Number(day.day.slice(8))}
            <small aria-hidden>{kinds[day.kind].mark}</small>
          </span>
        ))}
      </div>
      {special.length > 0 && <p className="quiet calendar-notes">{notesOf(special)}</p>}
    </section>
  );
}

/** Days with the same words in one breath: `1—7日 国庆节`. */
function notesOf(days: readonly Day[]): string {
  const groups: { from: number; to: number; words: string }[] = [];
  for (const day of days) {
    const number = Number(day.day.slice(8));
    const last = groups.at(-1);
    if (last?.words === day.words && last.to === number - 1) last.to = number;
    else groups.push({ from: number, to: number, words: day.words });
  }
  return groups
    .map(
      (group) =>
        `${group.from === group.to ? String(group.from) : `${String(group.from)}—${String(group.to)}`}日 ${group.words}`,
    )
    .join('；');
}
