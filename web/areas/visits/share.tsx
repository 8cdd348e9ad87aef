import { count, percent } from '#web/ui/words.ts';

/** A share with its numerator and denominator beside it. */
export function Share({ part, whole, unit }: { part: number; whole: number; unit: string }) {
  const words = `${count(part)}/${count(whole)} ${unit}`;
  return (
    <span title={words} className="vis-share">
      {percent(part, whole)} <span className="quiet">{words}</span>
    </span>
  );
}
