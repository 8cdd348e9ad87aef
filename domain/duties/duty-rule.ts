import type { Role } from '#domain/basics/roles.ts';
import type { DueRule, DutyPlace, DutyRuleId, DutySubject } from './record.ts';

/** A rule of deadlines as data (product, section 5): what starts the duty, who owes it, until when, to whom it climbs, what settles it. */
export interface DutyRule {
  id: DutyRuleId;
  version: number;
  /** Clause of the plan. */
  clause: string;
  /** What is owed, as a line of the desk. */
  title: string;
  /** The news that starts it, with its condition in words. */
  trigger: { news: string; when: string };
  subject: DutySubject;
  /** Who owes it, then to whom it climbs, level by level; a case's owner is told by its step. */
  ladder: readonly Role[];
  /** How many levels hold it from the start beyond the first. */
  heldAbove: number;
  due: DueRule;
  /** The settings from which its deadline is reckoned; the first holds the number of `due` where that has one. The bureau sets each with its date. */
  settings: readonly string[];
  /** Climbs at night too. */
  urgent: boolean;
  /** One open duty for its subject, however often it starts; otherwise one for each occasion. */
  single: boolean;
  /** The news that settles it. */
  settledBy: readonly string[];
  /** The one tap: words and path. */
  act: { words: string; path(place: DutyPlace, subjectId: string, occasion: string): string };
}

/** A rule with what most rules have. */
export const rule = (
  made: Omit<DutyRule, 'version' | 'heldAbove' | 'settings' | 'urgent' | 'single'> & Partial<DutyRule>,
): DutyRule => ({ version: 1, heldAbove: 0, settings: [], urgent: false, single: false, ...made });
