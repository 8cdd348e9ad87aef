// Plain JavaScript for Node ≥ 20: runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's folder. */
export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const modules = path.join(repository, 'node_modules');
const begun = Date.now();

/** A progress line with the seconds since the start. */
export function progress(line) {
  console.error(`[${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} 秒] ${line}`);
}

/** Installs the locked packages when they are not what package-lock.json says. Returns false when that fails. */
export function ensureModules() {
  const lock = path.join(repository, 'package-lock.json');
  const stamp = path.join(modules, '.baoxue-lock');
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  if (!installedAsLocked(lock)) {
    progress('正在安装依赖（首次需要几分钟）……');
    // NODE_ENV=production would leave out what builds the pages. Standard output belongs to the command that is run afterwards.
    const args = [
      'ci',
      '--ignore-scripts',
      '--no-fund',
      '--no-audit',
      '--loglevel=error',
      '--include=dev',
      '--include=optional',
    ];
    const npm = process.env.npm_execpath;
    const options = { cwd: repository, stdio: ['ignore', 2, 2] };
    const answer = npm?.endsWith('.js')
      ? spawnSync(process.execPath, [npm, ...args], options)
      : spawnSync('npm', args, options);
    if (answer.status !== 0) {
      progress('依赖安装失败，请检查网络和 npm 源设置后重试。');
      return false;
    }
    progress('依赖安装完成');
  }
  writeFileSync(stamp, wanted);
  return true;
}

/** The Node that the lock file pins; this one when there is no package for the machine and it is new enough. */
export function pinnedNode() {
  const pinned = path.join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  progress(
    `没有适合本机（${process.platform}-${process.arch}）的 Node 24，请安装 Node 24 后重试（当前 ${process.versions.node}）。`,
  );
  process.exit(1);
}

/** Builds the pages into dist/web when their sources changed since the last time. Returns false when that fails. */
export function buildWeb() {
  if (!existsSync(path.join(repository, 'web', 'vite.config.ts'))) return true;
  const stamp = path.join(repository, 'dist', 'web.stamp');
  const wanted = sourcesDigest();
  const built = existsSync(path.join(repository, 'dist', 'web', 'index.html'));
  if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  progress('正在生成网页……');
  const vite = path.join(modules, 'vite', 'bin', 'vite.js');
  const answer = spawnSync(pinnedNode(), [vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'], {
    cwd: repository,
    stdio: ['ignore', 2, 2],
  });
  if (answer.status !== 0) {
    progress('网页生成失败，原因见上。');
    return false;
  }
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  progress('网页生成完成');
  return true;
}

/** Runs a server program on the pinned Node, hands signals on, and ends as it ends. */
export function become(program, args) {
  // What Node makes of the source code is kept with the data: the next start and each command read it from there.
  const data = path.resolve(process.env.BAOXUE_DATA || path.join(repository, '.data'));
  const code = path.join(data, 'code');
  try {
    // Nobody else may enter the folder of the data: Node itself would make it open to all.
    mkdirSync(code, { recursive: true, mode: 0o700 });
  } catch {
    // The program says in words what is wrong with the folder.
  }
  const env = { NODE_COMPILE_CACHE: code, ...process.env };
  const child = spawn(pinnedNode(), [path.join(repository, program), ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole group, so the child has it already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.once('error', (error) => {
    progress(`无法启动：${error.message}`);
    process.exit(1);
  });
  child.once('exit', (code, signal) =>
    process.exit(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1)),
  );
}

/** True when every package of the lock file is in node_modules in its version, as after somebody's own `npm ci`. */
function installedAsLocked(lock) {
  const hidden = path.join(modules, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(lock, 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(([place, { version, optional, os, cpu, libc }]) => {
    if (place === '') return true;
    const elsewhere = (os && !os.includes(process.platform)) || (cpu && !cpu.includes(process.arch));
    if (elsewhere || (optional && !os && !cpu)) return true;
    return present[place]?.version === version || (optional && libc !== undefined);
  });
}

function sourcesDigest() {
  const hash = createHash('sha256');
  hash.update(readFileSync(path.join(repository, 'package-lock.json')));
  for (const room of ['web', 'contract', 'domain']) {
    const folder = path.join(repository, room);
    if (!existsSync(folder)) continue;
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
      .sort();
    for (const file of files) hash.update(`\0${path.relative(repository, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** The journeys and the benches of the phone need Debian's Chromium and a Chinese font, the tests of documents Debian's readers of PDF. */
export function ensureBrowser() {
  const programs = ['/usr/bin/chromium', '/usr/bin/pdftotext'];
  if (programs.every((program) => existsSync(program))) return true;
  const packages = ['chromium', 'fonts-noto-cjk', 'poppler-utils'];
  if (process.getuid?.() !== 0) {
    progress(`测试需要 ${packages.join('、')}，请让管理员执行：apt-get install ${packages.join(' ')}`);
    return false;
  }
  progress('正在安装浏览器、中文字体和 PDF 工具……');
  const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  if (programs.every((program) => existsSync(program))) return true;
  progress('安装失败，浏览器测试和文书测试无法进行。');
  return false;
}
