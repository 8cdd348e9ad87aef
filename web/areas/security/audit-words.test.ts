import { expect, it } from 'vitest';
import { auditDetailWords, auditSubjectWords } from '#domain/security/trail-words.ts';
import { detailKey, detailValue, subjectWords, verbWords } from './audit-words.ts';

it('SEC-22 subjects, facts and acts of the trail stand in words, none in a code', () => {
  const words = [
    ...Object.keys(auditSubjectWords).map(subjectWords),
    ...Object.keys(auditDetailWords).map(detailKey),
    ...verbWords.values(),
  ];
  expect(words.filter((one) => /^[A-Za-z]*$/u.test(one))).toEqual([]);
  expect([subjectWords('rollCall'), detailKey('servedDay')]).toEqual(['点名', '送达日期']);
});

it('SEC-22 a code means what the name of its fact gives it', () => {
  expect(detailValue('kind', 'persuasionNotice')).toBe('劝学通知书');
  expect(detailValue('part', 'morning')).toBe('上午');
  expect(detailValue('parties', ['teacher', 'guardian'])).toBe(
    [detailValue('parties', 'teacher'), detailValue('parties', 'guardian')].join('、'),
  );
  expect(detailValue('met', true)).toBe('是');
  expect(detailValue('name', 'morning')).toBe('morning');
});
