import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { listKinds } from '#contract/imports.ts';
import { Failure } from '#domain/basics/failure.ts';
import type { Platform } from '#server/http/context.ts';
import { day, districtOption, jsonOption, print, requireDistrict, say, withPlatform } from './command.ts';

interface ImportOptions {
  district: string;
  asOf: string;
  list?: string;
  validTo?: string;
  dryRun: boolean;
  json: boolean;
}

async function importOne(
  platform: Platform,
  kind: (typeof listKinds)[number],
  file: string,
  options: ImportOptions,
): Promise<void> {
  const content = await readFile(file).catch(() => {
    throw new Failure('file-unreadable', `读不到文件：${file}。请核对路径。`);
  });
  const fileName = path.basename(file);
  const [{ importNow }, { platformActor }] = await Promise.all([
    import('#server/areas/imports/actions.ts'),
    import('#server/http/run.ts'),
  ]);
  const done = await importNow(
    platform,
    platformActor(options.district, '命令行'),
    { kind, fileName, asOf: options.asOf, dryRun: options.dryRun, list: options.list, validTo: options.validTo },
    content,
  );
  const told = {
    file: fileName,
    kind,
    rows: done.rows,
    accepted: done.accepted,
    unchanged: done.unchanged,
    repeated: done.repeated,
    held: done.held,
    ...(options.dryRun ? { dryRun: true } : {}),
  };
  const heldWords = done.held
    .map((row) => `\n  第 ${String(row.row)} 行 ${row.name || '（无姓名）'}：${row.reason}`)
    .join('');
  print(
    options.json,
    told,
    `${told.file}：${String(told.rows)} 行，接收 ${String(told.accepted)}，未变 ${String(told.unchanged)}，重复 ${String(told.repeated)}，待更正 ${String(told.held.length)}${options.dryRun ? '（预览，未生效）' : ''}${heldWords}`,
  );
}

/** Imports one file after the other; a file that fails is told and does not stop the others. */
function importLists(kind: string, files: string[], options: ImportOptions): Promise<void> {
  return withPlatform(async (platform) => {
    const list = listKinds.find((known) => known === kind);
    if (!list) throw new Failure('input-wrong', `没有“${kind}”这种名单。可用：${listKinds.join('、')}。`);
    await requireDistrict(platform, options.district);
    for (const file of files) {
      try {
        await importOne(platform, list, file, options);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        process.exitCode = 1;
        const told = { file: path.basename(file), kind: list, error: { code: error.code, words: error.message } };
        if (options.json) say(JSON.stringify(told));
        else process.stderr.write(`${told.file}：${error.message}\n`);
      }
    }
  });
}

function reconcile(options: { district: string; asOf: string; json: boolean }): Promise<void> {
  return withPlatform(async (platform) => {
    await requireDistrict(platform, options.district);
    const [{ runComparison }, { platformActor, runAs }] = await Promise.all([
      import('#server/areas/comparison/actions.ts'),
      import('#server/http/run.ts'),
    ]);
    const result = await runAs(
      platform,
      {
        actor: platformActor(options.district, '命令行'),
        reach: { all: true, tokens: [] },
        audit: 'comparison.runComparison',
      },
      (context) => runComparison(context, options.asOf),
    );
    const rate = result.enrolmentRate;
    const counts = Object.entries(result.findings)
      .map(([kind, list]) => `  ${kind}：${String(list.length)}`)
      .join('\n');
    print(
      options.json,
      result,
      `应入学 ${String(result.schoolAge.owing)} 人，入学率 ${((rate.enrolledOnRoster / Math.max(1, rate.denominator)) * 100).toFixed(1)} %（${String(rate.enrolledOnRoster)}／${String(rate.denominator)}）\n${counts}`,
    );
  });
}

/** Adds `import` and `reconcile`. */
export function addLists(program: Command): void {
  program
    .command('import <kind> <files...>')
    .description(`导入名单：${listKinds.join('、')}`)
    .addOption(districtOption())
    .requiredOption('--as-of <day>', '名单的日期', day)
    .option('--list <name>', 'keylist 的名单：低保、特困、脱贫、残疾、孤儿、事实无人抚养、留守……')
    .option('--valid-to <day>', 'keylist 有效期止', day)
    .option('--dry-run', '只预览，不生效', false)
    .addOption(jsonOption())
    .action(importLists);

  program
    .command('reconcile')
    .description('数据比对：入学率与未落实的孩子')
    .addOption(districtOption())
    .requiredOption('--as-of <day>', '比对的日期', day)
    .addOption(jsonOption())
    .action(reconcile);
}
