import { createHmac } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { robotWords } from '#domain/duties/words.ts';
import type { Config } from '#server/config.ts';

/** A message as it leaves by e-mail: it names no child in full. */
export interface Outgoing {
  subject: string;
  body: string;
  link: string | null;
}

/** A way out of the platform: sends one message to one target, or throws with the reason. */
export type Channel<Target, Message> = (target: Target, message: Message) => Promise<void>;

/** What a group robot is told: fixed words and the address of the platform, nothing of the message itself. */
export interface RobotMessage {
  urgent: boolean;
  link: string | null;
}

/** A group robot: its kind, its secret address, and the secret with which DingTalk asks to sign. */
export interface Robot {
  kind: 'wecom' | 'dingtalk';
  url: string;
  secret: string;
}

const patience = 10_000;

/** The hosts of the robots of 企业微信 and 钉钉; an installation may add its own. */
const ownHosts: readonly string[] = ['qyapi.weixin.qq.com', 'oapi.dingtalk.com'];

function words(lines: readonly string[], link: string | null): string {
  return [...lines, ...(link === null ? [] : [link]), '（保学平台）'].join('\n');
}

/** E-mail by the installation's mail server; null where none is configured. */
export function mailChannel(config: Config): Channel<string, Outgoing> | null {
  if (config.smtpUrl === null) return null;
  const transport = createTransport(config.smtpUrl, { from: config.mailFrom });
  return async (address, message) => {
    const { subject, body, link } = message;
    await transport.sendMail({ to: address, subject: `保学：${subject}`, text: words([subject, body], link) });
  };
}

/** Whether the address of a robot may be used: of a known host, by https, or on this machine itself outside production. */
export function isRobotUrl(url: string, config: Pick<Config, 'production' | 'robotHosts'>): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return false;
  if (![...ownHosts, ...config.robotHosts].includes(parsed.host)) return false;
  if (parsed.protocol === 'https:') return true;
  return !config.production && parsed.protocol === 'http:' && parsed.hostname === '127.0.0.1';
}

function signedUrl(robot: Robot, at: Date): string {
  if (robot.kind !== 'dingtalk' || robot.secret === '') return robot.url;
  const timestamp = String(at.getTime());
  const sign = createHmac('sha256', robot.secret).update(`${timestamp}\n${robot.secret}`).digest('base64');
  const url = new URL(robot.url);
  url.searchParams.set('timestamp', timestamp);
  url.searchParams.set('sign', sign);
  return url.toString();
}

/** A robot of 企业微信 or 钉钉: both take the same text message and answer `errcode` 0. */
export function robotChannel(now: () => Date): Channel<Robot, RobotMessage> {
  return async (robot, message) => {
    const answered = await fetch(signedUrl(robot, now()), {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ msgtype: 'text', text: { content: words([robotWords(message.urgent)], message.link) } }),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    if (!answered.ok) throw new Error(`HTTP ${String(answered.status)}`);
    const body: unknown = await answered.json().catch(() => null);
    const code = typeof body === 'object' && body !== null && 'errcode' in body ? body.errcode : 0;
    if (code !== 0) throw new Error(`errcode ${String(code)}`);
  };
}
