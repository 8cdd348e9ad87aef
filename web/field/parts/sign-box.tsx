import { useEffect, useRef, type PointerEvent } from 'react';

/** A point on the glass as a share of the box's width and height, so that a turned phone keeps the signature. */
interface Point {
  x: number;
  y: number;
}

function paint(canvas: HTMLCanvasElement, strokes: readonly (readonly Point[])[]): void {
  const ratio = Math.max(1, window.devicePixelRatio);
  const width = Math.round(canvas.clientWidth * ratio);
  const height = Math.round(canvas.clientHeight * ratio);
  if (width === 0 || height === 0) return;
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.strokeStyle = '#1f2937';
  pen.lineWidth = width / 125;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  for (const stroke of strokes) {
    pen.beginPath();
    stroke.forEach((point, index) => {
      if (index === 0) pen.moveTo(point.x * width, point.y * height);
      else pen.lineTo(point.x * width, point.y * height);
    });
    pen.stroke();
  }
}

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
      paint(element, drawing.current ? [...strokes, drawing.current.points] : strokes);
    };
    redraw();
    const watcher = new ResizeObserver(redraw);
    watcher.observe(element);
    return () => {
      watcher.disconnect();
    };
  }, [strokes]);
  const at = (event: PointerEvent<HTMLCanvasElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (value: number) => Math.min(1, Math.max(0, value));
    return { x: share((event.clientX - box.left) / box.width), y: share((event.clientY - box.top) / box.height) };
  };
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
          drawing.current = { pointer: event.pointerId, points: [at(event)] };
        }}
        onPointerMove={(event) => {
          const current = drawing.current;
          if (current?.pointer !== event.pointerId) return;
          current.points.push(at(event));
          paint(event.currentTarget, [...strokes, current.points]);
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
