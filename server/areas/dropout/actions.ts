export { mustPassDeadlines, passDeadlines } from './deadlines.ts';
export { carryCase } from './follow.ts';
export { countOnLedger } from './ledgers.ts';
export { hearForCases } from './listen.ts';
export { readLedger } from './ledgers.ts';
