import { Alert, Button, Segmented, Skeleton } from 'antd';
import { useParams } from '@tanstack/react-router';
import { getRollCall, myClasses } from '#contract/attendance.ts';
import type { DayPart } from '#domain/attendance/record.ts';
import { dayPartWords } from '#domain/attendance/words.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { addressOf } from '#web/ui/address.ts';
import { ClassMonthButton } from './class-month.tsx';
import { DayBar } from './day-bar.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { RollCallMark } from './roll-call-mark.tsx';
import { RollCallMarked } from './roll-call-marked.tsx';
import type { RollCall } from './rows.ts';
import './attendance.css';

/** 一个班的点名: everybody present but those tapped; once marked, whom to call and what was answered. */
export function RollCallPage() {
  const params: unknown = useParams({ strict: false });
  const classId = typeof params === 'object' && params !== null && 'classId' in params ? String(params.classId) : '';
  const me = useMe();
  const { state, set } = useListState();
  const day = state['day'] ?? me.today;
  const part: DayPart = state['part'] === 'afternoon' ? 'afternoon' : 'morning';
  const answer = useAnswer(getRollCall, { classId, day, part }, { enabled: classId !== '' });
  const own = useAnswer(myClasses, { day });
  const parts = own.data?.classes.find((row) => row.classId === classId)?.parts ?? [];
  const seen = answer.data;
  const shown = seen?.classId === classId && seen.day === day && seen.part === part ? seen : undefined;
  return (
    <Page
      title={shown ? `${shown.className}点名` : '点名'}
      extra={
        <>
          <GoButton to={addressOf('/rollcall', { day: day === me.today ? null : day })}>全部班级</GoButton>
          {shown ? (
            <ClassMonthButton
              fixed={{ classId, schoolId: shown.schoolId, className: shown.className }}
              month={day.slice(0, 7)}
            />
          ) : null}
        </>
      }
    >
      <div className="att-bar">
        <DayBar
          day={day}
          onChange={(next) => {
            set({ day: next });
          }}
        />
        {parts.length > 1 || part === 'afternoon' ? (
          <Segmented
            value={part}
            options={[
              { value: 'morning', label: dayPartWords.morning },
              { value: 'afternoon', label: dayPartWords.afternoon },
            ]}
            onChange={(value) => {
              set({ part: value === 'afternoon' ? value : undefined });
            }}
          />
        ) : null}
      </div>
      {answer.isError && !answer.isFetching ? (
        <Alert
          type="error"
          showIcon
          title={answer.error.message}
          action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
        />
      ) : null}
      {shown === undefined && !(answer.isError && !answer.isFetching) ? (
        <Block>
          <Skeleton active title={false} paragraph={{ rows: 8 }} />
        </Block>
      ) : null}
      {shown ? <Body key={`${classId} ${day} ${part}`} rollCall={shown} /> : null}
    </Page>
  );
}

function Body({ rollCall }: { rollCall: RollCall }) {
  if (!rollCall.isSchoolDay)
    return (
      <Block>
        <Empty words={`${rollCall.day} 不是上课日，不需要点名。`} />
      </Block>
    );
  if (rollCall.pupils.length === 0)
    return (
      <Block>
        <Empty words="这个班当天没有在册学生。学生随学籍名册而来。" />
      </Block>
    );
  if (rollCall.rollCall !== null) return <RollCallMarked rollCall={rollCall} />;
  if (!rollCall.allowed.mark)
    return (
      <Block>
        <Empty words={`还没有点名，学生到校情况未知。${rollCall.allowed.why ?? ''}`} />
      </Block>
    );
  return <RollCallMark rollCall={rollCall} />;
}
