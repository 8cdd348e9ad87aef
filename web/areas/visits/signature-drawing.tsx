import { padProportion, type Strokes } from '#domain/basics/strokes.ts';

const wide = 100 * padProportion;

/** A drawn signature as a picture of lines, in the proportion in which it was drawn. */
export function SignatureDrawing({ strokes, words }: { strokes: Strokes; words: string }) {
  return (
    <svg viewBox={`0 0 ${wide} 100`} className="vis-drawing" role="img" aria-label={words}>
      {strokes.map((stroke, index) => (
        <polyline
          key={index}
          points={stroke.map((point) => `${(point.x * wide).toFixed(1)},${(point.y * 100).toFixed(1)}`).join(' ')}
          fill="none"
          stroke="#1f2937"
          strokeWidth={2}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ))}
    </svg>
  );
}
