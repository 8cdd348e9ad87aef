import { Alert, Button, Drawer, Pagination, Skeleton } from 'antd';
import { useState } from 'react';
import { listReportCalls, listReportNames } from '#contract/statistics-names.ts';
import { formOpens, formOpenWords, type FormOpen } from '#domain/statistics/form-layout.ts';
import type { PeriodKind } from '#domain/statistics/record.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { useAnswer } from '#web/api/use.ts';
import { useListState } from '#web/parts/list.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Go } from '#web/ui/go.tsx';
import { chinaClock } from '#web/ui/moment.ts';
import { Empty } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { count } from '#web/ui/words.ts';
import { periodIn } from './report-words.ts';

const size = 50;

/** The address that opens what is behind a number of a line of a school's form: the ledger of its last day, or a drawer of the page. */
export function lineAt(
  page: string,
  period: { period: PeriodKind; from: string; to: string },
  of: FormOpen,
  line: { schoolId: string; knownAt: string | null; today: string; grade?: number | undefined },
): string {
  const { schoolId, knownAt, today, grade } = line;
  if (of === 'schoolAge') {
    const last = knownAt === null ? today : chinaClock(knownAt).slice(0, 10);
    const day = last < period.to ? last : period.to;
    return addressOf('/cases/ledgers', { ledger: 'schoolAge', day, schoolId, knownAt });
  }
  return addressOf(page, {
    period: period.period,
    day: period.from,
    of,
    lineSchool: schoolId,
    grade: grade === undefined ? null : String(grade),
    knownAt,
  });
}

/** What is behind a number of a form: opens where the address names it (`of`), for a school and grade, and for what was signed the moment. */
export function LineNames({ day, title, schoolId }: { day: string; title: string; schoolId?: string }) {
  const { state, set } = useListState();
  const phone = usePhone();
  const of = formOpens.find((one) => one === state['of']);
  const school = state['lineSchool'] ?? schoolId;
  if (of === undefined || of === 'schoolAge' || school === undefined) return null;
  const grade = state['grade'] === undefined ? null : Number(state['grade']);
  const ask = {
    schoolId: school,
    period: periodIn(state['period']),
    day,
    ...(state['knownAt'] === undefined ? {} : { knownAt: state['knownAt'] }),
    ...(grade === null ? {} : { grade }),
  };
  const whose = grade === null ? '' : `${wordsOfGrade(grade)}，`;
  const key = `${of} ${JSON.stringify(ask)}`;
  return (
    <Drawer
      open
      onClose={() => {
        set({ of: undefined, lineSchool: undefined, grade: undefined, knownAt: undefined });
      }}
      size={phone ? '100%' : 760}
      title={`${title}：${whose}${formOpenWords[of]}`}
    >
      {of === 'classes' ? <Calls key={key} ask={ask} /> : <Names key={key} of={of} ask={ask} />}
    </Drawer>
  );
}

interface Ask {
  schoolId: string;
  period: PeriodKind;
  day: string;
  knownAt?: string;
  grade?: number;
}

function Failed({ words, retry }: { words: string; retry: () => void }) {
  return <Alert type="error" showIcon title={words} action={<Button onClick={retry}>再试一次</Button>} />;
}

function Names({ of, ask }: { of: Exclude<FormOpen, 'schoolAge' | 'classes'>; ask: Ask }) {
  const [page, setPage] = useState(1);
  const answer = useAnswer(listReportNames, { ...ask, of, page, size });
  if (answer.error !== null) return <Failed words={answer.error.message} retry={() => void answer.refetch()} />;
  const { data } = answer;
  if (data === undefined) return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
  const days = of === 'leave' || of === 'unexcused' || of === 'unsettled';
  const unit = days ? '人日' : of === 'persuasions' ? '人次' : '人';
  return (
    <>
      <p className="quiet">
        共 {count(data.sum)} {unit}
        {ask.knownAt === undefined ? '' : '（按签报时所知）'}
        {data.hidden === 0 ? '' : `；其中 ${String(data.hidden)} 条的学生现在不在您的查看范围内`}
      </p>
      {data.total === 0 ? (
        <Empty words="没有可以查看的名单。" />
      ) : (
        <WideTable
          rows={data.rows}
          keyOf={(row) => `${row.childId} ${row.day} ${row.words}`}
          columns={[
            { key: 'name', title: '姓名', render: (row) => <Go to={`/children/${row.childId}`}>{row.name}</Go> },
            { key: 'sex', title: '性别' },
            { key: 'birthDate', title: '出生日期' },
            { key: 'className', title: '当时班级', render: (row) => row.className ?? '—' },
            ...(days ? [{ key: 'days' as const, title: '人日', align: 'right' as const }] : []),
            { key: 'day', title: '日期' },
            { key: 'words', title: '说明', render: (row) => (row.words === '' ? '—' : row.words) },
          ]}
        />
      )}
      {data.total > size ? (
        <Pagination
          className="list-pages"
          simple
          current={page}
          pageSize={size}
          total={data.total}
          showSizeChanger={false}
          onChange={setPage}
        />
      ) : null}
    </>
  );
}

/** The calls of each class, with the days on which it was not called. */
function Calls({ ask }: { ask: Ask }) {
  const answer = useAnswer(listReportCalls, ask);
  if (answer.error !== null) return <Failed words={answer.error.message} retry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Skeleton active title={false} paragraph={{ rows: 8 }} />;
  if (answer.data.length === 0) return <Empty words="这一期没有点名，也没有应点名的班级。" />;
  const number = (title: string, key: 'due' | 'present' | 'leave' | 'unexcused' | 'unknown') => ({
    key,
    title,
    align: 'right' as const,
    render: (row: { due: number; present: number; leave: number; unexcused: number; unknown: number }) => count(Math.round(row[key] * 10) / 10), // prettier-ignore
  });
  return (
    <>
      <p className="quiet">单位：人日，半天计 0.5。应到＝实到＋请假＋旷课＋未知；没有点名的半天为未知。</p>
      <WideTable
        rows={answer.data}
        keyOf={(row) => row.classId}
        columns={[
          { key: 'name', title: '班级', render: (row) => <strong>{row.name}</strong> },
          number('应到', 'due'),
          number('实到', 'present'),
          number('请假', 'leave'),
          number('旷课', 'unexcused'),
          number('未知', 'unknown'),
          {
            key: 'gapDays',
            title: '没有点名的日子',
            render: (row) => <GapDays classId={row.classId} days={row.gapDays} />,
          },
        ]}
      />
    </>
  );
}

const firstDays = 5;

function GapDays({ classId, days }: { classId: string; days: readonly string[] }) {
  if (days.length === 0) return <>—</>;
  return (
    <span className="rep-gap-days">
      {days.slice(0, firstDays).map((day) => (
        <Go key={day} to={`/rollcall/${classId}?day=${day}`}>
          {day.slice(5)}
        </Go>
      ))}
      {days.length > firstDays ? `等 ${String(days.length)} 天` : null}
    </span>
  );
}
