export { rateFormula, runComparison } from './run.ts';
export type { RunFigures, StreetFigures } from './rollup.ts';
export { wholeCut } from './cells.ts';
export { readCells } from './store-cells.ts';
export { latestRun, listTrendRuns, runAsOf, type RunRow } from './store-runs.ts';
export { ownedCondition } from './store-findings.ts';
export { findLiveFinding } from './findings.ts';
export { refreshReach } from './reach.ts';
