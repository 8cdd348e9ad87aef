export { rateFormula, runComparison, type RunAnswer } from './run.ts';
export type { RunFigures, SchoolFigures, StreetFigures } from './rollup.ts';
export { mergeChildren } from './merge.ts';
export { latestRun, listTrendRuns, type RunRow } from './store-runs.ts';
export { ownedCondition } from './store-findings.ts';
