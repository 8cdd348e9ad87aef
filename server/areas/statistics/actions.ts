export { mustTellReportsDue, tellReportsDue } from './reports-due.ts';
export { hearForFigures, keepTalliesUp, mustKeepTallies } from './tallies.ts';
export { countByStreetAndLevel, countWhole } from './counts.ts';
