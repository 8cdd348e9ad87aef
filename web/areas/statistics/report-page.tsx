import { Alert } from 'antd';
import { WarningOutlined } from '@ant-design/icons';
import { exportReport, getReport, getReportForm } from '#contract/statistics-reports.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useListState } from '#web/parts/list.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { addressOf } from '#web/ui/address.ts';
import { FigureNames } from './figure-names.tsx';
import { Files } from './files.tsx';
import { FormSheets, type OpenCell } from './form-sheets.tsx';
import { lineAt, LineNames } from './line-names.tsx';
import { PeriodBar } from './period-bar.tsx';
import { ReportActs } from './report-acts.tsx';
import { ReportChanges, ReportVersions } from './report-changes.tsx';
import { ReportHistory } from './report-history.tsx';
import { Explanations, namesAt, ReportClasses, ReportFigures, ReportTally } from './report-tally.tsx';
import { gapWords, periodIn, reportLook, type Report } from './report-words.ts';
import './statistics.css';

/** One school's report of one period: what is next on top, gaps, the tally that opens into names, forms, summary, versions and history. */
export function ReportPage() {
  const schoolId = useRecordId();
  const { state } = useListState();
  const { today } = useMe();
  const period = periodIn(state['period']);
  const day = state['day'] ?? today;
  const answer = useAnswer(getReport, { schoolId, period, day }, { enabled: schoolId !== '' });
  const { data } = answer;
  const record =
    data?.schoolId === schoolId && data.period === period && data.from <= day && day <= data.to ? data : undefined;
  const back = <GoButton to={addressOf('/reports', { period, day })}>回到列表</GoButton>;
  if (record === undefined)
    return (
      <Page title="统计报告" extra={back}>
        <PeriodBar />
        <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />
      </Page>
    );
  const file = (format: 'xlsx' | 'pdf') => fileUrl(exportReport, { schoolId, period, day, format });
  return (
    <Page
      title={
        <>
          {record.schoolName} <Status kind={reportLook[record.state]} words={record.stateWords} />
        </>
      }
      extra={
        <span className="rep-acts">
          <Files xlsx={file('xlsx')} pdf={file('pdf')} />
          {back}
        </span>
      }
    >
      <PeriodBar from={record.from} to={record.to} words={record.words} />
      <ReportActs key={`${record.schoolId} ${record.from}`} record={record} />
      <ReportChanges record={record} />
      <Gaps record={record} />
      <ReportTally record={record} />
      <ReportFigures record={record} />
      <Explanations record={record} />
      <Summary record={record} />
      <Forms record={record} day={day} />
      <ReportClasses record={record} />
      <ReportVersions record={record} />
      <ReportHistory record={record} />
      <FigureNames day={record.to} title={record.words} />
      <LineNames day={record.to} title={record.words} schoolId={record.schoolId} />
    </Page>
  );
}

/** What is missing now; of a signed report also what was missing then. */
function Gaps({ record }: { record: Report }) {
  const signed = record.frozen !== null && record.state !== 'returned';
  const gaps = signed ? (record.frozen?.gaps ?? []) : record.gaps;
  return (
    <Block title={signed ? '签报时的缺口' : '缺口'}>
      {gaps.length === 0 ? (
        <Status kind="ok" words={signed ? '签报时没有缺口。' : '各班每个上课日都已点名，没有超期事项。'} />
      ) : (
        <ul className="rep-gaps">
          {gaps.map((gap, index) => {
            const { words, to } = gapWords(gap, record.schoolId);
            return (
              <li key={index}>
                <WarningOutlined aria-hidden className="rep-warn" /> {words} <Go to={to}>去补办</Go>
              </li>
            );
          })}
        </ul>
      )}
      {signed && record.frozen?.reason != null ? <p className="rep-text">说明：{record.frozen.reason}</p> : null}
    </Block>
  );
}

function Summary({ record }: { record: Report }) {
  const signed = record.frozen?.summary ?? null;
  return (
    <Block title="文字小结">
      {signed === null ? (
        <p className="quiet">以下由系统按数据起草，签报时可以修改，签报后随报告固定。</p>
      ) : (
        <p className="quiet">校长签报时的文字，随第 {record.frozen?.version} 版固定。</p>
      )}
      <p className="rep-text">{signed ?? record.draft}</p>
    </Block>
  );
}

const grades = [1, 2, 3, 4, 5, 6, 7, 8, 9];

function Forms({ record, day }: { record: Report; day: string }) {
  const { schoolId, period } = record;
  const may = useMay('children.read');
  const { today } = useMe();
  const answer = useAnswer(getReportForm, { schoolId, period, day });
  if (answer.error !== null) return <Alert type="error" showIcon title={answer.error.message} />;
  if (answer.data === undefined) return null;
  const knownAt = record.frozen?.knownAt ?? null;
  const open: OpenCell = (line, opening) => {
    const grade = grades.find((one) => wordsOfGrade(one) === line);
    if ('of' in opening) {
      if (opening.of !== 'classes' && !may) return null;
      return lineAt(`/reports/${schoolId}`, record, opening.of, { schoolId, knownAt, today, grade });
    }
    if (!may) return null;
    const { part } = opening;
    const scope = grade === undefined ? { kind: 'school' as const, key: schoolId } : { kind: 'schoolGrade' as const, key: `${schoolId}:${String(grade)}` }; // prettier-ignore
    return namesAt(record, part, scope, knownAt);
  };
  return (
    <FormSheets
      open={open}
      sheets={answer.data.sheets}
      note={answer.data.version === 0 ? '未签报，按现有记录生成' : `第 ${String(answer.data.version)} 版签报时的内容`}
    />
  );
}
