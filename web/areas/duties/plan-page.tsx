import { Pagination, Segmented, Select } from 'antd';
import { exportClauseStates, getClauseStates } from '#contract/duties-clauses.ts';
import type { InputOf } from '#contract/endpoint.ts';
import { schoolYearOf, schoolYearWords } from '#domain/basics/school-year.ts';
import { clauseStateMeanings, clauseStates, clauseStateWords } from '#domain/duties/clause-states.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { DownloadButton } from '#web/parts/download-button.tsx';
import { FilterChoice, FilterText } from '#web/parts/filters.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { ListFilters } from '#web/parts/list-filters.tsx';
import { useListState } from '#web/parts/list.tsx';
import { PickSubdistrict } from '#web/parts/pick.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Block, Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status } from '#web/ui/status.tsx';
import { count, momentWords } from '#web/ui/words.ts';
import { PlanMatrix } from './plan-matrix.tsx';
import { PlanOfSchool } from './plan-school.tsx';
import { asksOf, clauseChoices, clauseLook, levelChoices, stateChoices, type Plan } from './plan-words.ts';
import './duties.css';
import './plan.css';

/** How many school years back the page offers. */
const yearsBack = 4;

/** Which school year and term the page is about, kept in the address. */
function SpanChoice({ plan }: { plan: Plan | undefined }) {
  const { state, set } = useListState();
  const { today } = useMe();
  const thisYear = plan?.thisYear ?? schoolYearOf(today);
  const year = Number(state['year'] ?? plan?.span.year ?? thisYear);
  const years = Array.from({ length: yearsBack }, (_unused, index) => thisYear - index);
  return (
    <div className="plan-span">
      <Select<number>
        aria-label="学年"
        className="plan-year"
        value={year}
        options={(years.includes(year) ? years : [...years, year]).map((value) => ({
          value,
          label: schoolYearWords(value),
        }))}
        onChange={(next) => {
          // Another year opens with its last term that has begun.
          set({ year: next === thisYear ? undefined : next, term: undefined, cell: undefined });
        }}
      />
      {plan === undefined ? null : (
        <Segmented
          aria-label="学期"
          value={plan.span.key}
          options={plan.spans.map((span) => ({
            value: span.key,
            label: span.words.slice(schoolYearWords(span.year).length),
          }))}
          onChange={(next) => {
            set({ term: next, cell: undefined });
          }}
        />
      )}
      {plan === undefined ? null : (
        <span className="quiet">
          {plan.span.from} 至 {plan.span.to}，截至 {momentWords(plan.at)}
        </span>
      )}
    </div>
  );
}

/** The filters of the matrix, in the address. */
function Filters() {
  const { state, set } = useListState();
  return (
    <ListFilters state={{ ...state, page: '' }}>
      <FilterText placeholder="学校名称或标识码" />
      <FilterChoice name="level" placeholder="学段" options={levelChoices} width={110} />
      <PickSubdistrict
        value={state['street']}
        width={150}
        onChange={(code) => {
          set({ street: code });
        }}
      />
      <FilterChoice name="clause" placeholder="条款" options={clauseChoices} width={210} />
      <FilterChoice name="state" placeholder="状态" options={stateChoices} width={170} />
    </ListFilters>
  );
}

/** What the words mean and how the numbers are counted. */
function Legend() {
  return (
    <Block title="状态的含义">
      <dl className="plan-legend">
        {clauseStates.map((state) => (
          <div key={state}>
            <dt>
              <Status kind={clauseLook[state]} words={clauseStateWords[state]} />
            </dt>
            <dd>{clauseStateMeanings[state]}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">
        应办是按时办结、超期办结和逾期未办之和，已免的不计；只有设了期限的事项才算逾期。学期连同其后的假期，按期限所在的日子归入。
        学校一行只计学校和班级负责的事项，教育局、街道和社区负责的另列一行。
      </p>
    </Block>
  );
}

/** 方案落实: how each clause of the plan stands at each school, with lateness and the evidence behind it; a school sees its own. */
export function PlanPage() {
  const { state, set } = useListState();
  const phone = usePhone();
  const mayExport = useMay('export.lists');
  const page = Number(state['page'] ?? '1') || 1;
  const size = Number(state['size'] ?? '50') || 50;
  // as: the address holds words that the endpoint checks
  const asked = asksOf(state) as Omit<InputOf<typeof getClauseStates>, 'page' | 'size'>;
  const answer = useAnswer(getClauseStates, { ...asked, page, size });
  const plan = answer.data;
  const one = plan?.single === true || state['schoolId'] !== undefined;
  const file = (format: 'xlsx' | 'pdf') => fileUrl(exportClauseStates, { ...asked, format });
  return (
    <Page
      title="方案落实"
      count={plan === undefined || one ? undefined : plan.total}
      extra={
        <>
          {mayExport ? (
            <>
              <DownloadButton url={file('xlsx')} words="下载表格" />
              <DownloadButton url={file('pdf')} words="下载 PDF" />
            </>
          ) : null}
          {state['schoolId'] !== undefined && plan?.single === false ? (
            <GoButton to={addressOf('/plan', { year: state['year'], term: state['term'] })}>回到各校</GoButton>
          ) : null}
          <GoButton to="/clauses">条款和时限规则</GoButton>
        </>
      }
    >
      <SpanChoice plan={plan} />
      {one ? null : (
        <div className="list-bar">
          <Filters />
          <div className="list-tools">
            <span className="list-total" role="status">
              {plan === undefined ? '正在读取' : `共 ${count(plan.total)} 所学校`}
            </span>
          </div>
        </div>
      )}
      {plan === undefined || answer.isError ? (
        <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />
      ) : (
        <div
          aria-busy={answer.isPlaceholderData}
          className={answer.isPlaceholderData ? 'plan-body plan-stale' : 'plan-body'}
        >
          {one ? (
            <PlanOfSchool plan={plan} row={plan.rows[0]} clause={state['clause']} />
          ) : (
            <PlanMatrix plan={plan} clause={state['clause']} />
          )}
          {!one && (plan.total > size || page > 1) ? (
            <Pagination
              className="list-pages"
              current={page}
              pageSize={size}
              total={plan.total}
              showSizeChanger={!phone}
              simple={phone}
              pageSizeOptions={[20, 50, 100, 200]}
              onChange={(next, many) => {
                set({ page: many === size ? next : 1, size: many === 50 ? undefined : many, cell: undefined });
              }}
            />
          ) : null}
          <Legend />
        </div>
      )}
    </Page>
  );
}
