import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { Failure } from '#domain/basics/failure.ts';
import { loadConfig } from '#server/config.ts';
import { loadKeys, raiseDataVersion } from '#server/crypto/keys.ts';
import { jsonOption, print, requireDistrict, withPlatform } from './command.ts';

function verifyAudit(options: { district?: string; json: boolean }): Promise<void> {
  return withPlatform(async (platform) => {
    if (options.district !== undefined) await requireDistrict(platform, options.district);
    const [{ listDistricts }, { verifyChain }] = await Promise.all([
      import('#server/areas/organisations/actions.ts'),
      import('#server/http/audit.ts'),
    ]);
    const client = await platform.database.loaderPool.connect();
    try {
      for (const one of await listDistricts(platform)) {
        if (options.district !== undefined && one.code !== options.district) continue;
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
  });
}

function makeBackup(file: string, options: { json: boolean }): Promise<void> {
  return withPlatform(async (platform) => {
    const [{ backup }, { fileFolder }] = await Promise.all([
      import('#server/database/backup.ts'),
      import('#server/files/store.ts'),
    ]);
    const made = await backup(platform.database, path.resolve(file), {
      now: platform.clock.now(),
      keyIds: [platform.keys.id],
      filesFolder: fileFolder(platform.config.dataDirectory),
    });
    print(
      options.json,
      made,
      `已备份到 ${file}（含 ${String(made.files)} 份文件）。恢复时需要主密钥 ${platform.keys.id}，请与备份分开保管。`,
    );
  });
}

async function restoreBackup(file: string, options: { json: boolean }): Promise<void> {
  const [{ describeBackup, restore }, { openDatabase }, { fileFolder }] = await Promise.all([
    import('#server/database/restore.ts'),
    import('#server/database/open.ts'),
    import('#server/files/store.ts'),
  ]);
  const header = await describeBackup(path.resolve(file));
  const config = loadConfig(process.env);
  const needed = header.keyIds.join('、');
  // A key made here could open nothing of the backup.
  if (!existsSync(config.keyFile))
    throw new Failure('wrong-step', `这份备份需要主密钥 ${needed}。请先把主密钥文件放到 ${config.keyFile}，再恢复。`);
  const keys = loadKeys(config.keyFile, { production: config.production });
  if (!header.keyIds.includes(keys.id))
    throw new Failure(
      'wrong-step',
      `这份备份需要主密钥 ${needed}，现在的密钥是 ${keys.id}。请先放好对应的主密钥文件。`,
    );
  const database = await openDatabase(config, keys);
  try {
    const made = await restore(database, path.resolve(file), { filesFolder: fileFolder(config.dataDirectory) });
    print(options.json, made, `恢复完成：${String(made.rows)} 行，${String(made.files)} 份文件。`);
  } finally {
    await database.stop();
  }
}

function rotateKeys(options: { json: boolean }): Promise<void> {
  return withPlatform(async (platform) => {
    const { resealAll } = await import('./reseal.ts');
    const keys = raiseDataVersion(platform.config.keyFile);
    const resealed = await resealAll(platform, keys);
    print(
      options.json,
      { dataVersion: keys.dataVersion, resealed },
      `已启用第 ${String(keys.dataVersion)} 版数据密钥，重新加密 ${String(resealed)} 项。`,
    );
  });
}

/** Adds `audit verify`, `backup`, `restore` and `keys rotate`. */
export function addKeeping(program: Command): void {
  program
    .command('audit')
    .description('审计')
    .command('verify')
    .description('核验审计链')
    .option('--district <code>', '只核验一个区')
    .addOption(jsonOption())
    .action(verifyAudit);
  program
    .command('backup <file>')
    .description('备份数据库和文件库（不含主密钥）')
    .addOption(jsonOption())
    .action(makeBackup);
  program
    .command('restore <file>')
    .description('恢复备份到空数据库和文件库')
    .addOption(jsonOption())
    .action(restoreBackup);
  program
    .command('keys')
    .description('密钥')
    .command('rotate')
    .description('换一把数据密钥，并把已存的号码改用新密钥')
    .addOption(jsonOption())
    .action(rotateKeys);
}
