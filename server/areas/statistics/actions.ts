export { mustTellReportsDue, tellReportsDue } from './reports-due.ts';
export { hearForFigures, keepTalliesUp, mustKeepTallies } from './tallies.ts';
export { keepWorkUp, mustKeepWork } from './work.ts';
