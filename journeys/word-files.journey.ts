import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listRoster } from '#contract/enrolment.ts';
import { issueBulk } from '#contract/notices-work.ts';
import { reported } from './case-story.ts';
import { startVisit, type Visited } from './installation.ts';
import { callAs } from './phone.ts';

/** A Friday of the term, nine in the morning in China. */
const clock = '2026-11-27T01:00:00Z';

let visited: Visited;
let officer: Page;
let pupils: { childId: string; name: string }[];
beforeAll(async () => {
  visited = await startVisit({ clock });
  officer = await visited.visit('deyu1');
  pupils = (await (await callAs(visited.url, 'deyu1'))(listRoster, { grade: 6, size: 60 })).rows;
});
afterAll(() => visited.stop());

/** Presses a button that saves a file, and answers its name and content. */
async function saved(button: Locator): Promise<{ name: string; content: Uint8Array }> {
  const [download] = await Promise.all([officer.waitForEvent('download'), button.click()]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

/** The words of a Word file, and what stands at the head of its pages. */
function wordsOf(content: Uint8Array): { text: string; header: string } {
  const parts = unzipSync(content);
  expect(strFromU8(parts['[Content_Types].xml'] ?? new Uint8Array())).toContain('wordprocessingml.document.main+xml');
  const words = (name: string) => strFromU8(parts[name] ?? new Uint8Array()).replaceAll(/<[^>]+>/gu, '');
  return { text: words('word/document.xml'), header: words('word/header1.xml') };
}

function pupil(at: number): { childId: string; name: string } {
  const found = pupils[at];
  if (!found) throw new Error(`no pupil ${String(at)}`);
  return found;
}

it('NOT-18 a notice is had in Word as a draft before it is issued, and as a copy with its number afterwards', async () => {
  const { childId, name } = pupil(0);
  await officer.goto(`${visited.url}/notices/new?kind=persuasionNotice&child=${childId}`);
  await officer.getByLabel('未到校起始日期', { exact: true }).fill('2026-11-10');
  await officer.getByLabel('未到校起始日期', { exact: true }).press('Tab');
  await officer.getByLabel('联系电话').fill('027-82340000');
  const draft = await saved(officer.getByRole('button', { name: '下载草稿（Word）' }));
  expect(draft.name).toBe(`劝学通知书_${name}_草稿.docx`);
  const drafted = wordsOf(draft.content);
  expect(drafted.header).toContain('草稿');
  expect(drafted.text).toContain('自2026年11月10日起未到校');
  expect(drafted.text).toContain('义劝通字〔2026〕第　号');

  const [tab] = await Promise.all([
    officer.context().waitForEvent('page'),
    officer.getByRole('button', { name: /^预\s*览$/u }).click(),
  ]);
  await tab.waitForURL(/^blob:/u);
  await tab.close();
  await officer.getByText('预览与将要签发的内容一致').waitFor();
  await officer.getByRole('button', { name: /^签\s*发$/u }).click();
  const asked = officer.getByRole('dialog');
  await asked.getByRole('button', { name: /^签\s*发$/u }).click();
  await officer.getByRole('heading', { name: `${name}：劝学通知书` }).waitFor();
  const number = /义劝通字〔2026〕第\d+号/u.exec(await officer.locator('main').innerText())?.[0] ?? 'no number';
  const copy = await saved(officer.getByRole('button', { name: 'Word 副本' }));
  expect(copy.name).toBe(`劝学通知书_${name}_${number}_副本.docx`);
  const copied = wordsOf(copy.content);
  expect(copied.header).toBe(`副本　可编辑，不作文书使用，以${number}原件为准`);
  for (const words of [number, `${name}的父母或者其他监护人`, '送 达 回 证']) expect(copied.text).toContain(words);
});

it('NOT-19 a batch of notices is had in Word as one zip, a file for each child', async () => {
  const items = [1, 2, 3].map((at) => ({ childId: pupil(at).childId }));
  const fields = { absentSince: '2026-11-12', contact: '周老师', contactPhone: '027-82340000' };
  const id = randomUUID();
  await (
    await callAs(visited.url, 'deyu1')
  )(issueBulk, { id, kind: 'persuasionNotice', fields, items });
  await officer.goto(`${visited.url}/notices/jobs/${id}`);
  const button = officer.getByRole('button', { name: 'Word 副本（打包）' });
  await button.waitFor({ timeout: 60_000 });
  const zip = await saved(button);
  expect(zip.name).toBe('劝学通知书_Word副本_2026-11-27.zip');
  const files = Object.entries(unzipSync(zip.content));
  expect(files).toHaveLength(3);
  for (const at of [1, 2, 3]) {
    const { name } = pupil(at);
    const [path, content] = files.find(([one]) => one.startsWith(`劝学通知书_${name}_`)) ?? [];
    if (path === undefined || content === undefined) throw new Error(`no file of ${name}`);
    const number = /义劝通字〔2026〕第\d+号/u.exec(path)?.[0] ?? 'no number';
    expect(wordsOf(content).text).toContain(number);
    expect(wordsOf(content).text).toContain(`${name}的父母或者其他监护人`);
    expect(wordsOf(content).text).toContain('自2026年11月12日起未到校');
  }
});

it('DRP-19 the 一生一案 is had in Word with its sections, and its next notice as a draft from the case', async () => {
  const { childId, name } = pupil(4);
  const link = await reported(await callAs(visited.url, 'deyu1'), childId, '2026-11-27');
  await officer.goto(visited.url + link);
  const book = await saved(officer.getByRole('button', { name: 'Word 副本' }));
  expect(book.name).toBe(`一生一案_${name}_2026-11-27_副本.docx`);
  const words = wordsOf(book.content);
  expect(words.header).toMatch(/^副本　可编辑，2026-11-27 由.+导出，以平台记录为准$/u);
  for (const one of ['一生一案', name, '目录', '基本情况', '劝返方案', '电话联系家长两次，无人接听'])
    expect(words.text).toContain(one);
});
