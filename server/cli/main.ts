import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { listKinds } from '#contract/imports.ts';
import { Failure } from '#domain/basics/failure.ts';
import { isRole, roleWords } from '#domain/basics/permissions.ts';
import { runComparison } from '#server/areas/comparison/actions.ts';
import { importNow } from '#server/areas/imports/actions.ts';
import { createDistrict, listDistricts } from '#server/areas/organisations/actions.ts';
import { createStaffWithAccount } from '#server/areas/security/actions.ts';
import { loadConfig } from '#server/config.ts';
import { loadKeys, raiseDataVersion } from '#server/crypto/keys.ts';
import { backup } from '#server/database/backup.ts';
import { openDatabase } from '#server/database/open.ts';
import { describeBackup, restore } from '#server/database/restore.ts';
import { verifyChain } from '#server/http/audit.ts';
import type { Platform } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { openPlatform } from '#server/platform.ts';
import { startServing } from '#server/serve.ts';
import { resealAll } from './reseal.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const print = (json: boolean, value: unknown, words: string) => {
  say(json ? JSON.stringify(value) : words);
};

async function withPlatform<T>(work: (platform: Platform) => Promise<T>): Promise<T> {
  const platform = await openPlatform(loadConfig(process.env));
  try {
    return await work(platform);
  } finally {
    await platform.database.stop();
  }
}

const day = (text: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new CommanderError(2, 'day', `日期应写成 YYYY-MM-DD，例如 2026-11-20；现为“${text}”。`);
  return text;
};

async function requireDistrict(platform: Platform, code: string): Promise<void> {
  if (!(await listDistricts(platform)).some((district) => district.code === code)) {
    throw new Failure('not-found', `还没有建立区 ${code}。先运行：baoxue district create ${code}`);
  }
}

const program = new Command('baoxue')
  .description('保学：控辍保学平台的命令')
  .version('0.1.0')
  .exitOverride()
  .showHelpAfterError('（加 --help 看用法）');
const json = () => new Option('--json', '以 JSON 输出').default(false);
const districtOption = () =>
  new Option('--district <code>', '区的行政区划代码，6 位，例如 420102').makeOptionMandatory();

program
  .command('serve')
  .description('启动服务')
  .option('--port <n>', '端口')
  .addOption(json())
  .action(async (options: { port?: string; json: boolean }) => {
    const platform = await openPlatform(loadConfig(process.env));
    const serving = await startServing(platform, {
      web: true,
      jobs: true,
      ...(options.port ? { port: Number(options.port) } : {}),
    });
    print(options.json, { url: serving.url }, `已就绪：${serving.url}`);
    await new Promise<void>((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    });
    await serving.stop();
    await platform.database.stop();
  });

program
  .command('migrate')
  .description('把数据库更新到本程序的结构')
  .addOption(json())
  .action((options: { json: boolean }) =>
    withPlatform(async () => {
      print(options.json, { migrated: true }, '数据库结构已是最新。');
    }),
  );

const district = program.command('district').description('区');
district
  .command('create <code>')
  .description('建立一个区，连同街道与社区')
  .addOption(json())
  .action((code: string, options: { json: boolean }) =>
    withPlatform(async (platform) => {
      const made = await createDistrict(platform, code);
      print(
        options.json,
        made,
        `已建立 ${made.name}（${made.code}）：${String(made.subdistricts)} 个街道，${String(made.communities)} 个社区。`,
      );
    }),
  );

const account = program.command('account').description('账号');
account
  .command('create')
  .description('建立人员、岗位与账号（第一个管理员用它）')
  .addOption(districtOption())
  .requiredOption('--login <login>', '登录名')
  .requiredOption('--name <name>', '姓名')
  .requiredOption(
    '--role <role>',
    `岗位：${Object.entries(roleWords)
      .map(([role, words]) => `${role} ${words}`)
      .join('、')}`,
  )
  .option('--unit <id>', '单位：学校标识码、街道或社区代码；区级岗位不填')
  .option('--password <password>', '初始密码（不填则生成）')
  .addOption(json())
  .action(
    (options: {
      district: string;
      login: string;
      name: string;
      role: string;
      unit?: string;
      password?: string;
      json: boolean;
    }) =>
      withPlatform(async (platform) => {
        await requireDistrict(platform, options.district);
        if (!isRole(options.role)) throw new Failure('input-wrong', `没有“${options.role}”这种岗位。`);
        const made = await createStaffWithAccount(platform, {
          district: options.district,
          name: options.name,
          login: options.login,
          ...(options.password ? { password: options.password } : {}),
          posts: [{ role: options.role, unitId: options.unit ?? options.district }],
          mustChange: true,
        });
        print(
          options.json,
          { login: options.login, ...made },
          `已建立账号 ${options.login}（${roleWords[options.role]}）。${options.password ? '' : `初始密码：${made.password}，`}首次登录须修改。`,
        );
      }),
  );

program
  .command('import <kind> <files...>')
  .description(`导入名单：${listKinds.join('、')}`)
  .addOption(districtOption())
  .requiredOption('--as-of <day>', '名单的日期', day)
  .option('--list <name>', 'keylist 的名单：低保、特困、脱贫、残疾、孤儿、事实无人抚养、留守……')
  .option('--valid-to <day>', 'keylist 有效期止', day)
  .option('--dry-run', '只预览，不生效', false)
  .addOption(json())
  .action(
    (
      kind: string,
      files: string[],
      options: { district: string; asOf: string; list?: string; validTo?: string; dryRun: boolean; json: boolean },
    ) =>
      withPlatform(async (platform) => {
        const list = listKinds.find((known) => known === kind);
        if (!list) throw new Failure('input-wrong', `没有“${kind}”这种名单。可用：${listKinds.join('、')}。`);
        await requireDistrict(platform, options.district);
        const actor = platformActor(options.district, '命令行');
        let failed = false;
        for (const file of files) {
          try {
            const content = await readFile(file).catch(() => {
              throw new Failure('file-unreadable', `读不到文件：${file}。请核对路径。`);
            });
            const done = await importNow(
              platform,
              actor,
              {
                kind: list,
                fileName: path.basename(file),
                asOf: options.asOf,
                dryRun: options.dryRun,
                list: options.list,
                validTo: options.validTo,
              },
              content,
            );
            const told = {
              file: path.basename(file),
              kind: list,
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
          } catch (error) {
            if (!(error instanceof Failure)) throw error;
            failed = true;
            if (options.json)
              say(
                JSON.stringify({
                  file: path.basename(file),
                  kind: list,
                  error: { code: error.code, words: error.message },
                }),
              );
            else process.stderr.write(`${path.basename(file)}：${error.message}\n`);
          }
        }
        if (failed) process.exitCode = 1;
      }),
  );

program
  .command('reconcile')
  .description('数据比对：入学率与未落实的孩子')
  .addOption(districtOption())
  .requiredOption('--as-of <day>', '比对的日期', day)
  .addOption(json())
  .action((options: { district: string; asOf: string; json: boolean }) =>
    withPlatform(async (platform) => {
      await requireDistrict(platform, options.district);
      const actor = platformActor(options.district, '命令行');
      const result = await runAs(
        platform,
        { actor, reach: { all: true, tokens: [] }, audit: 'comparison.runComparison' },
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
    }),
  );

const audit = program.command('audit').description('审计');
audit
  .command('verify')
  .description('核验审计链')
  .option('--district <code>', '只核验一个区')
  .addOption(json())
  .action((options: { district?: string; json: boolean }) =>
    withPlatform(async (platform) => {
      const client = await platform.database.loaderPool.connect();
      try {
        for (const one of await listDistricts(platform)) {
          if (options.district && one.code !== options.district) continue;
          const verdict = await verifyChain(client, platform.keys, one.code);
          print(
            options.json,
            verdict,
            verdict.brokenAt === null
              ? `${one.name}：${String(verdict.links)} 条，链完整。链头 ${verdict.head.slice(0, 16)}`
              : `${one.name}：第 ${String(verdict.brokenAt)} 条被改动或缺失！`,
          );
          if (verdict.brokenAt !== null) process.exitCode = 1;
        }
      } finally {
        client.release();
      }
    }),
  );

program
  .command('backup <file>')
  .description('备份数据库（不含主密钥）')
  .addOption(json())
  .action((file: string, options: { json: boolean }) =>
    withPlatform(async (platform) => {
      const made = await backup(platform.database, path.resolve(file), {
        now: platform.clock.now(),
        keyIds: [platform.keys.id],
      });
      print(options.json, made, `已备份到 ${file}。恢复时需要主密钥 ${platform.keys.id}，请与备份分开保管。`);
    }),
  );
program
  .command('restore <file>')
  .description('恢复备份到空数据库')
  .addOption(json())
  .action(async (file: string, options: { json: boolean }) => {
    const config = loadConfig(process.env);
    const keys = loadKeys(config.keyFile, { production: config.production });
    const database = await openDatabase(config, keys);
    try {
      const header = await describeBackup(path.resolve(file));
      if (!header.keyIds.includes(keys.id))
        throw new Failure(
          'wrong-step',
          `这份备份需要主密钥 ${header.keyIds.join('、')}，现在的密钥是 ${keys.id}。请先放好对应的主密钥文件。`,
        );
      const made = await restore(database, path.resolve(file));
      print(options.json, made, '恢复完成。');
    } finally {
      await database.stop();
    }
  });

program
  .command('keys')
  .description('密钥')
  .command('rotate')
  .description('换一把数据密钥，并把已存的号码改用新密钥')
  .addOption(json())
  .action(async (options: { json: boolean }) => {
    const config = loadConfig(process.env);
    await withPlatform(async (platform) => {
      const keys = raiseDataVersion(config.keyFile);
      const resealed = await resealAll(platform, keys);
      print(
        options.json,
        { dataVersion: keys.dataVersion, resealed },
        `已启用第 ${String(keys.dataVersion)} 版数据密钥，重新加密 ${String(resealed)} 项。`,
      );
    });
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : error.exitCode || 2;
  else {
    const words = error instanceof Error ? error.message : String(error);
    if (process.argv.includes('--json'))
      say(JSON.stringify({ error: { code: error instanceof Failure ? error.code : 'internal', words } }));
    else process.stderr.write(`${words}\n`);
    if (process.env['BAOXUE_LOG'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
    process.exitCode = 1;
  }
}
