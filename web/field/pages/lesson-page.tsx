import { useState } from 'react';
import { addHomeLesson, listChanges, listHomeLessons } from '#contract/enrolment-changes.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { isSigned, type Strokes } from '#domain/basics/strokes.ts';
import { newRequestId } from '#web/api/call.ts';
import { phoneDay, phoneNow } from '../clock.ts';
import { monthWords, taughtAtHome, waitingLessons } from '../home-teaching.ts';
import { dropDraft } from '../keep/draft.ts';
import { keepEntry } from '../keep/outbox.ts';
import type { Unlocked } from '../keep/unlock.ts';
import { confirmedOf, type ShownEntry } from '../outbox-state.ts';
import { Bar } from '../parts/bar.tsx';
import { Choice, DayInput, Line, Text } from '../parts/fields.tsx';
import { KeptForm } from '../parts/kept-form.tsx';
import { SignBox } from '../parts/sign-box.tsx';
import { store } from '../session.ts';
import { useDraft } from '../use-draft.ts';
import { useKeptAnswer } from '../use-kept.ts';

type Log = OutputOf<typeof listHomeLessons>;

/** 送教上门 of one pupil: the months against the quota, the last entries, and a new one that the guardian signs on the phone. */
export function LessonPage({
  who,
  changeId,
  entries,
  onKept,
}: {
  who: Unlocked;
  changeId: string;
  entries: readonly ShownEntry[];
  onKept: () => void;
}) {
  const confirmed = confirmedOf(entries);
  const pupils = useKeptAnswer(who, listChanges, taughtAtHome, confirmed);
  const { answer, fault } = useKeptAnswer(who, listHomeLessons, { id: changeId }, confirmed);
  const [adding, setAdding] = useState(false);
  const name = pupils.answer?.value.rows.find((one) => one.id === changeId)?.name ?? '';
  const log = answer?.value;
  return (
    <>
      <Bar title={`送教上门 ${name}`} back="/field" />
      <main className="page">
        {fault === null ? null : <p className="fault">{fault}</p>}
        {log === undefined ? null : adding ? (
          <>
            <LessonForm who={who} changeId={changeId} name={name} log={log} onKept={onKept} />
            <button
              type="button"
              className="link"
              onClick={() => {
                setAdding(false);
              }}
            >
              返回，写的内容留在本机
            </button>
          </>
        ) : (
          <>
            <button
              type="button"
              className="main-button"
              onClick={() => {
                setAdding(true);
              }}
            >
              登记送教
            </button>
            <LogLines log={log} changeId={changeId} entries={entries} />
          </>
        )}
      </main>
    </>
  );
}

/** How many months and entries the phone shows. */
const shownMonths = 3;
const shownRows = 10;

function LogLines({ log, changeId, entries }: { log: Log; changeId: string; entries: readonly ShownEntry[] }) {
  return (
    <>
      <section className="card" aria-label="各月课时">
        {log.months.slice(0, shownMonths).map((month) => (
          <p key={month.month}>{monthWords(month, log.quota)}</p>
        ))}
        {log.untilDay === null ? null : <p className="quiet">送教到 {log.untilDay} 前结束。</p>}
      </section>
      <section aria-labelledby="log">
        <h2 id="log">送教记录</h2>
        {waitingLessons(entries, changeId).map((one) => (
          <p key={one.id} className={one.refused ? 'state state-refused' : 'state state-onPhone'}>
            {one.day} {one.lessons} 课时：{one.refused ? '平台没有接收，见“待上传”' : '存在本机，等待上传'}
          </p>
        ))}
        {log.rows.length === 0 ? <p className="quiet">还没有上传的送教记录。</p> : null}
        <ul className="cards">
          {log.rows.slice(0, shownRows).map((row) => (
            <li key={row.id} className="card">
              <span className="card-row">
                <strong>{row.day}</strong>
                <span className="quiet">
                  {row.lessons} 课时 · {row.teachers}
                </span>
              </span>
              <span>{row.content}</span>
              {row.response === '' ? null : <span className="quiet">{row.response}</span>}
            </li>
          ))}
        </ul>
        {log.rows.length > shownRows ? <p className="quiet">更早的在完整平台查看。</p> : null}
      </section>
    </>
  );
}

interface LessonDraft {
  lessonId: string;
  day: string;
  lessons: Lessons;
  teachers: string;
  content: string;
  response: string;
  strokes: Strokes;
}
const counts = ['1', '2', '3', '4', '5', '6', '7', '8'] as const;
type Lessons = (typeof counts)[number];
const countWords: Record<Lessons, string> = { 1: '1', 2: '2', 3: '3', 4: '4', 5: '5', 6: '6', 7: '7', 8: '8' };

function LessonForm({
  who,
  changeId,
  name,
  log,
  onKept,
}: {
  who: Unlocked;
  changeId: string;
  name: string;
  log: Log;
  onKept: () => void;
}) {
  const today = phoneDay(phoneNow());
  const key = `lesson ${changeId}`;
  const { draft, setDraft } = useDraft<LessonDraft>(who, key, () => ({
    lessonId: newRequestId(),
    day: today,
    lessons: '2',
    teachers: who.owner.name,
    content: '',
    response: '',
    strokes: [],
  }));
  if (draft === null) return <p className="boot">正在打开……</p>;
  const set = (part: Partial<LessonDraft>) => {
    setDraft({ ...draft, ...part });
  };
  const wrongDay =
    draft.day === '' ||
    draft.day > today ||
    draft.day < log.fromDay ||
    (log.untilDay !== null && draft.day >= log.untilDay);
  const fault = () =>
    wrongDay
      ? `请填写送教的日期：${log.fromDay} 起，不能晚于今天${log.untilDay === null ? '' : `，在 ${log.untilDay} 结束之前`}。`
      : draft.teachers.trim().length < 2
        ? '请写明送教教师。'
        : draft.content.trim().length < 2
          ? '请写明送教内容。'
          : isSigned(draft.strokes)
            ? null
            : '请监护人签名。';
  return (
    <KeptForm
      title={`登记送教：${name}`}
      words="登记送教"
      onKept={onKept}
      fault={fault}
      keep={async () => {
        const { lessonId, day, content, response, teachers, strokes } = draft;
        const input = {
          id: changeId,
          lessonId,
          day,
          lessons: Number(draft.lessons),
          teachers: teachers.trim(),
          content: content.trim(),
          response: response.trim(),
          signature: strokes,
        };
        const said = { what: '送教上门', title: `送教上门：${name} ${day}`, now: phoneNow() };
        await keepEntry(store, who, { id: newRequestId(), endpoint: addHomeLesson, input, ...said });
        await dropDraft(store, key);
      }}
    >
      <DayInput
        label="日期"
        value={draft.day}
        min={log.fromDay}
        max={today}
        onChange={(day) => {
          set({ day });
        }}
      />
      <Choice
        label="课时"
        values={counts}
        words={countWords}
        value={draft.lessons}
        onChange={(lessons) => {
          set({ lessons });
        }}
      />
      <Line
        label="送教教师"
        value={draft.teachers}
        most={100}
        onChange={(teachers) => {
          set({ teachers });
        }}
      />
      <Text
        label="送教内容"
        value={draft.content}
        onChange={(content) => {
          set({ content });
        }}
      />
      <Text
        label="学生表现（可不填）"
        value={draft.response}
        onChange={(response) => {
          set({ response });
        }}
      />
      <p className="quiet">请监护人核对上面的内容，用手指在框内签名。</p>
      <SignBox
        signer="监护人"
        strokes={draft.strokes}
        onChange={(strokes) => {
          set({ strokes });
        }}
      />
    </KeptForm>
  );
}
