import { isSigned, type Strokes } from '#domain/basics/strokes.ts';
import type { DoorChildInput } from './door-child-form.tsx';
import type { SurveyResult } from '#domain/population/words.ts';

/** The household at whose door the surveyor stands: one already known, or one written down now. */
export type DoorHousehold =
  { known: true; id: string; address: string; householdNo: string } | { known: false; id: string; address: string };

/** A door survey before it is sent. Ids are chosen once, so sending twice makes one survey. */
export interface SurveyDraft {
  id: string;
  communityCode: string | null;
  household: DoorHousehold | null;
  result: SurveyResult | null;
  newChildren: DoorChildInput[];
  note: string;
  strokes: Strokes;
}

/** An empty draft; the community of the last door is kept for the next. */
export function emptyDraft(newId: () => string, communityCode: string | null): SurveyDraft {
  return { id: newId(), communityCode, household: null, result: null, newChildren: [], note: '', strokes: [] };
}

/** What is still missing before the survey can be sent, in the order of the page; null when nothing is. `knownChildren` counts the children already on the household's record. */
export function missingWords(draft: SurveyDraft, knownChildren: number): string | null {
  if (draft.household === null) return '请先选择或新增一户。';
  if (!draft.household.known && (draft.communityCode === null || draft.household.address.trim().length < 2))
    return '新增的户要有社区和住址。';
  if (draft.result === null) return '请选择入户结果。';
  if (draft.result === 'children' && knownChildren + draft.newChildren.length === 0)
    return '结果是“有适龄儿童”，请至少添加一个孩子。';
  if (!isSigned(draft.strokes)) return '请摸底人签名。';
  return null;
}

/** Whether leaving the page would lose something written. */
export function hasWritten(draft: SurveyDraft): boolean {
  return draft.result !== null || draft.newChildren.length > 0 || draft.note !== '' || draft.strokes.length > 0;
}
