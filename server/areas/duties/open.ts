import { reachToken } from '#domain/basics/reach.ts';
import { dutyRules } from '#domain/duties/catalogue.ts';
import type { DutyRule } from '#domain/duties/duty-rule.ts';
import { settingLabel, settingValue } from '#domain/organisations/settings.ts';
import type { DueRule, DutyOwner, DutyRuleId } from '#domain/duties/record.ts';
import { dueMoment, levelsFor, unitFor } from '#domain/duties/rules.ts';
import { isWorkday, readDatedSettings, schoolCalendar } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { openForChildren, openForClass, type DutyWrite } from './store-duties.ts';
import { tellUrgent } from './tell.ts';

/** A duty that starts: its place, its event, and what is told by the news where the rule leaves it open. */
export interface Start {
  rule: DutyRuleId;
  /** The children it is about, a duty for each; null: about a class. */
  childIds: readonly string[] | null;
  /** null: the child himself. */
  subjectId: string | null;
  /** What tells this start from another of the same rule and subject. */
  occasion: string;
  caseId?: string | null;
  schoolId: string | null;
  classId: string | null;
  owner?: DutyOwner | null;
  why: string;
  event: string;
  at: string;
  dueDate?: string | null;
  /** The moments themselves, where the news reckons them: until when, and from when it climbs (left out: from then on). */
  dueAt?: string;
  climbsAt?: string;
  /** The day whose rule holds, where it is not the day of the news itself. */
  ruleDay?: string;
}

/**
 * The rule as it holds on the day of the start: the bureau's number laid over the default, and its version, which names what the bureau has
 * set of all that the deadline is reckoned from.
 */
export async function ruleOn(
  context: Context,
  rule: DutyRule,
  day: string,
): Promise<{ due: DueRule; version: string }> {
  const standard = `v${String(rule.version)}`;
  if (rule.settings.length === 0) return { due: rule.due, version: standard };
  const { settings, since } = await readDatedSettings(context, day);
  const values = new Map<string, unknown>(Object.entries(settings));
  const set = rule.settings.flatMap((key, index) => {
    const from = since.get(key);
    // The number of the rule itself needs no name.
    const words = index === 0 && ('amount' in rule.due || rule.settings.length === 1) ? '' : `${settingLabel(key)} `;
    return from === undefined ? [] : [`${words}${from} 起 ${settingValue(key, values.get(key))}`];
  });
  const amount = values.get(rule.settings[0] ?? '');
  const due = 'amount' in rule.due && typeof amount === 'number' ? { ...rule.due, amount } : rule.due;
  return { due, version: set.length === 0 ? standard : `${standard}（${set.join('；')}）` };
}

async function reckon(context: Context, due: DueRule, start: Start): Promise<string | null> {
  if (due.unit === 'given' && start.dueAt !== undefined) return start.dueAt;
  const never = () => false;
  const calendar = {
    isWorkday: due.unit === 'calendar' || due.unit === 'working' ? await isWorkday(context) : never,
    isSchoolDay: due.unit === 'school' ? (await schoolCalendar(context, context.today)).isSchoolDay : never,
  };
  return dueMoment(start.at, due, calendar, start.dueDate ?? null);
}

/** The due moment of a start by the rule of its day; null where the news gives none. */
export async function dueOf(context: Context, start: Start): Promise<string | null> {
  return reckon(context, (await ruleOn(context, dutyRules[start.rule], context.today)).due, start);
}

/** The owner of a start by its rule and place. */
export function ownerOf(context: Context, start: Start): ReturnType<typeof levelsFor> {
  const place = {
    district: context.district,
    schoolId: start.schoolId,
    classId: start.classId,
    childId: start.childIds?.[0] ?? null,
    caseId: start.caseId ?? null,
  };
  return levelsFor(dutyRules[start.rule].ladder, place, start.owner ?? null);
}

/** Opens what a start makes owed; what was opened before by the same start stays as it is. Tells how many were opened. */
export async function open(context: Context, start: Start): Promise<number> {
  const rule = dutyRules[start.rule];
  const { due, version } = await ruleOn(context, rule, start.ruleDay ?? context.today);
  const dueAt = await reckon(context, due, start);
  if (dueAt === null || start.childIds?.length === 0) return 0;
  const { ladder, owner } = ownerOf(context, start);
  const level = Math.min(rule.heldAbove, ladder.length - 1);
  const units = [
    ...(start.schoolId === null ? [] : [reachToken('school', start.schoolId)]),
    ...(start.classId === null ? [] : [reachToken('class', start.classId)]),
    ...(owner.unitKind === 'district' ? [] : [reachToken(owner.unitKind, owner.unit)]),
  ];
  const write: DutyWrite = {
    rule: rule.id,
    ruleVersion: version,
    subjectKind: start.subjectId === null && start.childIds !== null ? 'child' : rule.subject,
    subjectId: start.subjectId,
    occasion: start.occasion,
    single: rule.single,
    caseId: start.caseId ?? null,
    schoolId: start.schoolId,
    classId: start.classId,
    ownerRole: owner.role,
    ownerUnitKind: owner.unitKind,
    ownerUnit: owner.unit,
    ladder,
    level,
    topRole: ladder[level] ?? owner.role,
    urgent: rule.urgent,
    why: start.why,
    startedBy: start.event,
    startedAt: start.at,
    dueAt,
    climbsAt: level < ladder.length - 1 ? (start.climbsAt ?? dueAt) : null,
    reach: [...new Set(units)].sort(),
  };
  const { client, district } = context;
  const opened =
    start.childIds === null
      ? await openForClass(client, district, write)
      : await openForChildren(client, district, write, start.childIds);
  if (opened > 0 && rule.urgent) {
    const holders = ladder.slice(0, level + 1).flatMap((role) => {
      const place = { district, schoolId: start.schoolId, classId: start.classId, childId: null, caseId: null };
      const unit = role === owner.role ? owner.unit : unitFor(role, place);
      return unit === null ? [] : [{ role, unit }];
    });
    await tellUrgent(context, start, rule, holders);
  }
  return opened;
}
