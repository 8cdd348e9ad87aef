import { z } from 'zod';
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/messages.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import { calendarText } from '#domain/duties/ics.ts';
import { readSettings, schoolsOf } from '#server/areas/organisations/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context, Platform } from '#server/http/context.ts';
import { actorReach, runAs } from '#server/http/run.ts';
import type { Call } from '#server/http/serve.ts';
import { loadActor, newSecret, secretHash } from '#server/http/sessions.ts';
import { isRobotUrl } from './channels.ts';
import { addressPlace, openRobot, robotPlace } from './deliver.ts';
import { asHolder, shownDuty } from './lists.ts';
import { readOwn } from './preferences.ts';
import { readerOf } from './reader.ts';
import { digestRoles } from './store-digest.ts';
import { addLink, endLink, findLink, useLink } from './store-calendar.ts';
import {
  channelRows,
  endChannelRow,
  findAddress,
  insertChannel,
  writeAddress,
  type ChannelRecord,
} from './store-delivery.ts';
import { pageDuties } from './store-lists.ts';
import { countUnreadRows, markAllRead, markRead, pageMessages } from './store-messages.ts';

type Done = { done: true };

/** A page of one's messages, the unread first. */
export async function listMessages(
  context: Context,
  input: ParsedOf<typeof contract.listMessages>,
): Promise<OutputOf<typeof contract.listMessages>> {
  const { page, size } = input;
  const found = await pageMessages(context.client, context.district, readerOf(context), {
    unread: input.unread === 'yes',
    page,
    size,
  });
  return {
    rows: found.rows.map((row) => ({
      id: row.id,
      subject: row.subject,
      body: row.body,
      to: row.path,
      urgent: row.urgent,
      at: row.made_at.toISOString(),
      readAt: row.read_at?.toISOString() ?? null,
    })),
    total: found.total,
    unread: found.unread,
    page,
    size,
  };
}

/** Marks a message as read by oneself. */
export async function readMessage(context: Context, input: { id: string }): Promise<Done> {
  if (!(await markRead(context.client, context.district, readerOf(context), input.id, context.now)))
    throw notFound('消息');
  context.note({ subjectKind: 'message', subjectId: input.id });
  return { done: true };
}

/** How many of one's messages wait to be read. */
export async function countUnread(context: Context): Promise<OutputOf<typeof contract.countUnread>> {
  const counted = await countUnreadRows(context.client, context.district, readerOf(context));
  return { ...counted, at: context.now.toISOString() };
}

/** Marks all of one's messages made up to a moment as read. */
export async function readAllMessages(context: Context, input: { upTo: string }): Promise<{ read: number }> {
  const reader = readerOf(context);
  const read = await markAllRead(context.client, context.district, reader, new Date(input.upTo), context.now);
  context.note({ subjectKind: 'message', subjectId: reader.staffId, detail: { read } });
  return { read };
}

/** How one is reminded: mail and calendar, and the hours that the bureau has set. */
export async function getReminders(context: Context): Promise<OutputOf<typeof contract.getReminders>> {
  const { client, district, actor, keys } = context;
  const { staffId } = readerOf(context);
  const sealed = await findAddress(client, district, staffId);
  const link = await findLink(client, district, actor.id);
  const settings = await readSettings(context, context.today);
  return {
    email: sealed === null ? null : z.string().parse(openJson(keys, addressPlace(district, staffId), sealed)),
    mail: context.platform.config.smtpUrl !== null,
    calendar: link && { createdAt: link.created_at.toISOString(), usedAt: link.used_at?.toISOString() ?? null },
    quiet: { from: settings['duty.quietFrom'], to: settings['duty.quietTo'] },
    digestHour: actor.posts.some((post) => digestRoles.includes(post.role)) ? settings['duty.digestHour'] : null,
    own: await readOwn(context),
  };
}

/** Keeps or clears the address to which one's messages go. */
export async function saveEmail(context: Context, input: ParsedOf<typeof contract.saveEmail>): Promise<Done> {
  const { client, district, keys } = context;
  const { staffId } = readerOf(context);
  const sealed = input.email === null ? null : sealJson(keys, addressPlace(district, staffId), input.email);
  await writeAddress(client, district, staffId, sealed, context.now);
  context.note({ subjectKind: 'staff', subjectId: staffId });
  return { done: true };
}

/** Makes a secret link to one's calendar; an earlier one ends. The secret is shown once and kept as a digest. */
export async function createCalendarLink(context: Context): Promise<{ path: string }> {
  const { client, district, actor, now } = context;
  readerOf(context);
  const secret = newSecret();
  await endLink(client, district, actor.id, now);
  await addLink(client, district, actor.id, secretHash(secret), now);
  context.note({ subjectKind: 'account', subjectId: actor.id });
  return { path: `/api/calendar/${secret}/duties.ics` };
}

/** Takes the link back. */
export async function endCalendarLink(context: Context): Promise<Done> {
  await endLink(context.client, context.district, context.actor.id, context.now);
  context.note({ subjectKind: 'account', subjectId: context.actor.id });
  return { done: true };
}

/** The calendar behind a secret link: one's open duties, children by surname only, as far as one's posts reach today. */
export async function getCalendar(platform: Platform, input: { token: string }, call: Call): Promise<string> {
  const link = await useLink(platform.database.appPool, secretHash(input.token), platform.clock.now());
  const actor = link && (await loadActor(platform, link.district_code, link.account_id, false, null));
  const reach = actor && actorReach(actor, 'desk.read');
  if (!actor || !reach) throw notFound('日历');
  const { publicUrl } = platform.config;
  void call.reply.type('text/calendar; charset=utf-8');
  return runAs(platform, { actor, reach, audit: null }, (context) =>
    asHolder(context, async ({ client, district }, holder) => {
      const asked = { holder, state: 'open' as const };
      const rows = await pageDuties(client, district, asked, context.now, { page: 1, size: 500 });
      return calendarText(
        '保学任务',
        rows.map((row) => {
          const duty = shownDuty(context, row);
          const who = row.child_name === null ? (row.class_name ?? '') : `${[...row.child_name][0] ?? ''}某`;
          return {
            id: row.id,
            title: `${duty.title}${who === '' ? '' : `：${who}`}`,
            words: [row.school_name ?? '', row.class_name ?? ''].join(' ').trim(),
            due: duty.dueAt,
            changed: context.now.toISOString(),
            link: publicUrl === null ? null : `${publicUrl}${duty.to}`,
          };
        }),
      );
    }),
  );
}

function hostOf(context: Context, row: ChannelRecord): string {
  return new URL(openRobot(context, context.district, row.id, row.sealed).url).host;
}

/** The robots in use within reach: the bureau's only for who handles the duties of the district. */
async function channelsInReach(context: Context): Promise<ChannelRecord[]> {
  const rows = await channelRows(context.client, context.district);
  return rows.filter((row) =>
    reaches(context.reach, row.unit_kind === 'school' ? [reachToken('school', row.unit_id)] : []),
  );
}

/** The robots in use, without address or secret. */
export async function listChannels(context: Context): Promise<OutputOf<typeof contract.listChannels>> {
  const rows = await channelsInReach(context);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    label: row.label,
    unitName: row.unit_name ?? '区教育局',
    host: hostOf(context, row),
    setBy: row.set_by,
    setAt: row.set_at.toISOString(),
  }));
}

/** Adds a robot of the bureau or of a school within reach; its address is a secret and is sealed. */
export async function addChannel(
  context: Context,
  input: ParsedOf<typeof contract.addChannel>,
): Promise<{ id: string }> {
  const { client, district } = context;
  const wrong = (path: string, words: string) => new Failure('input-wrong', words, { issues: [{ path, words }] });
  if (!isRobotUrl(input.url, context.platform.config))
    throw wrong('url', '只能填企业微信或钉钉群机器人的地址，以 https:// 开头，不含用户名和密码。');
  if (input.schoolId === null && !context.reach.all)
    throw wrong('schoolId', '请选择您的学校；教育局的群机器人由控辍专干添加。');
  if (input.schoolId !== null) {
    const known = (await schoolsOf(context)).some((school) => school.id === input.schoolId);
    if (!known || !reaches(context.reach, [reachToken('school', input.schoolId)]))
      throw wrong('schoolId', '没有这所学校，或不在您的管理范围内。');
  }
  const unit = input.schoolId ?? district;
  const id = context.newId();
  await insertChannel(client, district, {
    id,
    kind: input.kind,
    label: input.label,
    unitKind: input.schoolId === null ? 'district' : 'school',
    unitId: unit,
    sealed: sealJson(context.keys, robotPlace(district, id), { url: input.url, secret: input.secret }),
    by: context.actor.name,
    at: context.now,
  });
  const { host } = new URL(input.url);
  context.note({ subjectKind: 'channel', subjectId: id, detail: { kind: input.kind, unit, host } });
  return { id };
}

/** Ends a robot within reach. */
export async function endChannel(context: Context, input: { id: string }): Promise<Done> {
  const row = (await channelsInReach(context)).find((one) => one.id === input.id);
  if (!row || !(await endChannelRow(context.client, context.district, row.id, context.now))) throw notFound('群机器人');
  context.note({
    subjectKind: 'channel',
    subjectId: row.id,
    detail: { unit: row.unit_id, host: hostOf(context, row) },
  });
  return { done: true };
}
