export { findBrief, getBrief, briefsOf, type ChildBrief } from './brief.ts';
