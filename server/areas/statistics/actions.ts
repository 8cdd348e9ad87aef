export { hearForFigures, keepTalliesUp, mustKeepTallies } from './tallies.ts';
