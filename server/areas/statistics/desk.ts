import type { OutputOf } from '#contract/endpoint.ts';
import type { getDesk as endpoint } from '#contract/statistics.ts';
import { sundayOf } from '#domain/basics/calendar.ts';
import { ownedBy } from '#domain/comparison/rules.ts';
import { endOfDay } from '#domain/duties/rules.ts';
import { comparisonKindWords, comparisonTaskWords } from '#domain/comparison/words.ts';
import { dutiesOnDesk, type DeskDuty } from '#server/areas/duties/actions.ts';
import { openName } from '#server/crypto/sealed-name.ts';
import type { Context } from '#server/http/context.ts';
import { countWaits } from './store-desk.ts';
import { countWaiting } from './store-found.ts';
import { countApprovals, countOverdue, listDesk, listRunningImports, type DeskRow } from './store.ts';

type Desk = OutputOf<typeof endpoint>;

const sectionWords = { overdue: '已超期', today: '今天到期', week: '本周到期', later: '以后到期' } as const;
const importWords: Record<string, string> = {
  waiting: '排队中',
  reading: '读取核对中',
  checked: '已核对，待正式导入',
  publishing: '写入中',
};
const itemsEach = 20;

function item(row: DeskRow): Desk['sections'][number]['items'][number] {
  const check = row.state === 'explained';
  return {
    id: row.id,
    kind: row.kind,
    who: row.name,
    what: check ? `复核“${comparisonKindWords[row.kind]}”的说明` : comparisonTaskWords[row.kind],
    why: row.words,
    due: row.due_date,
    dueAt: null,
    source: 'finding',
    urgent: false,
    level: 0,
    action: check ? '去复核' : row.state === 'verifying' ? '填写核实情况' : '去核实',
    to: `/compare/findings/${row.id}`,
  };
}

function dutyItem({ duty }: DeskDuty): Desk['sections'][number]['items'][number] {
  return {
    id: duty.id,
    kind: duty.rule,
    who: duty.who,
    what: duty.title,
    why: duty.why,
    due: duty.dueDay,
    dueAt: duty.dueAt,
    source: 'duty',
    urgent: duty.urgent,
    level: duty.level,
    action: duty.action,
    to: duty.to,
  };
}

/** Emergencies first, then by the moment due; a finding is due at the end of its day. */
function inOrder(items: Desk['sections'][number]['items']): Desk['sections'][number]['items'] {
  const moment = (item: (typeof items)[number]) => item.dueAt ?? (item.due === null ? '9999' : endOfDay(item.due));
  return items
    .toSorted(
      (a, b) => Number(b.urgent) - Number(a.urgent) || (moment(a) < moment(b) ? -1 : moment(a) > moment(b) ? 1 : 0),
    )
    .slice(0, itemsEach);
}

/** What waits for a person beside duties and findings, each with the list where it is done; what is nothing is left out. */
async function waitsOf(context: Context): Promise<Desk['counts']> {
  const { client, district, actor, today } = context;
  const waits = await countWaits(client, district, {
    actorId: actor.id,
    staffId: context.reachFor('visits.record') ? actor.staffId : null,
    today,
    consents: context.reachFor('attendance.consent'),
    accepts: context.reachFor('reports.accept'),
    // who only looks on is not told that nobody acts
    signs: context.reachFor('visits.record') ? context.reachFor('risks.read') : null,
  });
  const overdue = waits.visitsOverdue ?? 0;
  const shown: { label: string; value: number | null; to: string }[] = [
    { label: '待批准的长假', value: waits.leaves, to: '/attendance/leaves?show=requested' },
    { label: '待同意的考勤更正', value: waits.corrections, to: '/attendance/corrections' },
    {
      label: '待审核的签报',
      value: waits.reports,
      to: `/reports?period=${waits.reportKind ?? 'week'}&day=${waits.reportDay ?? today}&state=signed`,
    },
    {
      label: overdue > 0 ? `本人到期的计划走访（${String(overdue)} 户次超期）` : '本人到期的计划走访',
      value: waits.visits,
      to: '/visits/new',
    },
    { label: '有预警迹象、尚无人处理的学生', value: waits.signs, to: '/risks?acted=no' },
  ];
  return shown.flatMap(({ label, value, to }) => (value === null || value === 0 ? [] : [{ label, value, to }]));
}

/** What a person owes: duties, own findings and checks by due moment, overdue first; what waits beside; imports under way. */
export async function getDesk(context: Context): Promise<Desk> {
  const { client, district, actor } = context;
  const assign = context.reachFor('findings.assign');
  const rows = await listDesk(client, district, {
    today: context.today,
    weekEnd: sundayOf(context.today),
    owned: ownedBy(actor.posts),
    holder: { now: context.now, staffId: actor.staffId, posts: actor.posts },
    checks: assign ? { actorId: actor.id, all: assign.all, tokens: assign.tokens } : null,
    itemsEach,
  });
  const duties = await dutiesOnDesk(context, itemsEach);
  // as: the keys of the words are the keys of the sections
  const keys = Object.keys(sectionWords) as (keyof typeof sectionWords)[];
  const sections = keys.map((key) => {
    const own = rows.filter((row) => row.section === key);
    const owed = duties.filter((one) => one.section === key);
    return {
      key,
      title: sectionWords[key],
      total: (own[0]?.total ?? 0) + (owed[0]?.total ?? 0),
      items: inOrder([...owed.map(dutyItem), ...own.map(item)]),
    };
  });
  const counts: Desk['counts'] = [];
  const waiting = await countWaiting(client, district, null);
  if (context.reachFor('proposals.decide'))
    counts.push({ label: '待核对的同一人', value: waiting.openProposals, to: '/compare/proposals' });
  if (context.reachFor('lists.import'))
    counts.push({ label: '待更正的行', value: waiting.heldRows, to: '/compare/held' });
  const decide = context.reachFor('approvals.decide');
  if (decide)
    counts.push({
      label: '待批准事项',
      value: await countApprovals(client, district, { actorId: actor.id, all: decide.all, tokens: decide.tokens }),
      to: '/approvals',
    });
  if (context.reach.all && context.reachFor('findings.read'))
    counts.push({
      label: '全区超期未核实',
      value: await countOverdue(client, district, context.today),
      to: '/compare?overdue=yes',
    });
  counts.push(...(await waitsOf(context)));
  const imports = context.reachFor('lists.import') ? await listRunningImports(client, district) : [];
  return {
    sections,
    counts,
    imports: imports.map((row) => ({
      id: row.id,
      fileName: openName(context.keys, 'import_file', district, row),
      state: row.state,
      rowsRead: row.rows_read,
      words: `${importWords[row.state] ?? row.state}${row.rows_read > 0 ? `，已读 ${String(row.rows_read)} 行` : ''}`,
    })),
  };
}
