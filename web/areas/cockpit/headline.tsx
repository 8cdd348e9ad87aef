import type { OutputOf } from '#contract/endpoint.ts';
import type { getFigures } from '#contract/statistics-figures.ts';
import type { CoursePart } from '#domain/statistics/record.ts';
import { chosenWords, percentWords } from '#domain/statistics/formulas.ts';
import { partWords } from '#domain/statistics/words.ts';
import { useMay } from '#web/api/me.ts';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';
import { namesAt, type Asked } from './asked.ts';

type Figures = OutputOf<typeof getFigures>;
type Figure = Figures['figures'][number];

/** A figure against its target in words. */
export function Gap({ figure }: { figure: Pick<Figure, 'gap' | 'target'> }) {
  if (figure.target === null || figure.gap === null) return null;
  return figure.gap >= 0 ? (
    <Status kind="ok" words="已达目标" />
  ) : (
    <Status kind="bad" words={`差 ${percentWords(-figure.gap)} 个百分点`} />
  );
}

const shown: readonly CoursePart[] = ['Drop', 'Gone', 'Open', 'Returned', 'Susp', 'Transferring', 'Leavers', 'S1'];
const identity: readonly CoursePart[] = [
  'S0',
  'New',
  'In',
  'Back',
  'MoveIn',
  'Out',
  'Susp',
  'Dead',
  'Abroad',
  'Grad',
  'Gone',
  'Drop',
  'MoveOut',
  'S1',
];

/** The retention rate against its target, the other rates, and the parts behind them; each opens its names. */
export function Headline({ figures, asked }: { figures: Figures; asked: Asked }) {
  const may = useMay('children.read');
  const { counts } = figures;
  const names = (part: CoursePart) => (may ? namesAt(asked, part) : null);
  const [retention, ...others] = figures.figures;
  const lost = counts.Drop + counts.Gone;
  return (
    <section className="block" aria-label="巩固率">
      <h2 className="cockpit-question">还有多少孩子离开了学校？</h2>
      <p className="figure-number">
        <GoFigure
          n={lost}
          to={may ? namesAt(asked, 'Lost') : null}
          title={`辍学和去向未落实 ${count(lost)} 人，看名单`}
        />
        <span className="figure-unit">人本期辍学或去向未落实</span>
      </p>
      <dl className="figure-lines">
        {retention ? (
          <div>
            <dt title={retention.words}>{retention.name}</dt>
            <dd>
              <span className="figure-rate" title={`${count(retention.numerator)} ÷ ${count(retention.denominator)}`}>
                {percentWords(retention.value)} %
              </span>{' '}
              <Gap figure={retention} />
            </dd>
          </div>
        ) : null}
        {retention?.target == null ? null : (
          <div>
            <dt>目标</dt>
            <dd>{percentWords(retention.target, 1)} %</dd>
          </div>
        )}
        {others.map((figure) => (
          <div key={figure.figure}>
            <dt title={figure.words}>{figure.name}</dt>
            <dd title={`${count(figure.numerator)} ÷ ${count(figure.denominator)}`}>
              {percentWords(figure.value)}
              {figure.value === null ? '' : ' %'}
            </dd>
          </div>
        ))}
      </dl>
      <div className="beside cockpit-parts">
        {shown.map((part) => (
          <div key={part}>
            <strong>
              <GoFigure
                n={counts[part]}
                to={names(part)}
                title={`${partWords[part]} ${count(counts[part])} 人，看名单`}
                words={count(counts[part])}
              />
            </strong>
            <span>{partWords[part]}</span>
          </div>
        ))}
      </div>
      <p className="quiet">
        {retention?.words}。公式第 {retention?.version} 版。
        {chosenWords(figures.figures)}
        <Go to="/cockpit/formulas">指标口径</Go>
      </p>
    </section>
  );
}

/** Where the pupils of the period's end came from and went: the identity, with names behind each part. */
export function Identity({ figures, asked }: { figures: Figures; asked: Asked }) {
  const may = useMay('children.read');
  return (
    <Block
      title="人数从哪里来、到哪里去"
      extra={
        figures.identityGap === 0 ? (
          <Status kind="ok" words="各项相加等于期末在校" />
        ) : (
          <Status kind="bad" words={`各项相差 ${count(figures.identityGap)} 人`} />
        )
      }
    >
      <div className="plain-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              {identity.map((part) => (
                <th key={part} className="num">
                  {partWords[part]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              {identity.map((part) => (
                <td key={part} className="num">
                  <GoFigure n={figures.counts[part]} to={may ? namesAt(asked, part) : null} />
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </Block>
  );
}
