import { loadConfig } from './config.ts';
import { connectListeners } from './listeners.ts';
import { openPlatform } from './platform.ts';
import { startServing } from './serve.ts';
import { loadSample, sampleAccounts } from './sample/load.ts';
import { listDistricts } from './areas/organisations/actions.ts';

const empty = process.argv.includes('--empty');
/** The sample district as its lists give it, before anything happened in it. */
const listsOnly = process.argv.includes('--lists');
const started = performance.now();
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const config = loadConfig(process.env);
  const platform = await openPlatform(config, say);
  connectListeners(platform);
  const districts = await listDistricts(platform);
  if (districts.length === 0 && !empty && !config.production) {
    say('第一次启动：正在载入示例区（虚构的学校与人员，真实的街道与社区）……');
    await loadSample(platform, say, { listsOnly });
  }
  const accounts = config.production ? [] : await sampleAccounts(platform);
  const isEmpty = (await listDistricts(platform)).length === 0;
  const serving = await startServing(platform, { web: true, jobs: true });
  // Before anybody is told that it serves: from then on it may be asked to stop.
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    say('正在停止……');
    serving
      .stop()
      .then(() => platform.database.stop())
      .then(
        () => {
          say('已停止。');
          process.exit(0);
        },
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.message : '停止时出错'}\n`);
          process.exit(1);
        },
      );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  say(`保学平台已就绪：${serving.url}（${((performance.now() - started) / 1000).toFixed(1)} 秒）`);
  for (const line of accounts) say(line);
  if (isEmpty)
    say(
      '还没有任何区。建立一个区：npm run -s baoxue -- district create 420102；再建第一个账号：npm run -s baoxue -- account create --help',
    );
} catch (error) {
  process.stderr.write(`启动没有完成：${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['BAOXUE_LOG'] === 'debug')
    process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : ''}\n`);
  process.exit(1);
}
