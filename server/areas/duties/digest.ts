import { chinaHourOf } from '#domain/duties/rules.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { deskTimes } from './lists.ts';
import { countByUnit, digestMade, leaderPosts } from './store-digest.ts';
import { addMessages, type MessageWrite } from './store-messages.ts';

/**
 * Once a day from the set hour (`duty.digestHour`): principals get the state of their school, the bureau that of the district. A unit with
 * nothing due gets none. Made once, however often it is asked for.
 */
export async function makeDigests(context: Context): Promise<number> {
  const { client, district, today } = context;
  const settings = await readSettings(context, today);
  if (chinaHourOf(context.now.toISOString()) < settings['duty.digestHour']) return 0;
  if (await digestMade(client, district, today)) return 0;
  const counts = await countByUnit(client, district, deskTimes(context));
  const byUnit = new Map(counts.map((one) => [one.unit, one]));
  const sum = (of: (one: (typeof counts)[number]) => number) => counts.reduce((total, one) => total + of(one), 0);
  byUnit.set(district, {
    unit: district,
    overdue: sum((one) => one.overdue),
    today: sum((one) => one.today),
    urgent: sum((one) => one.urgent),
  });
  const messages = (await leaderPosts(client, district, today)).flatMap(({ role, unit }): MessageWrite[] => {
    const one = byUnit.get(unit);
    if (!one || one.overdue + one.today === 0) return [];
    const urgent = one.urgent > 0 ? `，其中紧急 ${String(one.urgent)} 项` : '';
    return [
      {
        id: context.newId(),
        onceKey: `digest ${today} ${role} ${unit}`,
        to: { role, unit },
        subject: `${today} 任务摘要`,
        body: `已超期 ${String(one.overdue)} 项，今天到期 ${String(one.today)} 项${urgent}。`,
        path: '/duties?scope=unit',
        urgent: false,
      },
    ];
  });
  await addMessages(client, district, messages, context.now);
  return messages.length;
}
