export { findBrief, getBrief, briefsOf, phoneMasksOf, type ChildBrief } from './brief.ts';
export { owingBirths } from './standing-sql.ts';
