import type { InputOf } from '#contract/endpoint.ts';
import type { recordVisit } from '#contract/visits.ts';
import type { World } from '#server/testing/world.ts';

/** A line drawn at a height of the pad. */
export function drawn(height: number) {
  return [Array.from({ length: 20 }, (_, index) => ({ x: index / 20, y: height }))];
}

/** The three signatures of a visit. */
export function signatures() {
  return [
    { party: 'teacher' as const, means: 'drawn' as const, strokes: drawn(0.2) },
    { party: 'guardian' as const, means: 'drawn' as const, strokes: drawn(0.4) },
    { party: 'pupil' as const, means: 'drawn' as const, strokes: drawn(0.6) },
  ];
}

/** A met and signed visit at the door. */
export function visitOf(
  world: World,
  childId: string,
  more: Partial<InputOf<typeof recordVisit>> = {},
): InputOf<typeof recordVisit> {
  return {
    id: world.platform.newId(),
    childId,
    mode: 'door',
    at: '2026-11-20T01:30:00Z',
    content: contentOf(),
    signatures: signatures(),
    ...more,
  };
}

/** The written content of a visit. */
export function contentOf(more: object = {}): InputOf<typeof recordVisit>['content'] {
  return {
    visitors: [{ staffId: null, name: '周老师' }],
    guardian: { name: '李大海', relation: '父亲' },
    purpose: '了解家庭情况',
    family: '父母在外务工，祖母照看，密语家境',
    measures: '每周联系一次',
    nextDay: '2026-12-04',
    ...more,
  };
}

/** An attempt at the door. */
export function attemptOf(world: World, childId: string, more: Partial<InputOf<typeof recordVisit>> = {}) {
  return visitOf(world, childId, {
    content: contentOf({ guardian: null, notMet: { reason: 'notHome' }, purpose: '', family: '' }),
    signatures: [],
    ...more,
  });
}
