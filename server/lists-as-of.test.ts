import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Endpoint } from '#contract/endpoint.ts';
import { endpoints } from '#contract/index.ts';
import { listsAsOf } from '#contract/lists.ts';
import { withoutPair } from './testing/lists-without-pair.ts';

const lists = endpoints.filter(({ name }) => /\.list[A-Z]/.test(name));

function keysOf({ input }: Endpoint): string[] {
  return input instanceof z.ZodObject ? Object.keys(input.shape) : [];
}

/** The day and the moment, or the moment of a list that names its own days. */
function takesPair(endpoint: Endpoint): boolean {
  const keys = keysOf(endpoint);
  return keys.includes('knownAt') && (keys.includes('day') || (keys.includes('from') && keys.includes('to')));
}

it('PLT-22 every list takes the day and the moment, or is named with the reason why it needs none', () => {
  expect(lists.length).toBeGreaterThan(60);
  const without = lists.filter((endpoint) => !takesPair(endpoint)).map(({ name }) => name);
  expect(Object.keys(withoutPair).sort()).toEqual(without.sort());
  for (const [name, reason] of Object.entries(withoutPair)) expect([name, reason.length > 20]).toEqual([name, true]);
});

it('PLT-22 the lists whose pages ask for the pair are lists that take it, each as it does', () => {
  for (const [name, kind] of Object.entries(listsAsOf)) {
    const endpoint = lists.find((one) => one.name === name);
    expect([name, endpoint !== undefined && takesPair(endpoint)]).toEqual([name, true]);
    const keys = endpoint === undefined ? [] : keysOf(endpoint);
    expect([name, keys.includes('day') ? 'pair' : 'moment']).toEqual([name, kind]);
  }
});

it('PLT-22 every list that takes the pair has a page that asks for it: by the list itself, or in its own fields', async () => {
  const web = path.resolve(import.meta.dirname, '../web');
  const files = (await readdir(web, { recursive: true })).filter((name) => name.endsWith('.tsx'));
  const texts = await Promise.all(files.map((file) => readFile(path.join(web, file), 'utf8')));
  const shownBy = (name: string) => {
    const variable = name.split('.')[1] ?? '';
    return texts.filter((text) => new RegExp(`endpoint=\\{${variable}\\}`, 'u').test(text));
  };
  for (const endpoint of lists.filter(takesPair)) {
    const pages = shownBy(endpoint.name);
    if (pages.length === 0) continue; // figures and their names: the cockpit and the reports hand the pair on
    const asked =
      listsAsOf[endpoint.name] !== undefined || pages.every((text) => /knownAt|toldOf|momentOf/u.test(text));
    expect([endpoint.name, asked]).toEqual([endpoint.name, true]);
  }
});

it('PLT-22 the table of the documents names the same lists', async () => {
  const text = await readFile(path.resolve(import.meta.dirname, '../docs/areas/platform.md'), 'utf8');
  const named = [...text.matchAll(/^\| `(\w+\.list\w+)` \|/gmu)].map(([, name = '']) => name);
  expect(named.sort()).toEqual(lists.map(({ name }) => name).sort());
});
