/** A point on the glass as a share of the pad's width and height (0–1), so that a turned phone keeps the signature. */
export interface StrokePoint {
  x: number;
  y: number;
}
/** One movement of the finger from touch to lift. */
export type Stroke = readonly StrokePoint[];

/** The proportion of the pad, width to height, in every orientation; a signature is never stretched. */
export const padProportion = 2.5;

/** The length of all strokes, in widths of the pad. */
export function strokeLength(strokes: readonly Stroke[]): number {
  let length = 0;
  for (const stroke of strokes) {
    for (let index = 1; index < stroke.length; index++) {
      const from = stroke[index - 1];
      const to = stroke[index];
      if (from === undefined || to === undefined) continue;
      length += Math.hypot(to.x - from.x, (to.y - from.y) / padProportion);
    }
  }
  return length;
}

/** Whether somebody signed: more than a tap or a slip of the finger. */
export function isSigned(strokes: readonly Stroke[]): boolean {
  return strokeLength(strokes) >= 0.25;
}
