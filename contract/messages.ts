import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, pageOf, Paging } from './paging.ts';

const Done = z.object({ done: z.literal(true) });
const hour = z.number().int().min(0).max(23);
/** Hours of the day, China time; they may span midnight, and are none when both are the same. */
const Hours = z.object({ from: hour, to: hour });
const RobotKind = z.enum(['wecom', 'dingtalk']);
/** A way to tell a person outside the platform. */
const OwnChannel = z.enum(['email', 'webhook']);

export const listMessages = endpoint({
  name: 'duties.listMessages',
  method: 'GET',
  path: '/api/messages',
  summary: '站内消息',
  permission: 'desk.read',
  audit: null,
  input: Paging.extend({ unread: z.enum(['yes']).optional() }),
  output: pageOf(
    z.object({
      id: Id,
      subject: z.string(),
      body: z.string(),
      to: z.string(),
      urgent: z.boolean(),
      at: z.string(),
      readAt: z.string().nullable(),
    }),
  ).extend({ unread: z.number().int() }),
});
/** How many messages wait to be read; asked each minute by the head of every page. */
export const countUnread = endpoint({
  name: 'duties.countUnread',
  method: 'GET',
  path: '/api/messages/unread',
  summary: '未读消息数',
  permission: 'desk.read',
  audit: null,
  input: z.object({}),
  /** `at`: the moment of the answer, up to which all may be marked as read. */
  output: z.object({ unread: z.number().int(), urgent: z.number().int(), at: z.string() }),
});
export const readMessage = endpoint({
  name: 'duties.readMessage',
  method: 'POST',
  path: '/api/messages/:id/read',
  summary: '标为已读',
  permission: 'desk.read',
  audit: 'duties.readMessage',
  input: z.object({ id: Id }),
  output: Done,
});
export const readAllMessages = endpoint({
  name: 'duties.readAllMessages',
  method: 'POST',
  path: '/api/messages/read-all',
  summary: '全部标为已读',
  permission: 'desk.read',
  audit: 'duties.readAllMessages',
  /** Messages made after this moment stay unread: the reader has not seen them. */
  input: z.object({ upTo: z.iso.datetime() }),
  output: z.object({ read: z.number().int() }),
});
export const getReminders = endpoint({
  name: 'duties.getReminders',
  method: 'GET',
  path: '/api/reminders',
  summary: '本人的提醒方式：邮箱与日历订阅',
  permission: 'desk.read',
  audit: null,
  input: z.object({}),
  output: z.object({
    email: z.string().nullable(),
    /** Whether the installation can send mail at all. */
    mail: z.boolean(),
    calendar: z.object({ createdAt: z.string(), usedAt: z.string().nullable() }).nullable(),
    /** Hours of the day, China time, in which only urgent messages go out; set by the bureau. */
    quiet: z.object({ from: z.number().int(), to: z.number().int() }),
    /** Hour of the daily digest for one's posts; null for posts that get none. */
    digestHour: z.number().int().nullable(),
    /** What the person set for himself. */
    own: z.object({
      quiet: Hours.nullable(),
      channels: z.array(OwnChannel),
      robot: z.object({ kind: RobotKind, host: z.string() }).nullable(),
    }),
  }),
});
export const savePreferences = endpoint({
  name: 'duties.savePreferences',
  method: 'POST',
  path: '/api/reminders/preferences',
  summary: '设定本人的免打扰时段和不紧急消息的提醒渠道（紧急情况不受限制）',
  permission: 'desk.read',
  audit: 'duties.savePreferences',
  input: z.object({
    /** null: only the hours of the bureau. They hold beside one's own. */
    quiet: Hours.nullable(),
    channels: z.array(OwnChannel).max(2),
  }),
  output: Done,
});
export const saveOwnRobot = endpoint({
  name: 'duties.saveOwnRobot',
  method: 'POST',
  path: '/api/reminders/robot',
  summary: '填写或清除本人的企业微信、钉钉机器人',
  permission: 'desk.read',
  audit: 'duties.saveOwnRobot',
  input: z.object({
    robot: z
      .object({ kind: RobotKind, url: z.url('地址不完整。').max(500), secret: z.string().trim().max(200).default('') })
      .nullable(),
  }),
  output: Done,
});
export const saveEmail = endpoint({
  name: 'duties.saveEmail',
  method: 'POST',
  path: '/api/reminders/email',
  summary: '填写或清除本人的提醒邮箱',
  permission: 'desk.read',
  audit: 'duties.saveEmail',
  input: z.object({ email: z.union([z.email('邮箱地址不正确。'), z.null()]) }),
  output: Done,
});
export const createCalendarLink = endpoint({
  name: 'duties.createCalendarLink',
  method: 'POST',
  path: '/api/reminders/calendar',
  summary: '生成日历订阅链接（原链接随即失效）',
  permission: 'desk.read',
  audit: 'duties.createCalendarLink',
  input: z.strictObject({}),
  /** Shown once. */
  output: z.object({ path: z.string() }),
});
export const endCalendarLink = endpoint({
  name: 'duties.endCalendarLink',
  method: 'POST',
  path: '/api/reminders/calendar/end',
  summary: '收回日历订阅链接',
  permission: 'desk.read',
  audit: 'duties.endCalendarLink',
  input: z.strictObject({}),
  output: Done,
});
export const getCalendar = endpoint({
  name: 'duties.getCalendar',
  method: 'GET',
  path: '/api/calendar/:token/duties.ics',
  summary: '本人任务的日历（凭秘密链接，无须登录）',
  permission: null,
  audit: null,
  download: true,
  input: z.object({ token: z.string().min(20).max(100) }),
  output: z.string(),
});
/** A group robot as the list shows it: never its address or secret. */
export const ChannelRow = z.object({
  id: Id,
  kind: z.enum(['wecom', 'dingtalk']),
  label: z.string(),
  unitName: z.string(),
  host: z.string(),
  setBy: z.string(),
  setAt: z.string(),
});
export const listChannels = endpoint({
  name: 'duties.listChannels',
  method: 'GET',
  path: '/api/message-channels',
  summary: '群机器人',
  permission: 'duties.handle',
  audit: null,
  input: z.object({}),
  output: z.array(ChannelRow),
});
export const addChannel = endpoint({
  name: 'duties.addChannel',
  method: 'POST',
  path: '/api/message-channels',
  summary: '添加企业微信或钉钉群机器人',
  permission: 'duties.handle',
  audit: 'duties.addChannel',
  input: z.object({
    kind: z.enum(['wecom', 'dingtalk']),
    label: z.string().trim().min(1).max(40),
    /** null: of the bureau, only for who handles the duties of the whole district. */
    schoolId: Id.nullable(),
    url: z.url().max(500),
    secret: z.string().trim().max(200).default(''),
  }),
  output: z.object({ id: Id }),
});
export const endChannel = endpoint({
  name: 'duties.endChannel',
  method: 'POST',
  path: '/api/message-channels/:id/end',
  summary: '停用群机器人',
  permission: 'duties.handle',
  audit: 'duties.endChannel',
  input: z.object({ id: Id }),
  output: Done,
});
