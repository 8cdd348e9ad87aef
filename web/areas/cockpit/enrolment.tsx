import { useMe } from '#web/api/me.ts';
import { Go } from '#web/ui/go.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, percent } from '#web/ui/words.ts';
import type { Cockpit } from './cockpit.ts';

/** The target as a share of 1, whether it is kept as 100 or as 1. */
function share(target: number): number {
  return target > 1 ? target / 100 : target;
}

/** The enrolment rate of the comparison against its target, with its variants. */
export function Enrolment({ figures }: { figures: Cockpit }) {
  const { enrolled, denominator, notAccounted, statedElsewhere, owing } = figures;
  const target = share(figures.target);
  const met = denominator > 0 && enrolled / denominator >= target;
  const missing = Math.max(0, Math.ceil(target * denominator - 1e-9) - enrolled);
  const may = useMe().permissions;
  const name = (to: string, words: string) =>
    may.includes('findings.read') || to.startsWith('/children') ? <Go to={to}>{words}</Go> : words;
  const [rate, ...variants] = figures.rates;
  return (
    <section className="block" aria-label="入学率">
      <h2 className="cockpit-question">还有多少孩子没有落实就学？</h2>
      <p className="figure-number">
        {name('/compare?kind=notEnrolled', count(notAccounted))}
        <span className="figure-unit">人未落实</span>
      </p>
      <dl className="figure-lines">
        <div>
          <dt title={rate?.words}>入学率</dt>
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
        {variants
          .filter((one) => one.variant === 'withoutSuspended')
          .map((one) => (
            <div key={one.variant}>
              <dt title={one.words}>{one.name}</dt>
              <dd title={`${count(one.numerator)} ÷ ${count(one.denominator)}`}>
                {percent(one.numerator, one.denominator)}
              </dd>
            </div>
          ))}
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
