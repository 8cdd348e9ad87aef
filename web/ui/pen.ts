import type { PointerEvent } from 'react';
import type { z } from 'zod';
import type { StrokePoint, Strokes } from '#domain/basics/strokes.ts';

/** A point of a signature, as shares of the pad. */
export type Point = z.infer<typeof StrokePoint>;

const within = (share: number): number => Math.min(1, Math.max(0, share));

/** Where a finger stands on the pad it touches. */
export function pointOf(event: PointerEvent<HTMLCanvasElement>): Point {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: within((event.clientX - box.left) / box.width), y: within((event.clientY - box.top) / box.height) };
}

/** Draws strokes over a surface of so many pixels, thick as a pen on paper whatever its size. */
export function drawStrokes(pen: CanvasRenderingContext2D, strokes: Strokes, width: number, height: number): void {
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

/** Draws strokes anew over the whole of a pad, as sharp as the screen is; a pad that is not shown is left alone. */
export function paintPad(pad: HTMLCanvasElement, strokes: Strokes): void {
  const ratio = Math.max(1, window.devicePixelRatio);
  const width = Math.round(pad.clientWidth * ratio);
  const height = Math.round(pad.clientHeight * ratio);
  if (width === 0 || height === 0) return;
  if (pad.width !== width || pad.height !== height) {
    pad.width = width;
    pad.height = height;
  }
  const pen = pad.getContext('2d');
  if (pen === null) return;
  pen.clearRect(0, 0, width, height);
  drawStrokes(pen, strokes, width, height);
}
