import { Button, Skeleton } from 'antd';
import { getCockpit } from '#contract/statistics.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Go } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, dayWords, momentWords, percent } from '#web/ui/words.ts';
import { Beside } from './beside.tsx';
import type { Cockpit } from './cockpit.ts';
import { Handling } from './handling.tsx';
import { Schools } from './schools.tsx';
import { Subdistricts } from './subdistricts.tsx';
import { Trend } from './trend.tsx';

/** 驾驶舱: the question, its number, target and trend; then where, then who. Every number opens into its names. */
export function CockpitPage() {
  const answer = useAnswer(getCockpit, {}, { refetchInterval: 60_000 });
  const mayRun = useMay('runs.manage');
  const figures = answer.data;
  return (
    <Page
      title="还有多少孩子没有落实就学？"
      extra={
        figures?.asOf ? (
          <span className="quiet">
            截至 {dayWords(figures.asOf)}
            {figures.knownAt ? `，按 ${momentWords(figures.knownAt)} 已知的情况` : ''}
          </span>
        ) : null
      }
    >
      {answer.isPending ? (
        <section className="block">
          <Skeleton active paragraph={{ rows: 10 }} />
        </section>
      ) : null}
      {answer.isError && !figures ? (
        <Empty words={answer.error.message} action={<Button onClick={() => void answer.refetch()}>再试一次</Button>} />
      ) : null}
      {figures && figures.asOf === null ? (
        <section className="block">
          <Empty
            words="还没有做过数据比对，所以没有数字。导入适龄儿童少年信息档案、学籍花名册和到校情况，进行一次比对后，这里显示入学率、缺口和分布。"
            action={mayRun ? <Go to="/compare/imports">导入名单</Go> : undefined}
          />
        </section>
      ) : null}
      {figures && figures.asOf !== null ? <Figures figures={figures} /> : null}
    </Page>
  );
}

/** The target as a share of 1, whether it is kept as 100 or as 1. */
function share(target: number): number {
  return target > 1 ? target / 100 : target;
}

function Figures({ figures }: { figures: Cockpit }) {
  return (
    <>
      <div className="figure-top">
        <Answer figures={figures} />
        <Trend figures={figures} target={share(figures.target)} />
      </div>
      <Beside figures={figures} />
      <Subdistricts figures={figures} />
      <Schools figures={figures} />
      <Handling figures={figures} />
    </>
  );
}

function Answer({ figures }: { figures: Cockpit }) {
  const { enrolled, denominator, notAccounted, statedElsewhere, owing } = figures;
  const target = share(figures.target);
  const met = denominator > 0 && enrolled / denominator >= target;
  const missing = Math.max(0, Math.ceil(target * denominator - 1e-9) - enrolled);
  const may = useMe().permissions;
  const name = (to: string, words: string) =>
    may.includes('findings.read') || to.startsWith('/children') ? <Go to={to}>{words}</Go> : words;
  return (
    <section className="block" aria-label="入学率">
      <p className="figure-number">
        {name('/compare?kind=notEnrolled', count(notAccounted))}
        <span className="figure-unit">人未落实</span>
      </p>
      <dl className="figure-lines">
        <div>
          <dt>入学率</dt>
          <dd>
            <span className="figure-rate" title={`${count(enrolled)} ÷ ${count(denominator)}`}>
              {percent(enrolled, denominator)}
            </span>{' '}
            {met ? (
              <Status kind="ok" words="已达目标" />
            ) : (
              <Status kind="bad" words={`距目标差 ${count(missing)} 人`} />
            )}
          </dd>
        </div>
        <div>
          <dt>目标</dt>
          <dd>{percent(target * 1000, 1000)}</dd>
        </div>
        <div>
          <dt>已就学 ÷ 应就学</dt>
          <dd>
            <Go to="/children?standing=enrolled">{count(enrolled)}</Go> ÷ {count(denominator)}
          </dd>
        </div>
        <div>
          <dt>含待核实（自述在外就读 {name('/children?standing=statedElsewhere', count(statedElsewhere))} 人）</dt>
          <dd title={`${count(enrolled + statedElsewhere)} ÷ ${count(denominator)}`}>
            {percent(enrolled + statedElsewhere, denominator)}
          </dd>
        </div>
        <div>
          <dt>适龄儿童少年</dt>
          <dd>
            {count(owing)} 人{owing === denominator ? '' : `，另列 ${count(owing - denominator)} 人`}
          </dd>
        </div>
      </dl>
      <p className="quiet">
        {figures.formula}
        {figures.signedName === null ? '。这次比对尚未签认。' : `。由 ${figures.signedName} 签认。`}
      </p>
    </section>
  );
}
