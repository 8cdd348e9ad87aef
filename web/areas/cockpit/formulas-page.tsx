import type { OutputOf } from '#contract/endpoint.ts';
import { listFormulas } from '#contract/statistics-figures.ts';
import { baseNotes, bases, baseWords } from '#domain/comparison/cells.ts';
import { figurePartWords } from '#domain/statistics/words.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { Block, Page } from '#web/ui/page.tsx';
import './cockpit.css';

type Told = OutputOf<typeof listFormulas>[number];

const side = (parts: Told['numerator']): string =>
  parts.map(({ part, sign }, at) => `${sign < 0 ? '－' : at === 0 ? '' : '＋'}${figurePartWords(part)}`).join('');

/** 指标口径: every figure with its formula in force, as the figures, reports and books reckon it. */
export function FormulasPage() {
  const answer = useAnswer(listFormulas, {});
  return (
    <Page title="指标口径" extra={<span className="quiet">驾驶舱、统计报送和一校一册都按这里的公式计算</span>}>
      {answer.data === undefined ? (
        <Awaited error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        answer.data.map((formula) => <FormulaBlock key={formula.id} formula={formula} />)
      )}
    </Page>
  );
}

function FormulaBlock({ formula }: { formula: Told }) {
  return (
    <Block title={formula.name} extra={<span className="quiet">第 {formula.version} 版</span>}>
      <p>{formula.words}</p>
      <dl className="formula-sides">
        <dt>分子</dt>
        <dd>{side(formula.numerator)}</dd>
        <dt>分母</dt>
        <dd>{side(formula.denominator)}</dd>
        <dt>方向</dt>
        <dd>
          {formula.rises ? '越高越好' : '越低越好'}
          {formula.cap === null ? '' : `，最高 ${String(formula.cap)}%`}
        </dd>
        {formula.id === 'enrolment' ? (
          <>
            <dt>统计口径</dt>
            <dd>{bases.map((base) => `${baseWords[base]}（${baseNotes[base]}）`).join('；')}</dd>
          </>
        ) : null}
        {formula.variants.length === 0 ? null : (
          <>
            <dt>可选口径</dt>
            <dd>{formula.variants.map((one) => one.words).join('；')}</dd>
          </>
        )}
      </dl>
    </Block>
  );
}
