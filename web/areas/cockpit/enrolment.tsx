import type { ReactNode } from 'react';
import { baseNotes, baseWords } from '#domain/comparison/cells.ts';
import { useMe } from '#web/api/me.ts';
import { addressOf } from '#web/ui/address.ts';
import { GoFigure } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, percent } from '#web/ui/words.ts';
import { isPast, type Asked } from './asked.ts';
import type { Cockpit } from './cockpit.ts';
import { notKept } from './kept-number.tsx';

/** The target as a share of 1, whether it is kept as 100 or as 1. */
function share(target: number): number {
  return target > 1 ? target / 100 : target;
}

/**
 * The lists behind the numbers of a unit to which they can be narrowed; null where none says the same. Of now by the lists of now; of a past
 * day and of a chosen base by the records as they were known when the comparison was made.
 */
function listsOf(asked: Asked, figures: Cockpit, may: readonly string[]) {
  const { asOf, madeAt, base } = figures;
  const now = !isPast(asked) && base === 'all';
  const findings = (kind: string) =>
    now && asked.level === null && asked.group === null && may.includes('findings.read')
      ? addressOf('/compare', { kind, subdistrict: asked.street, schoolId: asked.schoolId })
      : null;
  const children = (standing: string, n: number, ofSchool: boolean) => {
    if (asked.level !== null || !may.includes('children.read') || (asked.schoolId !== null && !ofSchool)) return null;
    if (!now && (asOf === null || madeAt === null)) return null;
    // A school counts each of its pupils, one who may be a child of the register too.
    const of = asked.schoolId === null ? standing : 'enrolled';
    const then = now ? {} : { base: base === 'all' ? null : base, day: asOf, knownAt: madeAt, told: String(n) };
    return addressOf('/children', { standing: of, subdistrict: asked.street, schoolId: asked.schoolId, tag: asked.group, ...then }); // prettier-ignore
  };
  return { findings, children };
}

function Line({ name, title, children }: { name: ReactNode; title?: string | undefined; children: ReactNode }) {
  return (
    <div>
      <dt title={title}>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Which base the rate stands on, and who is in none of it. */
function BaseWords({ figures }: { figures: Cockpit }) {
  const { base, outsideBase } = figures;
  return (
    <p>
      入学率口径：<strong>{baseWords[base]}</strong>（{baseNotes[base]}）
      {outsideBase === null || outsideBase === 0 ? '' : `；另有 ${count(outsideBase)} 人没有登记人户状态，不在此口径内`}
    </p>
  );
}

/** The enrolment rate of the comparison against its target, with its variants, on the base that was chosen; or why it cannot be told so. */
export function Enrolment({ figures, asked }: { figures: Cockpit; asked: Asked }) {
  const { enrolled, denominator, notAccounted, statedElsewhere, owing } = figures;
  const lists = listsOf(asked, figures, useMe().permissions);
  const ofRoster = figures.base === 'roster';
  if (enrolled === null || denominator === null || notAccounted === null || statedElsewhere === null || owing === null)
    return (
      <Block title="入学率">
        <BaseWords figures={figures} />
        <p className="quiet">{figures.untold ?? notKept}</p>
      </Block>
    );
  const target = share(figures.target);
  const met = denominator > 0 && enrolled / denominator >= target;
  const missing = Math.max(0, Math.ceil(target * denominator - 1e-9) - enrolled);
  const [rate] = figures.rates;
  const resting = figures.rates.find((one) => one.variant === 'withoutSuspended');
  return (
    <section className="block" aria-label="入学率">
      <h2 className="cockpit-question">还有多少孩子没有落实就学？</h2>
      <BaseWords figures={figures} />
      <p className="figure-number">
        <GoFigure
          n={notAccounted}
          to={lists.findings('notEnrolled') ?? lists.children('missing', notAccounted, false)}
        />
        <span className="figure-unit">人未落实</span>
      </p>
      <dl className="figure-lines">
        <Line name="入学率" title={rate?.words}>
          <span className="figure-rate" title={`${count(enrolled)} ÷ ${count(denominator)}`}>
            {percent(enrolled, denominator)}
          </span>{' '}
          {met ? <Status kind="ok" words="已达目标" /> : <Status kind="bad" words={`距目标差 ${count(missing)} 人`} />}
        </Line>
        <Line name="目标">{percent(target * 1000, 1000)}</Line>
        <Line name="已就学 ÷ 应就学">
          <GoFigure
            n={enrolled}
            to={lists.children('placed', enrolled, true)}
            title={`已就学 ${count(enrolled)} 人，看名单`}
            words={count(enrolled)}
          />{' '}
          ÷{' '}
          <GoFigure
            n={denominator}
            to={lists.children('owing', denominator, ofRoster)}
            title={`应就学 ${count(denominator)} 人，看名单`}
            words={count(denominator)}
          />
        </Line>
        <Line
          name={
            <>
              含待核实（自述在外就读{' '}
              <GoFigure n={statedElsewhere} to={lists.children('statedElsewhere', statedElsewhere, false)} /> 人）
            </>
          }
        >
          <span title={`${count(enrolled + statedElsewhere)} ÷ ${count(denominator)}`}>
            {percent(enrolled + statedElsewhere, denominator)}
          </span>
        </Line>
        <Line name={resting?.name ?? '入学率（休学不计入就读）'} title={resting?.words}>
          {resting === undefined ? (
            notKept
          ) : (
            <span title={`${count(resting.numerator)} ÷ ${count(resting.denominator)}`}>
              {percent(resting.numerator, resting.denominator)}
            </span>
          )}
        </Line>
        <Line name="适龄儿童少年">
          <GoFigure
            n={owing}
            to={lists.children('schoolAge', owing, ofRoster)}
            title={`适龄 ${count(owing)} 人，看名单`}
            words={`${count(owing)} 人`}
          />
          {owing === denominator ? '' : `，其中 ${count(owing - denominator)} 人缓学、免学或已迁出，另列`}
        </Line>
      </dl>
      <p className="quiet">
        {figures.formula}
        {figures.signedName === null ? '。这次比对尚未签认。' : `。由 ${figures.signedName} 签认。`}
      </p>
    </section>
  );
}
