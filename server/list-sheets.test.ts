import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Endpoint } from '#contract/endpoint.ts';
import { endpoints } from '#contract/index.ts';
import { listsThatLeave } from '#contract/lists.ts';
import type { SheetCalls } from '#contract/sheets.ts';
import { grants } from '#domain/basics/grants.ts';
import { roles } from '#domain/basics/roles.ts';
import { listSheets } from './list-sheets.ts';

/** Lists of pages that do not leave, each with its reason. */
const kept: Record<string, string> = {
  'duties.listMessages': 'Messages are written to one person; what they tell of stands in the list of duties.',
  'risk.listScoreSheets': 'Of those who hand in marks, who may export nothing.',
  'security.listAccounts': 'Of the security administrator alone, who may export nothing.',
  'security.listAudit': 'Of the audit administrator alone, who may export nothing; the chain is proved where it lies.',
};

/** Lists whose page hands them an export of their own. */
const ownExports: Record<string, string> = {
  'comparison.listFindings': 'comparison.exportFindings',
  'dropout.listCases': 'dropout.exportCases',
  'dropout.listLedger': 'dropout.exportLedger',
  'enrolment.listChanges': 'enrolment.exportChanges',
  'enrolment.listDifferences': 'enrolment.exportDifferences',
  'enrolment.listRoster': 'enrolment.exportRoster',
  'population.listChildren': 'population.exportChildren',
  'visits.listVisits': 'visits.exportVisits',
};

const web = path.resolve(import.meta.dirname, '../web');

/** What a page imports from the contract by this name. */
async function contractOf(file: string, text: string, name: string): Promise<Endpoint | SheetCalls> {
  const from = new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '#contract/([\\w-]+)\\.ts'`, 'u').exec(text)?.[1];
  // as: a module of the contract holds endpoints, and calls of a kind of sheet, by their names
  const module =
    from === undefined ? {} : ((await import(`../contract/${from}.ts`)) as Record<string, Endpoint | SheetCalls>);
  const found = module[name];
  if (found === undefined) throw new Error(`${file}: ${name}`);
  return found;
}

/** The names of endpoints that pages hand to a list, with the text of the page. */
async function listsShown(): Promise<Map<string, string>> {
  const shown = new Map<string, string>();
  const files = (await readdir(web, { recursive: true })).filter((name) => name.endsWith('.tsx'));
  const sheets = await readFile(path.join(web, 'parts/work-sheets.tsx'), 'utf8');
  for (const file of files) {
    const text = await readFile(path.join(web, file), 'utf8');
    for (const [, variable = ''] of text.matchAll(/<List(?:<[\w.[\]'" ]+>)?\s[^>]*?endpoint=\{(\w+)\}/gu)) {
      const found = await contractOf(file, text, variable);
      if ('name' in found) shown.set(found.name, text);
    }
    // A desk of sheets hands its calls to the shared page.
    for (const [, variable = ''] of text.matchAll(/: SheetDesk = \{\s*calls: (\w+),/gu)) {
      const found = await contractOf(file, text, variable);
      if ('list' in found) shown.set(found.list.name, sheets);
    }
  }
  return shown;
}

const isPaged = ({ output }: Endpoint): boolean =>
  output instanceof z.ZodObject && ['rows', 'total', 'page', 'size'].every((key) => key in output.shape);

it('PLT-19 every list that a page shows leaves as a sheet, has an export of its own, or is named with the reason why it does not', async () => {
  const shown = await listsShown();
  expect(shown.size).toBeGreaterThan(35);
  const paged = endpoints.filter((endpoint) => isPaged(endpoint) && shown.has(endpoint.name)).map(({ name }) => name);
  expect(paged.sort()).toEqual([...shown.keys()].sort());
  expect([...Object.keys(kept), ...Object.keys(ownExports), ...listsThatLeave].sort()).toEqual(paged);
});

it('PLT-19 the sheets are those that the contract names to the pages, and the pages of the others hand in an export of their own', async () => {
  expect(listSheets.map(({ list }) => list).sort()).toEqual([...listsThatLeave].sort());
  const shown = await listsShown();
  for (const [list, own] of Object.entries(ownExports)) {
    expect([list, endpoints.some((endpoint) => endpoint.name === own && endpoint.download === true)]).toEqual([
      list,
      true,
    ]);
    expect([list, shown.get(list)?.includes('exportUrl')]).toEqual([list, true]);
  }
});

it('PLT-19 somebody may export each sheet, and nobody a list that is kept because of its administrator', () => {
  const may = (name: string) => {
    const endpoint = endpoints.find((one) => one.name === name);
    const permission = endpoint?.permission;
    return roles.some((role) => permission && grants[role][permission] && grants[role]['export.lists']);
  };
  expect(listsThatLeave.filter((name) => !may(name))).toEqual([]);
  expect(['risk.listScoreSheets', 'security.listAccounts', 'security.listAudit'].filter(may)).toEqual([]);
});

it('PLT-19 a sheet has the words of its page: every column but that of the acts', async () => {
  const shown = await listsShown();
  /** Columns of pages that hold buttons, or that a sheet splits into two. */
  const besides = new Set(['办理', '原件', '起止', '街道与社区', '未遇']);
  for (const { list, columns } of listSheets) {
    const labels = columns.map(({ label }) => label);
    const onPage = [...(shown.get(list) ?? '').matchAll(/title: '([^'$]+)'/gu)].map(([, title = '']) => title);
    const one = list === 'statistics.listCaseNames' || list === 'statistics.listFigureNames';
    if (one) continue;
    expect([list, onPage.filter((title) => !labels.includes(title) && !besides.has(title))]).toEqual([list, []]);
    expect([list, new Set(labels).size]).toEqual([list, labels.length]);
  }
});
