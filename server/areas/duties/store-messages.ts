import type pg from 'pg';
import type { HeldPost, Role } from '#domain/basics/roles.ts';
import { filters, type Filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A message to a person, or to whoever holds a post; made once for its key. */
export interface MessageWrite {
  id: string;
  onceKey: string;
  to: { role: Role; unit: string } | { staffId: string };
  subject: string;
  body: string;
  path: string;
  urgent: boolean;
}

/**
 * Writes messages, each once for its key, and what is to go out by mail to those who gave an address and to the robots of the unit.
 * Tells how many are new.
 */
export async function addMessages(
  client: Client,
  district: string,
  messages: readonly MessageWrite[],
  at: Date,
): Promise<number> {
  let added = 0;
  for (let from = 0; from < messages.length; from += 500) {
    const some = messages.slice(from, from + 500);
    const where = filters(district, at);
    const rows = some.map((one) => {
      const role = 'role' in one.to ? one.to.role : null;
      const unit = 'role' in one.to ? one.to.unit : null;
      const staff = 'staffId' in one.to ? one.to.staffId : null;
      const given = [one.id, one.onceKey, role, unit, staff, one.subject, one.body, one.path, one.urgent];
      const [id, key, ofRole, ofUnit, ofStaff, ...rest] = given.map((value) => where.value(value));
      return `($1, ${id ?? ''}::uuid, ${key ?? ''}, ${ofRole ?? ''}, ${ofUnit ?? ''}, ${ofStaff ?? ''}::uuid, ${rest.join(', ')}, $2)`;
    });
    const made = await client.query<{ id: string }>({
      text: `INSERT INTO message (district_code, id, once_key, to_role, to_unit, to_staff, subject, body, path, urgent, made_at) VALUES ${rows.join(', ')} ON CONFLICT DO NOTHING RETURNING id`,
      values: where.values,
    });
    added += made.rows.length;
    await addDeliveries(
      client,
      district,
      made.rows.map((row) => row.id),
      at,
    );
  }
  return added;
}

/** Whether a message (`m`) is to a person of a row (`a`): by name, or by a post held on the day of $3. */
const isFor = `(a.staff_id = m.to_staff OR EXISTS (SELECT 1 FROM post p WHERE p.district_code = $1 AND p.staff_id = a.staff_id
  AND p.role = m.to_role AND p.unit_id = m.to_unit AND p.from_date <= ($3::timestamptz AT TIME ZONE 'Asia/Shanghai')::date AND (p.to_date IS NULL OR p.to_date >= ($3::timestamptz AT TIME ZONE 'Asia/Shanghai')::date)))`;

/** Every way of a person for what is urgent, else those that he chose; all where he chose none. */
async function addDeliveries(client: Client, district: string, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await client.query({
    name: 'message-mails',
    values: [district, ids, at],
    text: `INSERT INTO message_delivery (district_code, message_id, channel, target, urgent, state, tries, next_at)
           SELECT DISTINCT m.district_code, m.id, 'email', a.staff_id, m.urgent, 'waiting', 0, $3::timestamptz FROM message m
           JOIN message_address a ON a.district_code = $1 LEFT JOIN message_preference o ON o.district_code = $1 AND o.staff_id = a.staff_id
           WHERE m.district_code = $1 AND m.id = ANY($2::uuid[]) AND ${isFor} AND (m.urgent OR o.channels IS NULL OR 'email' = ANY(o.channels))
           ON CONFLICT DO NOTHING`,
  });
  await client.query({
    name: 'message-own-robots',
    values: [district, ids, at],
    text: `INSERT INTO message_delivery (district_code, message_id, channel, target, urgent, state, tries, next_at)
           SELECT DISTINCT m.district_code, m.id, 'ownWebhook', a.staff_id, m.urgent, 'waiting', 0, $3::timestamptz FROM message m
           JOIN message_preference a ON a.district_code = $1 AND a.sealed_robot IS NOT NULL
           WHERE m.district_code = $1 AND m.id = ANY($2::uuid[]) AND ${isFor} AND (m.urgent OR 'webhook' = ANY(a.channels))
           ON CONFLICT DO NOTHING`,
  });
  await client.query({
    name: 'message-robots',
    values: [district, ids, at],
    text: `INSERT INTO message_delivery (district_code, message_id, channel, target, urgent, state, tries, next_at)
           SELECT m.district_code, m.id, 'webhook', k.id, m.urgent, 'waiting', 0, $3::timestamptz FROM message m
           JOIN message_channel k ON k.district_code = $1 AND k.ended_at IS NULL AND k.unit_id = m.to_unit
           WHERE m.district_code = $1 AND m.id = ANY($2::uuid[]) ON CONFLICT DO NOTHING`,
  });
}

/** Whose messages: a person's own and those of the posts held. */
export interface Reader {
  staffId: string;
  posts: readonly HeldPost[];
}

function addressed(where: Filters, reader: Reader): void {
  const posts = reader.posts.map(
    (post) => `(m.to_role = ${where.value(post.role)} AND m.to_unit = ${where.value(post.unitId)})`,
  );
  where.and([`m.to_staff = ${where.value(reader.staffId)}::uuid`, ...posts].join(' OR '));
}

/** A message as its reader sees it. */
export interface MessageRow {
  id: string;
  subject: string;
  body: string;
  path: string;
  urgent: boolean;
  made_at: Date;
  read_at: Date | null;
}

/** A page of a reader's messages, the unread first, newest first among them, with the counts of all and of the unread. */
export async function pageMessages(
  client: Client,
  district: string,
  reader: Reader,
  asked: { unread: boolean; page: number; size: number },
): Promise<{ rows: MessageRow[]; total: number; unread: number }> {
  const where = filters(district, reader.staffId);
  addressed(where, reader);
  const source = `message m LEFT JOIN message_read r ON r.district_code = $1 AND r.message_id = m.id AND r.staff_id = $2::uuid WHERE m.district_code = $1${where.where()}`;
  const counted = await client.query<{ total: number; unread: number }>({
    text: `SELECT count(*) AS total, count(*) FILTER (WHERE r.read_at IS NULL) AS unread FROM ${source}`,
    values: where.values,
  });
  const { total = 0, unread = 0 } = counted.rows[0] ?? {};
  const found = await client.query<MessageRow>({
    text: `SELECT m.id, m.subject, m.body, m.path, m.urgent, m.made_at, r.read_at FROM ${source}${asked.unread ? ' AND r.read_at IS NULL' : ''}
           ORDER BY (r.read_at IS NULL) DESC, m.made_at DESC, m.id DESC LIMIT ${where.value(asked.size)} OFFSET ${where.value((asked.page - 1) * asked.size)}`,
    values: where.values,
  });
  return { rows: found.rows, total: asked.unread ? unread : total, unread };
}

/** How many messages a reader has not read, and how many of them are urgent. */
export async function countUnreadRows(
  client: Client,
  district: string,
  reader: Reader,
): Promise<{ unread: number; urgent: number }> {
  const where = filters(district, reader.staffId);
  addressed(where, reader);
  const found = await client.query<{ unread: number; urgent: number }>({
    text: `SELECT count(*) AS unread, count(*) FILTER (WHERE m.urgent) AS urgent FROM message m WHERE m.district_code = $1${where.where()}
           AND NOT EXISTS (SELECT 1 FROM message_read r WHERE r.district_code = $1 AND r.message_id = m.id AND r.staff_id = $2::uuid)`,
    values: where.values,
  });
  return found.rows[0] ?? { unread: 0, urgent: 0 };
}

/** Marks every message of a reader made up to a moment as read; tells how many were not. */
export async function markAllRead(
  client: Client,
  district: string,
  reader: Reader,
  upTo: Date,
  at: Date,
): Promise<number> {
  const where = filters(district, reader.staffId);
  addressed(where, reader);
  const read = await client.query({
    text: `INSERT INTO message_read (district_code, message_id, staff_id, read_at)
           SELECT m.district_code, m.id, $2::uuid, ${where.value(at)}::timestamptz FROM message m WHERE m.district_code = $1${where.where()}
           AND m.made_at <= ${where.value(upTo)}::timestamptz ON CONFLICT DO NOTHING`,
    values: where.values,
  });
  return read.rowCount ?? 0;
}

/** Marks a message as read by its reader; false when it is not his. */
export async function markRead(
  client: Client,
  district: string,
  reader: Reader,
  id: string,
  at: Date,
): Promise<boolean> {
  const where = filters(district, id);
  addressed(where, reader);
  const found = await client.query({
    text: `SELECT 1 FROM message m WHERE m.district_code = $1 AND m.id = $2::uuid${where.where()}`,
    values: where.values,
  });
  if (found.rowCount === 0) return false;
  await client.query({
    name: 'message-read',
    values: [district, id, reader.staffId, at],
    text: `INSERT INTO message_read (district_code, message_id, staff_id, read_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
  });
  return true;
}

/** The surname of a child and the name of a school, for a message that names nobody in full. */
export async function surnameAndSchool(
  client: Client,
  district: string,
  childId: string,
  schoolId: string | null,
): Promise<{ surname: string; school: string | null }> {
  const found = await client.query<{ name: string; school: string | null }>({
    name: 'message-surname',
    values: [district, childId, schoolId],
    text: `SELECT c.name, (SELECT s.name FROM school s WHERE s.district_code = $1 AND s.id = $3::uuid) AS school FROM child c WHERE c.district_code = $1 AND c.id = $2`,
  });
  const row = found.rows[0];
  return { surname: [...(row?.name ?? '')][0] ?? '', school: row?.school ?? null };
}
