import { InvalidArgumentError, type Command } from 'commander';
import { loadConfig } from '#server/config.ts';
import { jsonOption, print, withPlatform } from './command.ts';

function port(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number) || number < 0 || number > 65_535)
    throw new InvalidArgumentError(`端口应为 0 至 65535 的整数；现为“${text}”。`);
  return number;
}

/** Adds `serve` and `migrate`. */
export function addServing(program: Command): void {
  program
    .command('serve')
    .description('启动服务')
    .option('--port <n>', '端口', port)
    .addOption(jsonOption())
    .action(async (options: { port?: number; json: boolean }) => {
      const [{ openPlatform }, { startServing }] = await Promise.all([
        import('#server/platform.ts'),
        import('#server/serve.ts'),
      ]);
      const platform = await openPlatform(loadConfig(process.env));
      try {
        const serving = await startServing(platform, {
          web: true,
          jobs: true,
          ...(options.port === undefined ? {} : { port: options.port }),
        });
        print(options.json, { url: serving.url }, `已就绪：${serving.url}`);
        await new Promise<void>((resolve) => {
          process.once('SIGINT', () => resolve());
          process.once('SIGTERM', () => resolve());
        });
        await serving.stop();
      } finally {
        await platform.database.stop();
      }
    });

  program
    .command('migrate')
    .description('把数据库更新到本程序的结构')
    .addOption(jsonOption())
    .action((options: { json: boolean }) =>
      withPlatform(async () => {
        print(options.json, { migrated: true }, '数据库结构已是最新。');
      }),
    );
}
