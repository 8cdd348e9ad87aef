import { expect, test } from 'vitest';
import { documentKinds } from '#domain/notices/record.ts';
import { shippedTemplates } from '#domain/notices/templates.ts';
import { freeKey, kept, readable } from './template-words.ts';

test('NOT-07 the words of every kind are shown with places in Chinese and kept as they were', () => {
  for (const kind of documentKinds) {
    const shipped = shippedTemplates[kind];
    expect(kept(readable(shipped)), kind).toEqual({ content: shipped, unknown: [] });
  }
  expect(readable(shippedTemplates.persuasionNotice).to).toBe('{监护人}（{学生姓名}的父母或者其他监护人）：');
});

test('NOT-07 a place that nothing fills is told, and a new field gets a key of its own', () => {
  const words = readable(shippedTemplates.persuasionNotice);
  const key = freeKey(words.fields.map((field) => field.key));
  const added = { key, label: '家访次数', kind: 'line' as const, needed: false, proposed: '' };
  const changed = { ...words, body: ['已家访{家访次数}次，{学生性名}仍未返校。'], fields: [...words.fields, added] };
  const { content, unknown } = kept(changed);
  expect(content.body).toEqual(['已家访{ownA}次，{学生性名}仍未返校。']);
  expect(unknown).toEqual(['学生性名']);
  expect(freeKey(['ownA'])).toBe('ownB');
});
