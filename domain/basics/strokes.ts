import { z } from 'zod';

/** A point on the glass as a share of the pad's width and height (0–1), so that a turned phone keeps the signature. */
export const StrokePoint = z.object({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) });
/** One movement of the finger from touch to lift. */
export const Stroke = z.array(StrokePoint).min(1).max(2000);
/** A drawn signature: its movements in order, at most 20,000 points. */
export const Strokes = z
  .array(Stroke)
  .max(200)
  .refine((strokes) => strokes.reduce((sum, stroke) => sum + stroke.length, 0) <= 20_000, '签名笔迹过长，请重签。');
/** A drawn signature. */
export type Strokes = z.infer<typeof Strokes>;

/** The proportion of the pad, width to height, in every orientation; a signature is never stretched. */
export const padProportion = 2.5;

/** The length of all strokes, in widths of the pad. */
export function strokeLength(strokes: Strokes): number {
  let length = 0;
  for (const stroke of strokes) {
    for (let index = 1; index < stroke.length; index++) {
      const from = stroke[index - 1];
      const to = stroke[index];
      if (from !== undefined && to !== undefined) length += Math.hypot(to.x - from.x, (to.y - from.y) / padProportion);
    }
  }
  return length;
}

/** Whether somebody signed: more than a tap or a slip of the finger. */
export function isSigned(strokes: Strokes): boolean {
  return strokeLength(strokes) >= 0.25;
}
