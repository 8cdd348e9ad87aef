import { useEffect, useRef, type PointerEvent } from 'react';
import { paintPad, pointOf, type Point } from '#web/ui/pen.ts';

/** A box to sign in with the finger. The strokes are kept by the page, so that turning the phone loses nothing. */
export function SignBox({
  signer,
  strokes,
  onChange,
}: {
  signer: string;
  strokes: Point[][];
  onChange: (strokes: Point[][]) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<{ pointer: number; points: Point[] } | null>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const redraw = () => {
      paintPad(element, drawing.current ? [...strokes, drawing.current.points] : strokes);
    };
    redraw();
    const watcher = new ResizeObserver(redraw);
    watcher.observe(element);
    return () => {
      watcher.disconnect();
    };
  }, [strokes]);
  const end = (event: PointerEvent<HTMLCanvasElement>) => {
    const current = drawing.current;
    if (current?.pointer !== event.pointerId) return;
    drawing.current = null;
    if (current.points.length > 1) onChange([...strokes, current.points]);
  };
  return (
    <div className="field">
      <canvas
        ref={canvas}
        className="sign-box"
        role="img"
        aria-label={strokes.length === 0 ? `${signer}签名处，尚未签名` : `${signer}已签名`}
        onPointerDown={(event) => {
          if (drawing.current) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          drawing.current = { pointer: event.pointerId, points: [pointOf(event)] };
        }}
        onPointerMove={(event) => {
          const current = drawing.current;
          if (current?.pointer !== event.pointerId) return;
          current.points.push(pointOf(event));
          paintPad(event.currentTarget, [...strokes, current.points]);
        }}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <div className="pair">
        <button
          type="button"
          disabled={strokes.length === 0}
          onClick={() => {
            onChange(strokes.slice(0, -1));
          }}
        >
          撤回一笔
        </button>
        <button
          type="button"
          disabled={strokes.length === 0}
          onClick={() => {
            onChange([]);
          }}
        >
          重新签
        </button>
      </div>
    </div>
  );
}
