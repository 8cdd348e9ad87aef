import { GoFigure } from '#web/ui/go.tsx';
import { percent } from '#web/ui/words.ts';

/** A share with its numerator and denominator beside it, each the way to its names. */
export function Share({
  part,
  whole,
  unit,
  to,
}: {
  part: number;
  whole: number;
  unit: string;
  to: (state: 'covered' | 'all') => string;
}) {
  return (
    <span className="vis-share">
      {percent(part, whole)}{' '}
      <small>
        <GoFigure n={part} to={to('covered')} />/<GoFigure n={whole} to={to('all')} /> {unit}
      </small>
    </span>
  );
}
