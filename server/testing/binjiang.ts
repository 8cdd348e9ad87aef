import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { HandIn } from '#server/areas/imports/actions.ts';
import type { Performed } from '#server/areas/imports/perform.ts';

/** Folder of the Binjiang sample: one small district's lists with planted problems, and the truth. */
export const binjiangFolder = path.join(import.meta.dirname, 'samples/binjiang');

/** Whoever takes a list: a world, or what prepares one. */
interface Importer {
  importFile(input: HandIn, content: Buffer): Promise<Performed>;
}

/** Imports every list of the Binjiang sample; `reverse` hands in rosters before the register. */
export async function loadBinjiang(
  world: Importer,
  options: { reverse?: boolean } = {},
): Promise<Record<string, Performed>> {
  const done: Record<string, Performed> = {};
  const hand = async (kind: 'schools' | 'register' | 'roster' | 'presence', fileName: string) => {
    done[fileName] = await world.importFile(
      { kind, fileName, asOf: '2026-11-20', dryRun: false },
      await readFile(path.join(binjiangFolder, fileName)),
    );
  };
  await hand('schools', '学校名录.csv');
  const rosters = (await readdir(binjiangFolder)).filter((name) => name.startsWith('学籍_')).sort();
  const lists = [
    ['register', '适龄儿童少年信息档案.xlsx'] as const,
    ...rosters.map((name) => ['roster', name] as const),
  ];
  for (const [kind, name] of options.reverse ? lists.reverse() : lists) await hand(kind, name);
  await hand('presence', '到校情况_2026-11-20.xlsx');
  return done;
}

/** The truth of the sample. */
export async function binjiangTruth(): Promise<{
  schoolAge: unknown;
  enrolmentRate: unknown;
  findings: Record<string, Record<string, string>[]>;
}> {
  // as: the file is ours
  return JSON.parse(await readFile(path.join(binjiangFolder, 'expected.json'), 'utf8')) as Awaited<
    ReturnType<typeof binjiangTruth>
  >;
}
