import { Alert } from 'antd';
import { exportRoll, getRollForm, listReports } from '#contract/statistics-reports.ts';
import { courseParts, type CoursePart } from '#domain/statistics/record.ts';
import { partWords } from '#domain/statistics/words.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { useListState } from '#web/parts/list.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { Block, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { addressOf } from '#web/ui/address.ts';
import { count, momentShort } from '#web/ui/words.ts';
import { FigureNames } from './figure-names.tsx';
import { Files } from './files.tsx';
import { FormSheets, type OpenCell } from './form-sheets.tsx';
import { PeriodBar } from './period-bar.tsx';
import { RollSignatureBlock } from './roll-signature.tsx';
import { RollSummaryBlock } from './roll-summary.tsx';
import { SignedBySchool } from './signed-by-school.tsx';
import { periodIn, rateWords, reportAddress, reportLook } from './report-words.ts';
import './statistics.css';

/** 全区汇总: who is missing, each state, the sum of what was signed beside the recount, the district's forms and drafted summary. */
export function DistrictReportsPage() {
  const { state } = useListState();
  const { today } = useMe();
  const mayNames = useMay('children.read');
  const period = periodIn(state['period']);
  const day = state['day'] ?? today;
  const answer = useAnswer(listReports, { period, day, page: 1, size: 200 });
  const form = useAnswer(getRollForm, { period, day });
  const roll =
    answer.data?.period === period && answer.data.from <= day && day <= answer.data.to ? answer.data : undefined;
  const back = <GoButton to={addressOf('/reports', { period, day })}>各校报告</GoButton>;
  if (roll === undefined)
    return (
      <Page title="全区汇总" extra={back}>
        <PeriodBar />
        <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />
      </Page>
    );
  const file = (format: 'xlsx' | 'pdf') => fileUrl(exportRoll, { period, day, format });
  const names = (part: CoursePart) =>
    mayNames ? addressOf('/reports/district', { period, day, part, scopeKind: 'district' }) : null;
  const table = (part: CoursePart) => addressOf('/reports/district', { period, day, signed: part });
  // of a school as it signed, or by the records of now; the sum opens the schools that make it up
  const open: OpenCell = (line, part, recount) => {
    const school = roll.rows.find((one) => one.name === line);
    if (school === undefined) return table(part);
    if (!mayNames) return null;
    const knownAt = recount ? null : school.knownAt;
    return addressOf('/reports/district', {
      period,
      day,
      part,
      scopeKind: 'school',
      scopeKey: school.schoolId,
      knownAt,
    });
  };
  const rows = courseParts
    .filter((part) => roll.sum[part] !== 0 || roll.recount[part] !== 0 || part === 'Drop' || part === 'Gone')
    .map((part) => ({ part, sum: roll.sum[part], now: roll.recount[part] }));
  return (
    <Page
      title="全区汇总"
      extra={
        <span className="rep-acts">
          <Files xlsx={file('xlsx')} pdf={file('pdf')} />
          {back}
        </span>
      }
    >
      <PeriodBar from={roll.from} to={roll.to} words={roll.words} />
      {roll.complete ? (
        <Alert
          type={roll.equalsRecount ? 'success' : 'warning'}
          showIcon
          title={
            roll.equalsRecount
              ? '各校已报齐，合计与按记录重新计数一致。'
              : '各校已报齐，但签报后有迟报、更正，合计与按记录重新计数不一致。'
          }
        />
      ) : null}
      <Block title={`未报和退回 ${String(roll.missing.length)} 所`}>
        {roll.deadline === null ? null : (
          <p className="quiet">
            报送期限 {momentShort(roll.deadline.dueAt)}
            {roll.deadline.overdue ? '，已过' : ''}
          </p>
        )}
        {roll.missing.length === 0 ? (
          <Status kind="ok" words="没有未报的学校。" />
        ) : (
          <ul className="rep-missing">
            {roll.missing.map((one) => (
              <li key={one.schoolId}>
                <Go to={reportAddress(one.schoolId, period, day)}>{one.name}</Go>
              </li>
            ))}
          </ul>
        )}
      </Block>
      <RollSignatureBlock key={`sign ${period} ${roll.from}`} period={period} day={day} />
      <Block title={`各校状态（${String(roll.total)} 所）`}>
        <WideTable
          rows={roll.rows}
          keyOf={(row) => row.schoolId}
          columns={[
            {
              key: 'name',
              title: '学校',
              render: (row) => <Go to={reportAddress(row.schoolId, period, day)}>{row.name}</Go>,
            },
            {
              key: 'state',
              title: '状态',
              render: (row) => <Status kind={reportLook[row.state]} words={row.stateWords} />,
            },
            { key: 'next', title: '下一步' },
            { key: 'signedName', title: '签报人' },
            { key: 'signedAt', title: '签报时间', render: (row) => momentShort(row.signedAt) },
          ]}
        />
      </Block>
      <Block title="合计">
        <WideTable
          rows={rows}
          keyOf={(row) => row.part}
          columns={[
            { key: 'part', title: '项目', render: (row) => <strong>{partWords[row.part]}</strong> },
            {
              key: 'sum',
              title: '已签报合计',
              align: 'right',
              render: (row) => (
                <GoFigure
                  n={row.sum}
                  to={table(row.part)}
                  title={`${partWords[row.part]} ${String(row.sum)} 人，看各校`}
                />
              ),
            },
            {
              key: 'now',
              title: '按记录重新计数',
              align: 'right',
              render: (row) => (
                <GoFigure
                  n={row.now}
                  to={names(row.part)}
                  title={`${partWords[row.part]} ${String(row.now)} 人，看名单`}
                />
              ),
            },
            {
              key: 'gap',
              title: '相差',
              align: 'right',
              render: (row) => (row.now === row.sum ? '—' : <Go to={table(row.part)}>{count(row.now - row.sum)}</Go>),
            },
          ]}
        />
        <dl className="rep-figures">
          {roll.figures.map((one) => (
            <div key={one.figure}>
              <dt>{one.name}（已签报）</dt>
              <dd>{rateWords(one)}</dd>
            </div>
          ))}
        </dl>
      </Block>
      {form.data === undefined ? null : (
        <>
          <RollSummaryBlock key={`${period} ${roll.from}`} form={form.data} period={period} day={day} />
          <FormSheets open={open} sheets={form.data.sheets} note="只计已签报的学校" />
        </>
      )}
      <SignedBySchool roll={roll} period={period} day={day} />
      <FigureNames day={roll.to} title={roll.words} />
    </Page>
  );
}
