export { findBrief, getBrief, briefsOf, type ChildBrief } from './brief.ts';
export { owingBirths } from './standing-sql.ts';
