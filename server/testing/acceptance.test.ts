import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const id = /\b[A-Z]{3}-\d{2}\b/g;

/** The acceptance lines of the docs: `- POP-01 …`, with the page each stands on. */
function acceptanceLines(): { id: string; page: string }[] {
  return globSync('docs/areas/*.md', { cwd: root }).flatMap((page) =>
    [...readFileSync(path.join(root, page), 'utf8').matchAll(/^- ([A-Z]{3}-\d{2}) \S/gm)].map((found) => ({
      id: found[1] ?? '',
      page,
    })),
  );
}

/** The name of the function at the root of a callee, with what is read on the way: `it.each([…])` gives it, each. */
function calleeNames(node: ts.Expression): string[] {
  if (ts.isIdentifier(node)) return [node.text];
  if (ts.isPropertyAccessExpression(node)) return [...calleeNames(node.expression), node.name.text];
  if (ts.isCallExpression(node)) return calleeNames(node.expression);
  return [];
}

/** The titles of the tests of a file as its text has them; groups and helpers are not tests. */
function titlesOf(file: string, text: string): { title: string; names: string[] }[] {
  const titles: { title: string; names: string[] }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const names = calleeNames(node.expression);
      const [title] = node.arguments;
      if ((names[0] === 'it' || names[0] === 'test') && title && ts.isStringLiteralLike(title))
        titles.push({ title: title.text, names });
      if ((names[0] === 'it' || names[0] === 'test') && title && ts.isTemplateExpression(title))
        titles.push({ title: title.getText().slice(1), names });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return titles;
}

/** The ids at the head of a title: `SEC-12 SEC-19 a full export …` cites two. */
function citedBy(title: string): string[] {
  const head = /^(?:[A-Z]{3}-\d{2}\s+)+/.exec(title)?.[0] ?? '';
  return head.match(id) ?? [];
}

const files = ['domain', 'contract', 'server', 'web', 'bench', 'journeys', 'scripts'].flatMap((room) =>
  globSync(`${room}/**/*.{test.ts,test.tsx,journey.ts}`, { cwd: root }),
);
const tests = files.flatMap((file) =>
  titlesOf(file, readFileSync(path.join(root, file), 'utf8')).map((test) => ({ file, ...test })),
);
const lines = acceptanceLines();

describe('the acceptance lines and the tests that prove them', () => {
  it('every line has a test whose title begins with its id', () => {
    const cited = new Set(tests.flatMap(({ title }) => citedBy(title)));
    expect(lines.filter((line) => !cited.has(line.id)).map((line) => `${line.id} of ${line.page}`)).toEqual([]);
  });

  it('every id that a title cites is a line of docs/areas', () => {
    const known = new Set(lines.map((line) => line.id));
    const strangers = tests.flatMap(({ file, title }) =>
      citedBy(title)
        .filter((cited) => !known.has(cited))
        .map((cited) => `${cited} in ${file}`),
    );
    expect([...new Set(strangers)].sort()).toEqual([]);
  });

  it('no id stands for two lines, and no test is skipped, left alone or waiting to be written', () => {
    const ids = lines.map((line) => line.id);
    expect(ids.filter((one, index) => ids.indexOf(one) !== index)).toEqual([]);
    const idle = tests.filter(({ names }) =>
      names.some((name) => ['skip', 'skipIf', 'runIf', 'todo', 'only', 'fails'].includes(name)),
    );
    expect(idle.map(({ file, title }) => `${file}: ${title}`)).toEqual([]);
  });

  it('the readers find what they should: lines, and titles of every form', () => {
    expect(lines.length).toBeGreaterThan(30);
    expect(tests.length).toBeGreaterThan(200);
    const text = `it('SEC-01 a', f); test.each([[1]])('SEC-02 SEC-03 b %s', f); it(\`SEC-04 \${x}\`, f); note('SEC-05 no'); // it('SEC-06 no')`;
    expect(titlesOf('a.ts', text).flatMap(({ title }) => citedBy(title))).toEqual([
      'SEC-01',
      'SEC-02',
      'SEC-03',
      'SEC-04',
    ]);
    expect(citedBy('reads UTF-16 and SEC-01 later')).toEqual([]);
  });
});
