import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/messages.ts';
import { Failure } from '#domain/basics/failure.ts';
import { sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { isRobotUrl } from './channels.ts';
import { openOwnRobot, ownRobotPlace } from './deliver.ts';
import { readerOf } from './reader.ts';
import { findPreference, writeOwnRobot, writePreference } from './store-preferences.ts';

type Done = { done: true };
type Own = OutputOf<typeof contract.getReminders>['own'];

/** What a person set for himself; every way and no hours of his own where he set nothing. */
export async function readOwn(context: Context): Promise<Own> {
  const { client, district } = context;
  const { staffId } = readerOf(context);
  const row = await findPreference(client, district, staffId);
  if (row === null) return { quiet: null, channels: ['email', 'webhook'], robot: null };
  const { quiet_from: from, quiet_to: to, channels, robot_kind: kind, sealed_robot: sealed } = row;
  return {
    quiet: from === null || to === null ? null : { from, to },
    channels,
    robot:
      kind === null || sealed === null
        ? null
        : { kind, host: new URL(openOwnRobot(context, district, staffId, sealed).url).host },
  };
}

/** Keeps one's own hours and the ways for what is not urgent; the hours of the bureau hold beside them, and urgent messages ask neither. */
export async function savePreferences(
  context: Context,
  input: ParsedOf<typeof contract.savePreferences>,
): Promise<Done> {
  const { staffId } = readerOf(context);
  await writePreference(context.client, context.district, staffId, {
    quiet: input.quiet,
    channels: [...new Set(input.channels)].sort(),
    at: context.now,
  });
  context.note({ subjectKind: 'staff', subjectId: staffId, detail: { ...input } });
  return { done: true };
}

/** Keeps or clears one's own robot, at the same hosts as those of units; it is told fixed words only. */
export async function saveOwnRobot(context: Context, input: ParsedOf<typeof contract.saveOwnRobot>): Promise<Done> {
  const { client, district, keys, now } = context;
  const { staffId } = readerOf(context);
  const { robot } = input;
  if (robot !== null && !isRobotUrl(robot.url, context.platform.config)) {
    const words = '只能填企业微信或钉钉机器人的地址，以 https:// 开头，不含用户名和密码。';
    throw new Failure('input-wrong', words, { issues: [{ path: 'robot.url', words }] });
  }
  const sealed =
    robot === null ? null : sealJson(keys, ownRobotPlace(district, staffId), { url: robot.url, secret: robot.secret });
  await writeOwnRobot(client, district, staffId, { kind: robot?.kind ?? null, sealed, at: now });
  const detail = robot === null ? { robot: null } : { robot: robot.kind, host: new URL(robot.url).host };
  context.note({ subjectKind: 'staff', subjectId: staffId, detail });
  return { done: true };
}
