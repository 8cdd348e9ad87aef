import { roleWords, type Role } from '#domain/basics/roles.ts';
import type { DutyRule } from '#domain/duties/duty-rule.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { addMessages, surnameAndSchool } from './store-messages.ts';
import type { Climbed } from './store-climb.ts';

/** Tells the holders of an urgent duty at once; names the child by surname only. */
export async function tellUrgent(
  context: Context,
  start: { caseId?: string | null; childIds: readonly string[] | null; schoolId: string | null; occasion: string },
  rule: DutyRule,
  holders: readonly { role: Role; unit: string }[],
): Promise<void> {
  const childId = start.childIds?.[0];
  if (childId === undefined) return;
  const { client, district } = context;
  const { 'duty.urgentCase': hours } = await readSettings(context, context.today);
  const { surname, school } = await surnameAndSchool(client, district, childId, start.schoolId);
  const place = { district, schoolId: start.schoolId, classId: null, childId, caseId: start.caseId ?? null };
  await addMessages(
    client,
    district,
    holders.map(({ role, unit }) => ({
      id: context.newId(),
      onceKey: `urgent ${start.caseId ?? childId} ${start.occasion} ${role}`,
      to: { role, unit },
      subject: '紧急情况，请立即处置',
      body: `${school ?? '本区'}学生${surname}某报告了紧急情况。${String(hours)} 小时内完成处置和转介。详情只向办案人员显示。`,
      path: rule.act.path(place, start.caseId ?? '', start.occasion),
      urgent: true,
    })),
    context.now,
  );
}

/** Tells each unit, in one message, how many duties have climbed to it. */
export async function tellClimbed(context: Context, climbed: readonly Climbed[]): Promise<void> {
  await addMessages(
    context.client,
    context.district,
    climbed.map(({ role, unit, count, urgent }) => ({
      id: context.newId(),
      onceKey: `climb ${role} ${unit} ${context.now.toISOString()}${urgent ? ' urgent' : ''}`,
      to: { role, unit },
      subject: urgent ? '紧急任务超期未办结' : '有任务超期，已上报给您',
      body: `${String(count)} 项任务超期未办结，已上报至${roleWords[role]}。请督促办理，或说明理由免除。`,
      path: '/duties?scope=unit&when=overdue',
      urgent,
    })),
    context.now,
  );
}
