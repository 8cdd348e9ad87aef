import { ClearOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Flex, Typography } from 'antd';
import { useEffect, useRef, type PointerEvent } from 'react';
import { padProportion, type Strokes } from '#domain/basics/strokes.ts';
import { drawStrokes, paintPad, pointOf, type Point } from '#web/ui/pen.ts';

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
      paintPad(element, drawing.current === null ? strokes : [...strokes, drawing.current.points]);
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
    paintPad(event.currentTarget, [...strokes, current.points]);
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
    drawStrokes(pen, strokes, element.width, element.height);
  }
  return element.toDataURL('image/png');
}
