export { mustPassDeadlines, passDeadlines } from './deadlines.ts';
export { countOnLedger } from './ledgers.ts';
export { hearForCases } from './listen.ts';
