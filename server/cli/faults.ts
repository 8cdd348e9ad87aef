import { CommanderError } from 'commander';
import { Failure } from '#domain/basics/failure.ts';
import { say } from './command.ts';

const usageFaults: Record<string, string> = {
  'commander.unknownCommand': '没有这个命令',
  'commander.unknownOption': '没有这个选项',
  'commander.missingArgument': '缺少参数',
  'commander.missingMandatoryOptionValue': '缺少选项',
  'commander.optionMissingArgument': '选项后面缺少值',
  'commander.excessArguments': '参数太多',
};

function usageWords(error: CommanderError): string {
  const own = / is invalid\. (.+)$/s.exec(error.message)?.[1];
  if (own !== undefined) return own;
  const named = /'([^']+)'/.exec(error.message)?.[1];
  const words = usageFaults[error.code] ?? error.message;
  return `${words}${named === undefined ? '' : `：${named}`}（加 --help 看用法）`;
}

function tell(json: boolean, code: string, words: string): void {
  if (json) say(JSON.stringify({ error: { code, words } }));
  else process.stderr.write(`${words}\n`);
}

/** Says what went wrong, as words on standard error or as JSON on standard output; answers the exit code: 2 for a wrong call, 1 for a failure. */
export function exitCodeOf(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // A group without its command has printed its help already.
    if (error.code !== 'commander.help' || json) tell(json, 'input-wrong', usageWords(error));
    return 2;
  }
  const words = error instanceof Error ? error.message : String(error);
  tell(json, error instanceof Failure ? error.code : 'internal', words);
  if (process.env['BAOXUE_LOG'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return 1;
}
