import { Button } from 'antd';
import { DesktopOutlined } from '@ant-design/icons';
import { getWork } from '#contract/statistics-cockpit.ts';
import { getFigures } from '#contract/statistics-figures.ts';
import { getCockpit } from '#contract/statistics.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { useListState } from '#web/parts/list-state.ts';
import { Go, useGo } from '#web/ui/go.tsx';
import { Block, Empty, Page } from '#web/ui/page.tsx';
import { dayWords, momentWords } from '#web/ui/words.ts';
import {
  askedFrom,
  chosenIn,
  inputOf,
  isPast,
  rateInput,
  scopeOf,
  screenAt,
  workInput,
  workKindOf,
  type Asked,
} from './asked.ts';
import { Beside } from './beside.tsx';
import { BriefButton } from './brief-button.tsx';
import type { Cockpit } from './cockpit.ts';
import { EnrolmentOutlook } from './enrolment-outlook.tsx';
import { Enrolment } from './enrolment.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Handling } from './handling.tsx';
import { Headline, Identity } from './headline.tsx';
import { Heat } from './heat.tsx';
import { Outlook } from './outlook.tsx';
import { Cohorts } from './cohorts.tsx';
import { Progression } from './progression.tsx';
import { Classes, Schools } from './schools.tsx';
import { Trend } from './trend.tsx';
import { Funnel, Reasons, Timeliness } from './work.tsx';
import './cockpit.css';

const minute = 60_000;

/** 驾驶舱: the question, its number, target and trend; then where, then who. Every number opens into its names or its table. */
export function CockpitPage() {
  const me = useMe();
  const go = useGo();
  const { state } = useListState();
  const asked = askedFrom(state, me);
  const scope = scopeOf(asked);
  const kind = workKindOf(scope);
  const figures = useAnswer(getFigures, { ...inputOf(asked), ...chosenIn(asked) }, { refetchInterval: minute });
  const rates = useAnswer(getCockpit, rateInput(asked), { refetchInterval: minute });
  const work = useAnswer(getWork, workInput(asked, kind ?? 'district'), {
    enabled: kind !== null,
    refetchInterval: minute,
  });
  const told = figures.data;
  // the year's end is forecast for everybody who owes, of the district or of one's own street
  const plain =
    asked.level === null &&
    asked.group === null &&
    asked.base === 'all' &&
    (!asked.whole || (asked.schoolId === null && asked.street === null));
  const placed = plain && me.posts.some((post) => post.unitKind === 'district' || post.unitKind === 'subdistrict');
  return (
    <Page
      title={told ? `${told.scopeName}：还有多少孩子不在校？` : '还有多少孩子不在校？'}
      extra={
        <>
          {told ? (
            <span className="quiet">
              {told.words}，截至 {dayWords(told.to)}
              {told.knownAt === null ? '' : `，按 ${momentWords(told.knownAt)} 已知的情况`}
            </span>
          ) : null}
          {kind === null ? null : (
            <BriefButton input={{ ...workInput(asked, kind), ...chosenIn(asked), base: asked.base }} />
          )}
          {asked.whole ? (
            <Button
              icon={<DesktopOutlined />}
              onClick={() => {
                go(screenAt(asked));
              }}
            >
              大屏
            </Button>
          ) : null}
        </>
      }
    >
      <FilterBar asked={asked} moment={work.data?.madeAt ?? null} />
      <div className="figure-top">
        {told === undefined ? (
          <Awaited error={figures.error} retry={() => void figures.refetch()} />
        ) : (
          <Headline figures={told} asked={asked} />
        )}
        <Trend asked={asked} />
      </div>
      {asked.classId === null ? <Rates answer={rates} asked={asked} /> : null}
      {kind === null ? null : work.data === undefined ? (
        <Awaited error={work.error} retry={() => void work.refetch()} />
      ) : (
        <div className="cockpit-three">
          <Funnel work={work.data} asked={asked} />
          <Reasons work={work.data} asked={asked} />
          <Timeliness work={work.data} asked={asked} />
        </div>
      )}
      <Where asked={asked} figures={rates.data} />
      {asked.group === null && asked.street === null && asked.classId === null ? (
        <>
          <div className="cockpit-two">
            <Outlook asked={asked} />
            {placed ? <EnrolmentOutlook asked={asked} /> : <Progression asked={asked} />}
          </div>
          {placed ? <Progression asked={asked} /> : null}
          <Cohorts asked={asked} />
        </>
      ) : null}
      {told === undefined ? null : <Identity figures={told} asked={asked} />}
    </Page>
  );
}

/** Where: streets and schools for the bureau, the schools of its children for a street, the classes for a school. */
function Where({ asked, figures }: { asked: Asked; figures: Cockpit | undefined }) {
  if (asked.schoolId !== null) return <Classes asked={asked} schoolId={asked.schoolId} level={asked.level} />;
  if (asked.classId !== null) return null;
  return (
    <>
      {asked.whole && asked.street === null ? <Heat asked={asked} figures={figures} /> : null}
      <Schools asked={asked} />
    </>
  );
}

/** The enrolment rate from the comparison with what may still change it, or how to come to one. */
function Rates({ answer, asked }: { answer: ReturnType<typeof useAnswer<typeof getCockpit>>; asked: Asked }) {
  const mayRun = useMay('runs.manage');
  const figures = answer.data;
  if (figures === undefined) return <Awaited error={answer.error} retry={() => void answer.refetch()} />;
  if (figures.asOf === null && isPast(asked))
    return (
      <Block title="入学率">
        <p className="quiet">到这一天、这一时刻还没有数据比对，没有可用的入学率。</p>
      </Block>
    );
  if (figures.asOf === null)
    return (
      <Block title="入学率">
        <Empty
          words="还没有做过数据比对，所以没有数字。导入适龄儿童少年信息档案、学籍花名册和到校情况，进行一次比对后，这里显示入学率、缺口和分布。"
          action={mayRun ? <Go to="/compare/imports">导入名单</Go> : undefined}
        />
      </Block>
    );
  // findings are told of the whole unit, not of a level, a group or a base
  const unit = asked.level === null && asked.group === null && asked.base === 'all';
  return (
    <>
      <div className="cockpit-two">
        <Enrolment figures={figures} asked={asked} />
        {unit ? <Handling figures={figures} asked={asked} /> : null}
      </div>
      {unit ? <Beside figures={figures} asked={asked} /> : null}
    </>
  );
}
