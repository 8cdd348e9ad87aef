export { rateFormula, runComparison } from './run.ts';
export type { RunFigures, StreetFigures } from './rollup.ts';
export { latestRun, listTrendRuns, runAsOf } from './store-runs.ts';
export { ownedCondition } from './store-findings.ts';
export { findLiveFinding } from './findings.ts';
export { refreshReach } from './reach.ts';
