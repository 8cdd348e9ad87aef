export { findBrief, getBrief, briefsOf, phoneMaskOf, phoneMasksOf, type ChildBrief } from './brief.ts';
