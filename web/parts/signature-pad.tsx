import { ClearOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Flex, Typography } from 'antd';
import { useEffect, useRef, type PointerEvent } from 'react';
import type { z } from 'zod';
import { padProportion, type StrokePoint, type Strokes } from '#domain/basics/strokes.ts';

type Point = z.infer<typeof StrokePoint>;

/** A place to sign with the finger. Strokes are kept by the caller as shares of the pad, so turning the phone loses nothing. */
export function SignaturePad({
  strokes,
  onChange,
  signer,
}: {
  strokes: Strokes;
  onChange: (strokes: Strokes) => void;
  signer: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<{ pointer: number; points: Point[] } | null>(null);

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const redraw = () => {
      paint(element, strokes, drawing.current?.points ?? null);
    };
    redraw();
    const watcher = new ResizeObserver(redraw);
    watcher.observe(element);
    return () => {
      watcher.disconnect();
    };
  }, [strokes]);

  function begin(event: PointerEvent<HTMLCanvasElement>) {
    if (drawing.current !== null || (event.pointerType === 'mouse' && event.button !== 0)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.current = { pointer: event.pointerId, points: [pointOf(event)] };
  }
  function move(event: PointerEvent<HTMLCanvasElement>) {
    const current = drawing.current;
    if (current?.pointer !== event.pointerId) return;
    current.points.push(pointOf(event));
    paint(event.currentTarget, strokes, current.points);
  }
  function end(event: PointerEvent<HTMLCanvasElement>) {
    const current = drawing.current;
    if (current?.pointer !== event.pointerId) return;
    drawing.current = null;
    if (current.points.length > 1) onChange([...strokes, current.points]);
  }

  return (
    <div>
      <canvas
        ref={canvas}
        role="img"
        aria-label={strokes.length === 0 ? `${signer}签名处，尚未签名` : `${signer}已签名`}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
        style={{
          display: 'block',
          width: '100%',
          maxWidth: 560,
          aspectRatio: String(padProportion),
          border: '1px solid var(--quiet)',
          borderRadius: 6,
          background: '#fff',
          touchAction: 'none',
          cursor: 'crosshair',
        }}
      />
      <Flex gap={8} align="center" wrap style={{ marginTop: 8 }}>
        <Button
          size="large"
          icon={<UndoOutlined />}
          disabled={strokes.length === 0}
          onClick={() => {
            onChange(strokes.slice(0, -1));
          }}
          style={{ minHeight: 48 }}
        >
          撤回一笔
        </Button>
        <Button
          size="large"
          icon={<ClearOutlined />}
          disabled={strokes.length === 0}
          onClick={() => {
            onChange([]);
          }}
          style={{ minHeight: 48 }}
        >
          重新签名
        </Button>
        <Typography.Text type="secondary">请 {signer} 用手指在框内签名。</Typography.Text>
      </Flex>
    </div>
  );
}

/** The signature as a PNG picture in a data address, 500 by 200 pixels on white; far below the 200,000 characters of the call. */
export function signaturePicture(strokes: Strokes): string {
  const element = document.createElement('canvas');
  element.width = 500;
  element.height = 500 / padProportion;
  const pen = element.getContext('2d');
  if (pen !== null) {
    pen.fillStyle = '#ffffff';
    pen.fillRect(0, 0, element.width, element.height);
    draw(pen, strokes, element.width, element.height);
  }
  return element.toDataURL('image/png');
}

function pointOf(event: PointerEvent<HTMLCanvasElement>): Point {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: within((event.clientX - box.left) / box.width), y: within((event.clientY - box.top) / box.height) };
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function paint(element: HTMLCanvasElement, strokes: Strokes, current: Point[] | null) {
  const ratio = Math.max(1, window.devicePixelRatio);
  const width = Math.round(element.clientWidth * ratio);
  const height = Math.round(element.clientHeight * ratio);
  if (width === 0 || height === 0) return;
  if (element.width !== width || element.height !== height) {
    element.width = width;
    element.height = height;
  }
  const pen = element.getContext('2d');
  if (pen === null) return;
  pen.clearRect(0, 0, width, height);
  draw(pen, current === null ? strokes : [...strokes, current], width, height);
}

function draw(pen: CanvasRenderingContext2D, strokes: Strokes, width: number, height: number) {
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
