import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const script = path.resolve(import.meta.dirname, '../../scripts/baoxue.mjs');

/** What a command left: its exit code and what it printed. */
export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Starts a command as an operator does, on a data folder of its own. */
export function startCommand(folder: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [script, ...args], {
    env: {
      ...process.env,
      BAOXUE_DATA: folder,
      BAOXUE_KEY_FILE: '',
      BAOXUE_TEST_CLOCK: '',
      DATABASE_URL: '',
      NODE_ENV: '',
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a command to its end. */
export function runCommand(folder: string, args: readonly string[]): Promise<Ran> {
  const child = startCommand(folder, args);
  const ran: Ran = { code: null, out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (ran.out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (ran.err += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...ran, code }));
  });
}

/** Runs a command with --json that must succeed; answers its lines. */
export async function runJson(folder: string, args: readonly string[]): Promise<Record<string, unknown>[]> {
  const ran = await runCommand(folder, [...args, '--json']);
  if (ran.code !== 0) throw new Error(`baoxue ${args.join(' ')}: ${String(ran.code)}\n${ran.out}\n${ran.err}`);
  // as: every line is an object
  return ran.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
