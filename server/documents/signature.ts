import { padProportion, type Strokes } from '#domain/basics/strokes.ts';
import type { Picture } from './model.ts';

const height = 100;

/** A drawn signature as a picture: its strokes as lines of one width, nothing but numbers in it. */
export function signaturePicture(name: string, strokes: Strokes): Picture {
  const width = height * padProportion;
  const lines = strokes.map((stroke) => {
    const points = stroke.map(({ x, y }) => `${(x * width).toFixed(1)},${(y * height).toFixed(1)}`);
    // A dot is a line of no length; the round ends show it.
    return `<polyline points="${[...points, ...(points.length === 1 ? points : [])].join(' ')}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><g fill="none" stroke="#111" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">${lines.join('')}</g></svg>`;
  return { name: `${name}.svg`, content: Buffer.from(svg) };
}
