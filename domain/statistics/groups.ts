import type { ChildTag } from '#domain/population/record.ts';

/** Health and disability stand in the closed compartment: no figure or list is drawn by them. */
type ClosedTag = 'disability' | 'seriousIllness';
/** A key group by which figures may be drawn. */
export type KeyGroup = Exclude<ChildTag, ClosedTag>;

/** Key groups to watch (D§2.5) by which figures may be drawn, those of the notice first. */
export const openGroups: readonly [KeyGroup, ...KeyGroup[]] = [
  'orphan',
  'factOrphan',
  'leftBehind',
  'migrant',
  'povertyAlleviated',
  'minimumLiving',
  'extremePoverty',
  'poor',
  'singleParent',
  'martyrFamily',
  'unregistered',
];
