import { Go } from '#web/ui/go.tsx';
import { count } from '#web/ui/words.ts';

/** One bar: its words, its number, what stands beside it, and where its names are. */
export interface Bar {
  key: string;
  words: string;
  value: number;
  beside?: string;
  to: string | null;
}

/** Bars with their numbers, each a link to its names: an ordered list for the keyboard and the screen reader, a chart for the eye. */
export function Bars({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const most = Math.max(0, ...bars.map((bar) => bar.value));
  return (
    <ol className="bars" aria-label={label}>
      {bars.map((bar) => {
        const inside = (
          <>
            <span className="bars-words">{bar.words}</span>
            <svg viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden>
              <rect width={most === 0 ? 0 : (bar.value / most) * 100} height={20} rx={1} />
            </svg>
            <strong>{count(bar.value)}</strong>
            <span className="bars-beside">{bar.beside ?? ''}</span>
          </>
        );
        return (
          <li key={bar.key}>
            {bar.to === null || bar.value === 0 ? <div>{inside}</div> : <Go to={bar.to}>{inside}</Go>}
          </li>
        );
      })}
    </ol>
  );
}
