import type { OutputOf } from '#contract/endpoint.ts';
import type { getWork } from '#contract/statistics-cockpit.ts';
import { reasonGroups } from '#domain/dropout/record.ts';
import { reasonGroupWords } from '#domain/dropout/words.ts';
import { percentWords } from '#domain/statistics/formulas.ts';
import {
  funnelParts,
  funnelWords,
  type CasePart,
  type DutyPart,
  type ReasonPart,
  type SurveyPart,
} from '#domain/statistics/work.ts';
import { useMay } from '#web/api/me.ts';
import { addressOf } from '#web/ui/address.ts';
import { GoFigure } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { count, momentWords, percent } from '#web/ui/words.ts';
import { dutiesAt, householdsAt, namesAt, type Asked } from './asked.ts';
import { Bars } from './bars.tsx';
import { TwoViews } from './two-views.tsx';

type Work = OutputOf<typeof getWork>;

function useNames(asked: Asked): (part: CasePart) => string | null {
  const may = useMay('cases.read');
  return (part) => (may ? namesAt(asked, part) : null);
}

/** From suspected to held: how far the cases of the period have come; each step opens its names. */
export function Funnel({ work, asked }: { work: Work; asked: Asked }) {
  const names = useNames(asked);
  const first = work.counts.Suspected ?? 0;
  const rows = funnelParts.map((part) => ({ part, value: work.counts[part] ?? 0 }));
  return (
    <TwoViews
      title="劝返到哪一步"
      chart={
        <Bars
          label="疑似、确认、劝返、复学、巩固"
          bars={rows.map(({ part, value }) => ({
            key: part,
            words: funnelWords[part],
            value,
            beside: part === 'Suspected' ? '' : `占疑似 ${percent(value, first)}`,
            to: names(part),
          }))}
        />
      }
      table={
        <table className="plain-table">
          <thead>
            <tr>
              <th>步骤</th>
              <th className="num">例数</th>
              <th className="num">占疑似</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ part, value }) => (
              <tr key={part}>
                <td>{funnelWords[part]}</td>
                <td className="num">
                  <GoFigure n={value} to={names(part)} />
                </td>
                <td className="num">{percent(value, first)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
      foot={work.funnelNote}
    />
  );
}

/** Why confirmed dropouts stay away, the most frequent reason first. */
export function Reasons({ work, asked }: { work: Work; asked: Asked }) {
  const names = useNames(asked);
  const parts: { part: ReasonPart; words: string }[] = [
    ...reasonGroups.map((reason) => ({ part: `reason:${reason}` as const, words: reasonGroupWords[reason] })),
    { part: 'reason:none', words: '报告未写明' },
  ];
  const rows = parts
    .map((one) => ({ ...one, value: work.counts[one.part] ?? 0 }))
    .filter((one) => one.value > 0)
    .sort((a, b) => b.value - a.value);
  return (
    <TwoViews
      title="为什么离开"
      chart={
        rows.length === 0 ? (
          <p className="quiet">本期没有确认的辍学个案。</p>
        ) : (
          <Bars
            label="确认辍学的原因"
            bars={rows.map((row) => ({ key: row.part, words: row.words, value: row.value, to: names(row.part) }))}
          />
        )
      }
      table={
        <table className="plain-table">
          <thead>
            <tr>
              <th>原因</th>
              <th className="num">确认辍学</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.part}>
                <td>{row.words}</td>
                <td className="num">
                  <GoFigure n={row.value} to={names(row.part)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

/** Timeliness and coverage: duties in time, visits made, households called on, and who found the cases. */
export function Timeliness({ work, asked }: { work: Work; asked: Asked }) {
  const names = useNames(asked);
  const mayDuties = useMay('desk.read');
  const mayVisits = useMay('visits.read');
  const mayHomes = useMay('children.read');
  const share = (of: string) => work.shares.find((one) => one.of === of);
  const said = (of: string) => {
    const found = share(of);
    return found?.value == null
      ? '—'
      : `${percentWords(found.value, 1)} %（${count(found.numerator)}÷${count(found.denominator)}）`;
  };
  const { counts } = work;
  const duties = (part: DutyPart) => (mayDuties ? dutiesAt(asked, part) : null);
  const timely = share('duties');
  // coverage opens the plans with their names, and the households by result
  const plans = mayVisits ? addressOf('/visit-plans', { schoolId: asked.schoolId }) : null;
  const homes = (part: SurveyPart) => (mayHomes ? householdsAt(asked, part) : null);
  const lines = [
    {
      key: 'duties',
      label: '任务及时率',
      value: <GoFigure n={timely?.denominator ?? 0} to={duties('DutiesDue')} words={said('duties')} />,
    },
    { key: 'late', label: '超期办结', value: <GoFigure n={counts.DutiesLate ?? 0} to={duties('DutiesLate')} /> },
    { key: 'open', label: '超期未办', value: <GoFigure n={counts.DutiesOpen ?? 0} to={duties('DutiesOpen')} /> },
    {
      key: 'days',
      label: '首次缺课到报告，平均',
      value:
        work.reportDays === null ? (
          '—'
        ) : (
          <GoFigure n={counts.Reports ?? 0} to={names('Reports')} words={`${work.reportDays.toFixed(1)} 天`} />
        ),
    },
    { key: 'self', label: '学校自查发现', value: <GoFigure n={counts.FoundSelf ?? 0} to={names('FoundSelf')} /> },
    { key: 'other', label: '他处发现', value: <GoFigure n={counts.FoundOther ?? 0} to={names('FoundOther')} /> },
    {
      key: 'visits',
      label: '走访覆盖率',
      value: <GoFigure n={share('visits')?.denominator ?? 0} to={plans} words={said('visits')} />,
    },
    ...((share('households')?.denominator ?? 0) > 0
      ? [
          {
            key: 'homes',
            label: '入户摸底覆盖率',
            value: (
              <GoFigure n={share('households')?.denominator ?? 0} to={homes('Households')} words={said('households')} />
            ),
          },
          {
            key: 'refused',
            label: '其中拒访／未遇',
            value: (
              <>
                <GoFigure
                  n={counts.Refused ?? 0}
                  to={homes('Refused')}
                  title={`拒访 ${count(counts.Refused ?? 0)} 户，看名单`}
                />
                ／
                <GoFigure
                  n={counts.NotMet ?? 0}
                  to={homes('NotMet')}
                  title={`未遇 ${count(counts.NotMet ?? 0)} 户，看名单`}
                />
              </>
            ),
          },
        ]
      : []),
  ];
  return (
    <Block title="办得及时吗，走到了吗" extra={<span className="quiet">{momentWords(work.madeAt)} 汇总</span>}>
      <dl className="figure-lines">
        {lines.map((line) => (
          <div key={line.key}>
            <dt>{line.label}</dt>
            <dd>{line.value}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{work.foundNote}</p>
    </Block>
  );
}
