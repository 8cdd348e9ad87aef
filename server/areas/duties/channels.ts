import { createHmac } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { Config } from '#server/config.ts';

/** A message as it leaves the platform: it names no child in full. */
export interface Outgoing {
  subject: string;
  body: string;
  link: string | null;
}

/** A way out of the platform: sends one message to one target, or throws with the reason. */
export type Channel<Target> = (target: Target, message: Outgoing) => Promise<void>;

/** A group robot: its kind, its secret address, and the secret with which DingTalk asks to sign. */
export interface Robot {
  kind: 'wecom' | 'dingtalk';
  url: string;
  secret: string;
}

const patience = 10_000;

function words(message: Outgoing): string {
  return [message.subject, message.body, ...(message.link === null ? [] : [message.link]), '（保学平台）'].join('\n');
}

/** E-mail by the installation's mail server; null where none is configured. */
export function mailChannel(config: Config): Channel<string> | null {
  if (config.smtpUrl === null) return null;
  const transport = createTransport(config.smtpUrl, { from: config.mailFrom });
  return async (address, message) => {
    await transport.sendMail({ to: address, subject: `保学：${message.subject}`, text: words(message) });
  };
}

/** Whether the address of a robot may be used: https, or this machine itself outside production. */
export function isRobotUrl(url: string, production: boolean): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return false;
  if (parsed.protocol === 'https:') return true;
  return !production && parsed.protocol === 'http:' && parsed.hostname === '127.0.0.1';
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
export function robotChannel(now: () => Date): Channel<Robot> {
  return async (robot, message) => {
    const answered = await fetch(signedUrl(robot, now()), {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ msgtype: 'text', text: { content: words(message) } }),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    if (!answered.ok) throw new Error(`HTTP ${String(answered.status)}`);
    const body: unknown = await answered.json().catch(() => null);
    const code = typeof body === 'object' && body !== null && 'errcode' in body ? body.errcode : 0;
    if (code !== 0) throw new Error(`errcode ${String(code)}`);
  };
}
