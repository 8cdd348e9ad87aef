export { findBrief, getBrief, briefsOf, phoneMasksOf, type ChildBrief } from './brief.ts';
