import { Alert, Button, Skeleton } from 'antd';
import { getSchoolDay } from '#contract/attendance-views.ts';
import { myClasses } from '#contract/attendance.ts';
import type { AbsenceFigure } from '#domain/attendance/record.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { useListState } from '#web/parts/list.tsx';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { count } from '#web/ui/words.ts';
import { addressOf } from '#web/ui/address.ts';
import { ClassLine, type ClassDay } from './class-line.tsx';
import { DayBar } from './day-bar.tsx';
import { SheetButton } from './sheet-dialog.tsx';
import './attendance.css';

type SchoolDay = OutputOf<typeof getSchoolDay>;

/** 点名: the classes of the day. A teacher sees the own classes; a school which have not reported; the bureau every school. */
export function RollCallsPage() {
  const me = useMe();
  const { state, set } = useListState();
  const day = state['day'] ?? me.today;
  const consents = useMay('attendance.consent');
  const marks = useMay('attendance.mark');
  const bySheet = useMay('attendance.sheet');
  const schoolId = state['schoolId'];
  const own = useAnswer(myClasses, { day });
  const mine = own.data?.day === day ? own.data : undefined;
  const asTeacher = !consents && schoolId === undefined && (marks || (mine?.classes.length ?? 0) > 0);
  const whole = useAnswer(
    getSchoolDay,
    { day, ...(schoolId === undefined ? {} : { schoolId }) },
    { enabled: !asTeacher && (consents || mine !== undefined) },
  );
  const seen = whole.data?.day === day ? whole.data : undefined;
  const fault = asTeacher ? own.error : (whole.error ?? own.error);
  const isSchoolDay = (asTeacher ? mine : seen)?.isSchoolDay;
  const ready = asTeacher ? mine !== undefined : seen !== undefined;
  const one = seen?.schools.length === 1 ? seen.schools[0] : undefined;
  return (
    <Page
      title="点名"
      extra={
        <>
          {bySheet ? <GoButton to="/rollcall/sheets">按表点名</GoButton> : null}
          {marks && consents && one && isSchoolDay === true ? (
            <SheetButton schoolId={one.schoolId} schoolName={one.schoolName} day={day} />
          ) : null}
        </>
      }
    >
      <DayBar
        day={day}
        onChange={(next) => {
          set({ day: next });
        }}
      />
      {fault === null ? null : (
        <Alert
          type="error"
          showIcon
          title={fault.message}
          action={<Button onClick={() => void (asTeacher ? own : whole).refetch()}>再试一次</Button>}
        />
      )}
      {isSchoolDay === false ? <Alert type="info" showIcon title={`${day} 不是上课日，不需要点名。`} /> : null}
      {!ready && fault === null ? (
        <Block>
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        </Block>
      ) : null}
      {asTeacher && mine ? (
        <Classes
          title={mine.isSchoolDay ? `我的班级，第一节课 ${mine.firstLesson} 开始后点名` : '我的班级'}
          rows={mine.classes}
          day={day}
          owed={mine.isSchoolDay}
          mark={marks}
          substitute={false}
          empty="这一天没有由您点名的班级。代班由德育主任指定。"
        />
      ) : null}
      {!asTeacher && seen ? <Seen seen={seen} day={day} schoolId={schoolId} marks={marks} consents={consents} /> : null}
    </Page>
  );
}

function Seen({
  seen,
  day,
  schoolId,
  marks,
  consents,
}: {
  seen: SchoolDay;
  day: string;
  schoolId: string | undefined;
  marks: boolean;
  consents: boolean;
}) {
  if (seen.schools.length === 0)
    return (
      <Block>
        <Empty words="这一天没有您可以查看的班级。班级随学籍名册而来，代班由德育主任指定。" />
      </Block>
    );
  const one = seen.schools.length === 1 ? seen.schools[0] : undefined;
  if (one === undefined) return <Schools schools={seen.schools} day={day} />;
  const open = seen.classes.filter((row) => row.parts.some((part) => !part.marked));
  const done = seen.classes.filter((row) => !open.includes(row));
  const names = namesOn(day);
  return (
    <>
      <Block
        title={one.schoolName}
        extra={schoolId === undefined ? undefined : <Go to={addressOf('/rollcall', { day })}>各校当天情况</Go>}
      >
        <dl className="att-figures">
          <Figure label="还没有报的班" value={seen.isSchoolDay ? open.length : 0} of={one.classes} to={null} />
          <Figure label="无故缺勤" value={one.unexcused} of={one.onRoll} to={names('unexcused', one.schoolId)} />
          <Figure label="其中还没有联系" value={one.unanswered} to={names('unanswered', one.schoolId)} />
          <Figure label="请假" value={one.onLeave} to={names('leave', one.schoolId)} />
        </dl>
      </Block>
      <Classes
        title={
          seen.isSchoolDay ? `还没有点名（${count(open.length)} 个班）` : `不需要点名（${count(open.length)} 个班）`
        }
        rows={open}
        day={day}
        owed={seen.isSchoolDay}
        mark={marks && seen.isSchoolDay}
        substitute={consents && seen.isSchoolDay}
        empty="各班都已点名。"
      />
      {done.length > 0 ? (
        <Classes
          title={`已点名（${count(done.length)} 个班）`}
          rows={done}
          day={day}
          owed={seen.isSchoolDay}
          mark={marks}
          substitute={consents}
          empty=""
        />
      ) : null}
    </>
  );
}

function Figure({ label, value, of, to }: { label: string; value: number; of?: number; to: string | null }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <GoFigure n={value} to={to} />
        {of === undefined ? null : <small> / {count(of)}</small>}
      </dd>
    </div>
  );
}

function Classes({
  title,
  rows,
  day,
  owed,
  mark,
  substitute,
  empty,
}: {
  title: string;
  rows: readonly ClassDay[];
  day: string;
  owed: boolean;
  mark: boolean;
  substitute: boolean;
  empty: string;
}) {
  return (
    <Block title={title}>
      {rows.length === 0 ? <Empty words={empty} /> : null}
      <ul className="att-classes">
        {rows.map((row) => (
          <ClassLine key={row.classId} row={row} day={day} owed={owed} mark={mark} substitute={substitute} />
        ))}
      </ul>
    </Block>
  );
}

/** The way to the pupils behind a figure of a school on a day. */
function namesOn(day: string) {
  return (figure: AbsenceFigure, schoolId: string) =>
    addressOf('/attendance', { tab: 'standings', from: day, to: day, figure, schoolId });
}

function Schools({ schools, day }: { schools: SchoolDay['schools']; day: string }) {
  const names = namesOn(day);
  const roster = useMay('roster.read');
  const classes = (schoolId: string) => addressOf('/rollcall', { day, schoolId });
  const sorted = [...schools].sort((a, b) => b.gaps - a.gaps || b.unanswered - a.unanswered);
  return (
    <Block title="各校当天点名，没有报齐的在前">
      <div className="plain-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>学校</th>
              <th className="num">班级</th>
              <th className="num">应报</th>
              <th className="num">未报</th>
              <th className="num">在册学生</th>
              <th className="num">无故缺勤</th>
              <th className="num">未联系</th>
              <th className="num">请假</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={row.schoolId}>
                <td>
                  <Go to={addressOf('/rollcall', { day, schoolId: row.schoolId })}>{row.schoolName}</Go>
                </td>
                <td className="num">
                  <GoFigure n={row.classes} to={classes(row.schoolId)} />
                </td>
                <td className="num">
                  <GoFigure n={row.expected} to={classes(row.schoolId)} />
                </td>
                <td className="num">
                  <GoFigure
                    n={row.gaps}
                    to={classes(row.schoolId)}
                    words={row.gaps > 0 ? <strong className="att-bad">{count(row.gaps)}</strong> : '0'}
                  />
                </td>
                <td className="num">
                  <GoFigure n={row.onRoll} to={roster ? addressOf('/roster', { schoolId: row.schoolId }) : null} />
                </td>
                <td className="num">
                  <GoFigure n={row.unexcused} to={names('unexcused', row.schoolId)} />
                </td>
                <td className="num">
                  <GoFigure n={row.unanswered} to={names('unanswered', row.schoolId)} />
                </td>
                <td className="num">
                  <GoFigure n={row.onLeave} to={names('leave', row.schoolId)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Block>
  );
}
