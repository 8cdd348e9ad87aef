// Types and rules of the code in one process: the rules ask the checker that has just found the types, which is a third of the work.
// Ends with 0, with 1 where a type is wrong, with 2 where a rule is broken, with 3 where both are.
import { ESLint } from 'eslint';
import ts from 'typescript';
import { repository } from './prepare.mjs';

const config = ts.getParsedCommandLineOfConfigFile('tsconfig.json', {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (found) => report([found]) }); // prettier-ignore
if (!config) process.exit(3);
const host = ts.createCompilerHost(config.options, true);
const program = ts.createProgram({ rootNames: config.fileNames, options: config.options, host, configFileParsingDiagnostics: config.errors }); // prettier-ignore

/** Prints what the compiler found; answers whether it is nothing. */
function report(found) {
  const words = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => repository, getNewLine: () => '\n' };
  if (found.length > 0) console.log(ts.formatDiagnosticsWithColorAndContext(found, words));
  return found.length === 0;
}

const begun = Date.now();
const typesHold = report(ts.getPreEmitDiagnostics(program));
console.log(`types: ${((Date.now() - begun) / 1000).toFixed(1)} s`);

const eslint = new ESLint({
  cwd: repository,
  overrideConfig: [
    { files: ['**/*.{ts,tsx}'], languageOptions: { parserOptions: { projectService: false, programs: [program] } } },
  ],
});
const results = await eslint.lintFiles(['.']);
const formatter = await eslint.loadFormatter('stylish');
const text = await formatter.format(results);
if (text) console.log(text);
const rulesHold = results.every(({ errorCount, warningCount }) => errorCount + warningCount === 0);
console.log(`rules: ${String(results.length)} files`);
process.exit((typesHold ? 0 : 1) + (rulesHold ? 0 : 2));
