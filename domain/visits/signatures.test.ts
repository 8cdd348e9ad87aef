import { expect, it } from 'vitest';
import { Signature } from './record.ts';
import { signatureOf, signingFault, type Signing } from './signatures.ts';

const strokes = [Array.from({ length: 20 }, (_, index) => ({ x: index / 20, y: 0.4 }))];
const signing = (more: Partial<Signing>): Signing => ({
  means: 'drawn',
  strokes: [],
  reason: '',
  name: '',
  relation: '',
  paperId: null,
  ...more,
});

it('VIS-05 page and phone ask for the same: each party signs, or what stands instead is complete; a teacher signs himself', () => {
  expect(signingFault('guardian', signing({}))).toBe('请家长签名。');
  expect(signingFault('guardian', signing({ strokes }))).toBeNull();
  expect(signingFault('guardian', signing({ means: 'refused', reason: '不' }))).toBe('请写明家长拒签的原因。');
  expect(signingFault('guardian', signing({ means: 'refused', reason: '不愿签' }))).toBe('请填写家长拒签时的见证人。');
  expect(signingFault('guardian', signing({ means: 'refused', reason: '不愿签', name: '网格员' }))).toBe(
    '请见证人签名。',
  );
  expect(signingFault('pupil', signing({ means: 'byOther', name: '祖母', strokes }))).toBe(
    '请填写代学生签字的人和关系。',
  );
  expect(signingFault('pupil', signing({ means: 'byOther', name: '祖母', relation: '祖孙' }))).toBe('请代签人签名。');
  expect(signingFault('guardian', signing({ means: 'cannotSign' }))).toBe('请附上家长的指印或纸质签字。');
  expect(signingFault('pupil', signing({ means: 'absent' }))).toBeNull();
  for (const means of ['refused', 'byOther', 'cannotSign', 'absent'] as const)
    expect(signingFault('teacher', signing({ means, strokes, reason: '不愿签', name: '甲', relation: '乙' }))).toBe(
      '教师须本人签名。',
    );
});

it('VIS-05 what is sent of a complete signing is a signature, trimmed; without its paper there is none', () => {
  const paperId = '00000000-0000-4000-8000-000000000009';
  const complete = [
    signing({ strokes }),
    signing({ means: 'refused', reason: ' 不愿签 ', name: ' 网格员 ', strokes }),
    signing({ means: 'byOther', name: ' 祖母 ', relation: ' 祖孙 ', strokes }),
    signing({ means: 'cannotSign', paperId }),
    signing({ means: 'absent', reason: '上学' }),
  ];
  for (const one of complete) {
    expect(signingFault('guardian', one)).toBeNull();
    expect(Signature.safeParse(signatureOf('guardian', one)).success).toBe(true);
  }
  expect(
    signatureOf('guardian', signing({ means: 'byOther', name: ' 祖母 ', relation: ' 祖孙 ', strokes })),
  ).toMatchObject({
    name: '祖母',
    relation: '祖孙',
  });
  expect(signatureOf('guardian', signing({ means: 'cannotSign' }))).toBeNull();
});
