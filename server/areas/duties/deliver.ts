import { z } from 'zod';
import { chinaHourOf } from '#domain/duties/rules.ts';
import { openJson } from '#server/crypto/seal.ts';
import { minutesAfter } from '#server/clock.ts';
import type { Platform } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { isRobotUrl, mailChannel, robotChannel } from './channels.ts';
import { isQuietNow } from './escalate.ts';
import { keepOutcome, someWaiting, takeWaiting, type Waiting } from './store-delivery.ts';

const mostAtOnce = 50;
const mostTries = 6;
const tryAgainMinutes = 10;

const RobotSecret = z.object({ url: z.string(), secret: z.string() });

/** Where a robot's secrets are sealed. */
export function robotPlace(district: string, id: string) {
  return { table: 'message_channel', column: 'sealed', district, id };
}

/** Where the secrets of a person's own robot are sealed. */
export function ownRobotPlace(district: string, staffId: string) {
  return { table: 'message_preference', column: 'sealed_robot', district, id: staffId };
}

/** Where a person's address is sealed. */
export function addressPlace(district: string, staffId: string) {
  return { table: 'message_address', column: 'sealed_email', district, id: staffId };
}

/** The address and secret of a robot as they were sealed. */
export function openRobot(platform: Pick<Platform, 'keys'>, district: string, id: string, sealed: Buffer) {
  return RobotSecret.parse(openJson(platform.keys, robotPlace(district, id), sealed));
}

/** The address and secret of a person's own robot as they were sealed. */
export function openOwnRobot(platform: Pick<Platform, 'keys'>, district: string, staffId: string, sealed: Buffer) {
  return RobotSecret.parse(openJson(platform.keys, ownRobotPlace(district, staffId), sealed));
}

async function send(platform: Platform, district: string, row: Waiting): Promise<void> {
  const { publicUrl } = platform.config;
  if (row.channel === 'email') {
    const mail = mailChannel(platform.config);
    if (mail === null) throw new Error('no mail server');
    if (row.sealed_email === null) throw new Error('no address');
    await mail(z.string().parse(openJson(platform.keys, addressPlace(district, row.target), row.sealed_email)), {
      subject: row.subject,
      body: row.body,
      link: publicUrl === null ? null : `${publicUrl}${row.path}`,
    });
    return;
  }
  if (row.sealed_robot === null || row.robot_kind === null) throw new Error('robot ended');
  const open = row.channel === 'ownWebhook' ? openOwnRobot : openRobot;
  const robot = open(platform, district, row.target, row.sealed_robot);
  if (!isRobotUrl(robot.url, platform.config)) throw new Error('robot host not allowed');
  const told = { urgent: row.urgent, link: publicUrl };
  await robotChannel(() => platform.clock.now())({ kind: row.robot_kind, ...robot }, told);
}

/**
 * Sends what waits to go out, outside any transaction: each try is written down before it is made, so that a stop loses nothing; one that
 * fails is tried again six times. In quiet hours of the bureau, and of the person it is for, only urgent messages go out.
 */
export async function deliver(platform: Platform, district: string): Promise<{ sent: number; failed: number }> {
  const actor = platformActor(district, '消息');
  const options = { actor, reach: { all: true, tokens: [] }, audit: null };
  const waiting = await runAs(platform, options, async (context) => {
    const { client, now } = context;
    const asked = { now, quiet: await isQuietNow(context), hour: chinaHourOf(now.toISOString()) };
    if (!(await someWaiting(client, district, asked))) return [];
    return takeWaiting(client, district, { ...asked, again: minutesAfter(now, tryAgainMinutes), most: mostAtOnce });
  });
  const outcome = { sent: 0, failed: 0 };
  for (const row of waiting) {
    // The reason is kept, without the address that a library may repeat in it.
    const fault = await send(platform, district, row).then(
      () => null,
      (error: unknown) =>
        (error instanceof Error ? error.message : 'unknown').replaceAll(/\S+@\S+|https?:\S+/g, '…').slice(0, 200),
    );
    const state = fault === null ? 'sent' : row.tries >= mostTries ? 'failed' : 'waiting';
    await runAs(platform, options, (context) =>
      keepOutcome(context.client, district, row.id, { state, at: context.now, fault }),
    );
    if (fault === null) outcome.sent += 1;
    else {
      outcome.failed += 1;
      platform.log.warn({ channel: row.channel, tries: row.tries, fault }, 'message not sent');
    }
  }
  return outcome;
}
