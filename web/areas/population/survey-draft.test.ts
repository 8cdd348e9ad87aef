import { expect, test } from 'vitest';
import { emptyDraft, hasWritten, missingWords, type SurveyDraft } from './survey-draft.ts';

const id = '00000000-0000-4000-8000-000000000001';
const signed = [Array.from({ length: 20 }, (_, index) => ({ x: index / 20, y: 0.5 }))];
const ready: SurveyDraft = {
  id,
  communityCode: '420102001001',
  household: { known: true, id, address: '一元街道 1 号', householdNo: 'H1' },
  result: 'empty',
  newChildren: [],
  note: '',
  strokes: signed,
};

test('the page names the first thing that is missing', () => {
  const empty = emptyDraft(() => id, null);
  expect(missingWords(empty, 0)).toContain('一户');
  expect(missingWords({ ...ready, result: null }, 0)).toContain('入户结果');
  expect(missingWords({ ...ready, strokes: [] }, 0)).toContain('签名');
  expect(missingWords(ready, 0)).toBeNull();
});

test('a household with children needs a child, known or added', () => {
  expect(missingWords({ ...ready, result: 'children' }, 0)).toContain('添加一个孩子');
  expect(missingWords({ ...ready, result: 'children' }, 1)).toBeNull();
});

test('a new household needs its community and address', () => {
  expect(
    missingWords({ ...ready, communityCode: null, household: { known: false, id, address: '某街 1 号' } }, 0),
  ).toContain('社区');
  expect(missingWords({ ...ready, household: { known: false, id, address: '某街 1 号' } }, 0)).toBeNull();
});

test('an untouched draft may be left without asking', () => {
  expect(hasWritten(emptyDraft(() => id, null))).toBe(false);
  expect(hasWritten(ready)).toBe(true);
});
