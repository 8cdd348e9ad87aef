export { mustPassDeadlines, passDeadlines } from './deadlines.ts';
export { hearForCases } from './listen.ts';
