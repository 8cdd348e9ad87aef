import { Command, InvalidArgumentError, Option } from 'commander';
import { Day } from '#contract/paging.ts';
import { Failure } from '#domain/basics/failure.ts';
import { loadConfig } from '#server/config.ts';
import type { Platform } from '#server/http/context.ts';

const titles: Record<string, string> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

// The parts of the server are loaded by the action that works with them: what only explains itself, or refuses its words, answers without them.

/** The `baoxue` command without its groups: help in Chinese, faults thrown instead of printed. */
export function newProgram(): Command {
  return new Command('baoxue')
    .description('保学：控辍保学平台的命令')
    .version('0.1.0', '-V, --version', '显示版本')
    .helpOption('-h, --help', '显示用法')
    .helpCommand('help [command]', '显示一个命令的用法')
    .configureHelp({ styleTitle: (title) => titles[title] ?? title })
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
}

/** The option of every command that prints one JSON value a line instead of words. */
export function jsonOption(): Option {
  return new Option('--json', '以 JSON 输出').default(false);
}

/** The option that says which district is meant. */
export function districtOption(): Option {
  return new Option('--district <code>', '区的行政区划代码，6 位，例如 420102').makeOptionMandatory();
}

/** Prints a line on standard output. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints what was done: the value as one line of JSON, or the words. */
export function print(json: boolean, value: unknown, words: string): void {
  say(json ? JSON.stringify(value) : words);
}

/** Reads a day of the calendar, `YYYY-MM-DD`. */
export function day(text: string): string {
  if (!Day.safeParse(text).success)
    throw new InvalidArgumentError(`日期应写成 YYYY-MM-DD，例如 2026-11-20；现为“${text}”。`);
  return text;
}

/** Opens the installation, brings its schema up to date, works, and leaves it. */
export async function withPlatform<T>(work: (platform: Platform) => Promise<T>): Promise<T> {
  const [{ openPlatform }, { connectListeners }] = await Promise.all([
    import('#server/platform.ts'),
    import('#server/listeners.ts'),
  ]);
  const platform = await openPlatform(loadConfig(process.env));
  connectListeners(platform);
  try {
    return await work(platform);
  } finally {
    await platform.database.stop();
  }
}

/** Refuses a district that the installation does not serve. */
export async function requireDistrict(platform: Platform, code: string): Promise<void> {
  const { listDistricts } = await import('#server/areas/organisations/actions.ts');
  if (!(await listDistricts(platform)).some((district) => district.code === code)) {
    throw new Failure('not-found', `还没有建立区 ${code}。先运行：baoxue district create ${code}`);
  }
}
