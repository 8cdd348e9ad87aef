import type { Command } from 'commander';
import { Failure } from '#domain/basics/failure.ts';
import { loadConfig } from '#server/config.ts';
import { loadKeys } from '#server/crypto/keys.ts';
import { tables } from '#server/database/manifest.ts';
import { jsonOption, print } from './command.ts';

async function checkRules(json: boolean): Promise<void> {
  const { clusterFaults } = await import('#server/database/cluster.ts');
  const faults = clusterFaults();
  if (faults.length > 0) throw new Failure('internal', `迁移不合集群规则：\n${faults.join('\n')}`);
  print(json, { tables: tables.length, faults }, `迁移合乎集群规则：${String(tables.length)} 张表，没有违反之处。`);
}

async function applyToCluster(json: boolean): Promise<void> {
  const [{ placementFaults, readyCluster }, { createDatabase }, { ensureRoles }, { openPlatform }] = await Promise.all([
    import('#server/database/cluster.ts'),
    import('#server/database/open.ts'),
    import('#server/database/roles.ts'),
    import('#server/platform.ts'),
  ]);
  const config = loadConfig(process.env);
  if (config.databaseUrl === null)
    throw new Failure(
      'input-wrong',
      '请用 DATABASE_URL 指明集群的协调节点，例如 postgres://postgres@coordinator:5432/baoxue。',
    );
  const keys = loadKeys(config.keyFile, { production: config.production });
  const name = new URL(config.databaseUrl).pathname.slice(1) || 'baoxue';
  await ensureRoles(config.databaseUrl, keys);
  await createDatabase(config.databaseUrl, name);
  const { version, workers } = await readyCluster(config.databaseUrl, name);
  const platform = await openPlatform(config);
  await platform.database.stop();
  const faults = await placementFaults(config.databaseUrl, name);
  if (faults.length > 0)
    throw new Failure('internal', `有 ${String(faults.length)} 张表的分布与清单不符：\n${faults.join('\n')}`);
  print(json, { version, workers, tables: tables.length }, `已在 Citus ${version} 上建表：${String(tables.length)} 张，工作节点 ${String(workers)} 个，分布与清单一致。`); // prettier-ignore
}

/** Adds `cluster check` and `cluster apply`. */
export function addCluster(program: Command): void {
  const group = program.command('cluster').description('省级集群（Citus 14）');
  group
    .command('check')
    .description('核对迁移是否合乎集群规则（不连数据库）')
    .addOption(jsonOption())
    .action((options: { json: boolean }) => checkRules(options.json));
  group
    .command('apply')
    .description('在 DATABASE_URL 的协调节点上建表，按清单分布，并核对')
    .addOption(jsonOption())
    .action((options: { json: boolean }) => applyToCluster(options.json));
}
