export { mustPassDeadlines, passDeadlines } from './deadlines.ts';
export { hearForCases } from './listen.ts';
export { readLedger } from './ledgers.ts';
