import { expect, test } from 'vitest';
import { fileUrl, newRequestId } from './call.ts';
import { formFaults, issuesOf, problemOf, refusalWords } from './problem.ts';
import { exportHeld } from '#contract/imports.ts';
import { exportFindings } from '#contract/comparison.ts';

test('a refusal keeps its code, words and faults at fields', async () => {
  const body = {
    code: 'input-wrong',
    title: '填写的内容有问题。',
    detail: { issues: [{ path: 'posts.0.unit', words: '没有填写。' }] },
  };
  const failure = await problemOf(new Response(JSON.stringify(body), { status: 422 }));
  expect(failure.code).toBe('input-wrong');
  expect(issuesOf(failure)).toEqual([{ path: 'posts.0.unit', words: '没有填写。' }]);
  expect(formFaults(failure)).toEqual([{ name: ['posts', 0, 'unit'], errors: ['没有填写。'] }]);
});

test('a refusal that is about one field alone says its words once', () => {
  expect(refusalWords('日期不能晚于今天。', ['日期不能晚于今天。'])).toBe('日期不能晚于今天。');
  expect(refusalWords('还缺材料：申请。', ['请上传申请。', '请上传申请。'])).toBe('还缺材料：申请。请上传申请。');
  expect(refusalWords('填写的内容有问题。', [])).toBe('填写的内容有问题。');
});

test('an answer that is no problem+json is told without detail', async () => {
  expect((await problemOf(new Response('<html>', { status: 500 }))).code).toBe('internal');
  expect((await problemOf(new Response('', { status: 503 }))).code).toBe('busy');
});

test('addresses take names from the input and leave out what is empty', () => {
  expect(fileUrl(exportHeld, { id: '00000000-0000-4000-8000-000000000001' })).toBe(
    '/api/imports/00000000-0000-4000-8000-000000000001/held/export',
  );
  expect(fileUrl(exportFindings, { kind: 'notEnrolled', q: '' })).toBe('/api/findings/export?kind=notEnrolled');
  expect(newRequestId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
});
