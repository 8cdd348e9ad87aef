import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { changeCodes } from '#domain/enrolment/change-words.ts';
import type { ChangeKind } from '#domain/enrolment/changes-record.ts';

const Table = z.object({ items: z.array(z.object({ code: z.string(), name: z.string() })) });
const file = path.join(import.meta.dirname, '../../../data/codes/registry-changes.json');
let names: ReadonlyMap<string, string> | null = null;

/** The national code of a kind (JY/T 1001 学籍异动类别) with its name, from the data file. */
export function nationalCode(kind: ChangeKind): { code: string; words: string } {
  names ??= new Map(Table.parse(JSON.parse(readFileSync(file, 'utf8'))).items.map((item) => [item.code, item.name]));
  const code = changeCodes[kind];
  return { code, words: names.get(code) ?? '' };
}
