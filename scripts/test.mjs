// `npm test`: every check and every test, one after the other; goes on after a failure. The last line is `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { setPriority } from 'node:os';
import path from 'node:path';
import { ensureBrowser, ensureModules, pinnedNode, progress, repository } from './prepare.mjs';

const results = path.join(repository, 'test-results');
const total = { passed: 0, failed: 0 };
/** What failed, and what passed only when its file was run again: named once more before the last line. */
const ill = [];
const secondTry = [];
const running = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    process.exitCode = 1;
    setTimeout(() => process.exit(1), 15_000).unref();
  });
}

if (ensureModules()) await everything();
else total.failed += 1;
if (secondTry.length > 0)
  console.log(`passed only at the second try:\n${secondTry.map((name) => `  ${name}`).join('\n')}`);
if (ill.length > 0) console.log(`failed:\n${ill.map((name) => `  ${name}`).join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && !process.exitCode ? 0 : 1);

async function everything() {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const stories = journeys();
  const browser = stories.length === 0 || ensureBrowser();
  // Types and rules only think: they run beside everything else and behind it, while tests wait for pages, disks and clocks (decision 0016).
  const rules = step('类型和代码规则', typesAndRules);
  await check('格式', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
  await step('依赖方向', importRules);
  await check('无用代码', 'knip/bin/knip.js', []);
  await check('生成网页', 'vite/bin/vite.js', ['build', '--config', 'web/vite.config.ts', '--logLevel', 'warn']);
  await step('单元与服务测试', () => vitest('tests', []));
  if (stories.length === 0) progress('还没有浏览器故事测试');
  else if (!browser) await step('浏览器故事', () => ({ passed: 0, failed: 1 }));
  else await step('浏览器故事', () => vitest('journeys', ['--config', 'journeys/vitest.config.ts']));
  await rules;
}

/** Types and rules of the code count as two checks; `scripts/rules.mjs` says by its end which of them hold. */
async function typesAndRules() {
  const status = await tool('../scripts/rules.mjs', [], { behind: true });
  const wrong = [(status & 1) > 0 || status > 3 ? '类型' : null, (status & 2) > 0 || status > 3 ? '代码规则' : null];
  const failed = wrong.filter((name) => name !== null);
  ill.push(...failed);
  return { passed: 2 - failed.length, failed: failed.length };
}

/** Runs a step, prints its time and adds what it counted. */
async function step(name, work) {
  if (process.exitCode) return;
  progress(`${name} ……`);
  const since = Date.now();
  const { passed, failed } = await work();
  total.passed += passed;
  total.failed += failed;
  const seconds = ((Date.now() - since) / 1000).toFixed(1);
  progress(`${name}：${failed === 0 ? '通过' : '未通过'}（${passed} 项通过，${failed} 项失败，用时 ${seconds} 秒）`);
}

/** A tool that passes or fails as a whole counts as one. */
async function check(name, program, args) {
  await step(name, async () => {
    if ((await tool(program, args)) === 0) return { passed: 1, failed: 0 };
    ill.push(name);
    return { passed: 0, failed: 1 };
  });
}

/**
 * All tests of one configuration. Files with a failure run a second time, alone and on a machine at rest
 * (decision 0010): what passes then is counted as passed and named before the last line.
 */
async function vitest(name, args) {
  const first = await vitestRun(name, args);
  if (first.files.length === 0) {
    ill.push(...first.failures);
    return first.count;
  }
  progress(`有 ${first.files.length} 个测试文件未通过，单独再运行一次……`);
  const second = await vitestRun(`${name}-second`, [...args, ...first.files, '--no-file-parallelism']);
  const stillIll = new Set(second.failures);
  secondTry.push(...first.failures.filter((failure) => !stillIll.has(failure)));
  ill.push(...second.failures);
  return {
    passed: first.count.passed - first.passedIn(first.files) + second.count.passed,
    failed: second.count.failed,
  };
}

async function vitestRun(name, args) {
  const file = path.join(results, `${name}.json`);
  const status = await tool('vitest/vitest.mjs', [
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  if (!existsSync(file)) {
    return { count: { passed: 0, failed: 1 }, files: [], failures: [`${name}: no report`], passedIn: () => 0 };
  }
  const suites = JSON.parse(readFileSync(file, 'utf8')).testResults;
  const passedIn = (names) =>
    suites
      .filter((suite) => names.includes(suite.name))
      .reduce((sum, suite) => sum + suite.assertionResults.filter((test) => test.status === 'passed').length, 0);
  const failures = suites.flatMap((suite) => failuresOf(suite));
  const failed = failures.length === 0 && status !== 0 ? [`${name}: ended with ${status}`] : failures;
  return {
    count: { passed: passedIn(suites.map((suite) => suite.name)), failed: failed.length },
    files: suites.filter((suite) => failuresOf(suite).length > 0).map((suite) => suite.name),
    failures: failed,
    passedIn,
  };
}

/** The failed tests of a file; a file that could not be loaded, or whose set-up failed, counts as one. */
function failuresOf(suite) {
  const place = path.relative(repository, suite.name);
  const failed = suite.assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `${place}: ${test.fullName}`);
  return suite.status === 'failed' && failed.length === 0 ? [`${place}: could not run`] : failed;
}

/** The import rules, and that the cruiser read the modules at all: with a compiler it does not know it reads none and passes. */
async function importRules() {
  const rooms = ['domain', 'contract', 'server', 'web'].filter((room) => existsSync(path.join(repository, room)));
  const program = path.join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const answer = spawnSync(
    pinnedNode(),
    [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...rooms],
    {
      cwd: repository,
      encoding: 'utf8',
      maxBuffer: 1024 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let summary;
  try {
    summary = JSON.parse(answer.stdout).summary;
  } catch {
    console.log(answer.stdout.slice(0, 2000));
    return { passed: 0, failed: 1 };
  }
  const sources = rooms.reduce((sum, room) => sum + sourceCount(path.join(repository, room)), 0);
  const enough = summary.totalCruised >= Math.min(100, sources);
  for (const { rule, from, to } of summary.violations.filter(({ rule: { severity } }) => severity === 'error')) {
    console.log(`${rule.name}: ${from} → ${to}`);
  }
  console.log(
    `${summary.totalCruised} modules, ${summary.totalDependenciesCruised} dependencies, ${summary.error} errors`,
  );
  if (!enough) console.log(`only ${summary.totalCruised} of ${sources} modules were read`);
  return summary.error === 0 && enough ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function sourceCount(folder) {
  return readdirSync(folder, { recursive: true }).filter((name) => /\.tsx?$/.test(name)).length;
}

function journeys() {
  const folder = path.join(repository, 'journeys');
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.journey.ts'))
    : [];
}

/** Runs a program of the modules to its end; "behind" has the cores when the others leave them. */
function tool(program, args, { behind = false } = {}) {
  return new Promise((resolve) => {
    const node = pinnedNode();
    const child = spawn(node, [path.join(repository, 'node_modules', program), ...args], {
      cwd: repository,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: path.join(results, 'code'),
        PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`,
      },
    });
    running.add(child);
    if (behind && child.pid !== undefined) setPriority(child.pid, 5);
    child.once('error', () => resolve(1));
    child.once('exit', (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}
