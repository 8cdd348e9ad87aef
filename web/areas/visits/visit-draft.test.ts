import { expect, test } from 'vitest';
import { parties, VisitContent } from '#domain/visits/record.ts';
import {
  draftFault,
  draftOf,
  emptyDraft,
  entryOf,
  hasStrokes,
  signersOf,
  textOf,
  withoutStrokes,
} from './visit-draft.ts';

const id = '00000000-0000-4000-8000-000000000001';
const line = (y: number) => [Array.from({ length: 20 }, (_, index) => ({ x: index / 20, y }))];
const child = {
  name: '王小明',
  sex: null,
  guardian: { name: '王大明', relation: '父亲', phoneMask: null },
  enrolment: null,
  household: null,
};
const start = { visitor: '李老师', day: '2026-11-27', purpose: '了解近况', mode: 'door' } as const;

function ready() {
  const draft = emptyDraft(id, child, start);
  const { teacher, guardian, pupil } = draft.signing;
  return {
    ...draft,
    time: '18:30',
    texts: { ...draft.texts, family: '父母在家' },
    signing: {
      teacher: { ...teacher, strokes: line(0.2) },
      guardian: { ...guardian, strokes: line(0.5) },
      pupil: { ...pupil, means: 'absent' as const },
    },
  };
}

test('VIS-05 the page asks for each signature or what stands instead, and refuses one hand for two', () => {
  const draft = ready();
  expect(draftFault(draft)).toBeNull();
  expect(
    draftFault({ ...draft, signing: { ...draft.signing, guardian: { ...draft.signing.guardian, strokes: [] } } }),
  ).toBe('请家长签名。');
  const oneHand = { ...draft.signing.guardian, strokes: draft.signing.teacher.strokes };
  expect(draftFault({ ...draft, signing: { ...draft.signing, guardian: oneHand } })).toContain('同一笔迹');
  const refused = { ...draft.signing.guardian, means: 'refused' as const, reason: '不愿签', name: '' };
  expect(draftFault({ ...draft, signing: { ...draft.signing, guardian: refused } })).toContain('见证人');
  expect(signersOf({ ...draft, mode: 'phone' })).toEqual([]);
  expect(signersOf({ ...draft, met: false })).toEqual([]);
});

test('VIS-06 what is sent is the text that was signed, at the minute of China that stands on it', () => {
  const draft = ready();
  expect(hasStrokes(draft)).toBe(true);
  expect(hasStrokes(withoutStrokes(draft))).toBe(false);
  const sent = entryOf(draft);
  expect(sent.at).toBe('2026-11-27T10:30:00.000Z');
  expect(sent.signatures?.map((one) => `${one.party} ${one.means}`)).toEqual([
    'teacher drawn',
    'guardian drawn',
    'pupil absent',
  ]);
  expect(textOf(draft)).toContain('家访时间：2026-11-27 18:30');
});

test('VIS-07 a correction begins with what stands and leaves its signatures alone', () => {
  const sent = entryOf(ready());
  const again = draftOf(id, {
    mode: sent.mode,
    at: sent.at,
    content: contentOf(sent.content),
    paperForm: false,
    signatures: parties.map((party) => ({ party })),
  });
  const unsigned = draftOf(id, {
    mode: sent.mode,
    at: sent.at,
    content: contentOf(sent.content),
    paperForm: false,
    signatures: [],
  });
  expect(draftFault(unsigned)).toBe('请教师签名。');
  expect(textOf(again)).toBe(textOf(ready()));
  expect(draftFault(again)).toBeNull();
  expect(entryOf(again).signatures).toEqual([]);
});

function contentOf(content: ReturnType<typeof entryOf>['content']) {
  return VisitContent.parse(content);
}
