import { Alert } from 'antd';
import { useParams } from '@tanstack/react-router';
import { getFirstDayClass } from '#contract/attendance-first-day.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useListState } from '#web/parts/list.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Block, Facts, Next, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentWords } from '#web/ui/words.ts';
import { FirstDayEntries } from './first-day-entries.tsx';
import type { ClassList } from './first-day-words.ts';
import './attendance.css';
import './first-day.css';

/** 班级开学首日核对: who came is told by the roll call; of everybody else reason and whereabouts. */
export function FirstDayClassPage() {
  const params: unknown = useParams({ strict: false });
  const classId = typeof params === 'object' && params !== null && 'classId' in params ? String(params.classId) : '';
  const { today } = useMe();
  const { state } = useListState();
  const day = state['day'] ?? today;
  const answer = useAnswer(getFirstDayClass, { classId, day }, { enabled: classId !== '' });
  const list = answer.data?.classId === classId ? answer.data : undefined;
  const back = (
    <GoButton to={addressOf('/attendance/first-day', { day: day === today ? null : day })}>全部班级</GoButton>
  );
  if (list === undefined || answer.error !== null)
    return (
      <Page title="开学首日核对" extra={back}>
        <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />
      </Page>
    );
  const open = list.missing.filter(({ entry }) => entry === null).length;
  return (
    <Page
      title={
        <>
          {list.className}开学首日核对{' '}
          <Status kind={list.done ? 'ok' : 'wait'} words={list.done ? '已核对完' : '未核对完'} />
        </>
      }
      extra={back}
    >
      <NextStep list={list} open={open} />
      <Block>
        <Facts
          items={[
            { label: '首日', value: `${list.term} ${list.day}` },
            { label: '到校', value: `${String(list.present)} / ${String(list.onRoll)} 人` },
            { label: '未到已说明', value: `${String(list.missing.length - open)} 人` },
            { label: '待说明', value: `${String(open)} 人` },
            { label: '点名', value: list.markedName ?? '还没有点名' },
            ...(list.doneAt === null
              ? []
              : [{ label: '核对完', value: `${list.doneName ?? ''}，${momentWords(list.doneAt)}` }]),
          ]}
        />
      </Block>
      {list.allowed.enter ? null : <Alert type="info" showIcon title={list.allowed.why ?? '您可以查看，不能登记。'} />}
      <FirstDayEntries key={`${list.classId} ${list.day}`} list={list} />
      {list.elsewhere.length > 0 ? (
        <Block
          title={`休学或在他处就读（${String(list.elsewhere.length)} 人）`}
          extra={<span className="quiet">按学籍记录，不用登记</span>}
        >
          <ul className="att-plain">
            {list.elsewhere.map((pupil) => (
              <li key={pupil.childId}>
                <strong>{pupil.name}</strong>
                <span>{pupil.words}</span>
              </li>
            ))}
          </ul>
        </Block>
      ) : null}
    </Page>
  );
}

function NextStep({ list, open }: { list: ClassList; open: number }) {
  if (!list.begun) return <Alert type="info" showIcon title={`${list.term}首日是 ${list.day}，当天起核对。`} />;
  if (list.done) return null;
  if (!list.marked)
    return (
      <Next
        words="先点名：点到的学生不用再填，只说明没有到校的。"
        button={
          list.allowed.enter ? (
            <GoButton to={addressOf(`/rollcall/${list.classId}`, { day: list.day })} type="primary">
              去点名
            </GoButton>
          ) : null
        }
      />
    );
  return <Next words={`还有 ${String(open)} 名学生没有到校，请写明原因和去向。`} due={null} />;
}
