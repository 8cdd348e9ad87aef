import { expect, test } from 'vitest';
import { closedReach, paperReach, paperTypeOf } from './rules.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const png = bytes([0x89], 'PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [1, 2, 3], 'IEND', [1, 2, 3, 4]);
const jpeg = bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF', [0xff, 0xd9]);
const pdf = bytes('%PDF-1.7\n…\nstartxref\n9\n%%EOF\n');

test('PAP-01 a file is told by its content: whole JPG, PNG and PDF, nothing else', () => {
  expect([jpeg, png, pdf].map(paperTypeOf)).toEqual(['image/jpeg', 'image/png', 'application/pdf']);
  for (const wrong of [
    bytes('MZ', [0x90, 0, 3]),
    bytes('GIF89a'),
    bytes('<svg/>'),
    bytes('PK', [3, 4]),
    jpeg.subarray(0, 6),
    png.subarray(0, 20),
    pdf.subarray(0, 12),
    bytes(' %PDF-1.7 %%EOF'),
    Buffer.alloc(0),
  ])
    expect(paperTypeOf(wrong)).toBeNull();
});

test('PAP-03 the closed compartment is known to schools and classes, and opens to the school and the bureau', () => {
  const tokens = ['subdistrict:4', 'class:k', 'school:s', 'community:41', 'school:s'];
  expect(paperReach(true, tokens)).toEqual(['class:k', 'school:s']);
  expect(paperReach(false, tokens)).toHaveLength(4);
  const post = (
    role: 'classTeacher' | 'subdistrictOfficer' | 'bureauOfficer' | 'bureauLeader',
    unitKind: 'class' | 'subdistrict' | 'district',
  ) => ({ role, unitKind, unitId: 'x' });
  expect(closedReach([post('subdistrictOfficer', 'subdistrict')])).toBeNull();
  expect(closedReach([post('bureauLeader', 'district')])).toBeNull();
  expect(closedReach([post('bureauOfficer', 'district')])).toEqual({ all: true, tokens: [] });
  expect(closedReach([post('classTeacher', 'class'), post('subdistrictOfficer', 'subdistrict')])).toEqual({
    all: false,
    tokens: ['class:x'],
  });
});
