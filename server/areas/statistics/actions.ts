export { getCockpit } from './cockpit.ts';
export { getFigures, listFigures } from './figures.ts';
export { mustTellReportsDue, tellReportsDue } from './reports-due.ts';
export { hearForFigures, keepTalliesUp, mustKeepTallies } from './tallies.ts';
export { keepWorkUp, mustKeepWork } from './work.ts';
export { countByStreetAndLevel, countWhole } from './counts.ts';
