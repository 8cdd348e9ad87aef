import { z } from 'zod';
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/organisations.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { maskPhone } from '#domain/basics/masking.ts';
import { roleUnit, roleWords } from '#domain/basics/roles.ts';
import { normalizeNumber } from '#domain/basics/text.ts';
import { administratorRoles, postFault } from '#domain/organisations/rules.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { forgetActors } from '#server/http/sessions.ts';
import {
  addPost,
  endPostRow,
  findPostRow,
  findStaffRow,
  listPostRows,
  listStaffRows,
  unitExists,
  writeStaff,
} from './store-staff.ts';

function phonePlace(district: string, id: string) {
  return { table: 'staff', column: 'sealed_phone', district, id };
}

/** A page of the staff within reach, with their posts; phones whole for those who keep the staff, else masked. */
export async function listStaff(
  context: Context,
  input: ParsedOf<typeof contract.listStaff>,
): Promise<OutputOf<typeof contract.listStaff>> {
  const { client, district, keys, reach } = context;
  const { rows, total } = await listStaffRows(client, district, {
    ...input,
    day: context.today,
    tokens: reach.all ? null : reach.tokens,
  });
  const posts = await listPostRows(
    client,
    district,
    rows.map((row) => row.id),
  );
  const whole = context.reachFor('staff.edit') !== null;
  return {
    rows: rows.map((row) => {
      const phone = row.sealed_phone
        ? z.string().parse(openJson(keys, phonePlace(district, row.id), row.sealed_phone))
        : null;
      return {
        id: row.id,
        name: row.name,
        phone: phone === null || whole ? phone : maskPhone(phone),
        note: row.note,
        login: row.login,
        posts: posts
          .filter((post) => post.staff_id === row.id)
          .map((post) => ({
            id: post.id,
            role: post.role,
            roleName: roleWords[post.role],
            unitKind: post.unit_kind,
            unitId: post.unit_id,
            unitName: post.unit_name ?? post.unit_id,
            fromDate: post.from_date,
            toDate: post.to_date,
            approvedBy: post.approved_by,
          })),
      };
    }),
    total,
    page: input.page,
    size: input.size,
  };
}

/** Adds a person or changes name, phone (sealed) and note; a phone handed back masked stays as it was. */
export async function saveStaff(context: Context, input: ParsedOf<typeof contract.saveStaff>): Promise<{ id: string }> {
  const { client, district } = context;
  const before = input.id === undefined ? null : await findStaffRow(client, district, input.id);
  if (input.id !== undefined && !before) throw notFound('人员');
  const id = input.id ?? context.newId();
  const phone = normalizeNumber(input.phone ?? '');
  const masked = phone.includes('*');
  if (phone !== '' && !masked && !/^\+?\d{5,15}$/.test(phone))
    throw new Failure('input-wrong', '电话号码应为数字。', {
      issues: [{ path: 'phone', words: '电话号码应为数字。' }],
    });
  const sealedPhone = masked
    ? (before?.sealed_phone ?? null)
    : phone === ''
      ? null
      : sealJson(context.keys, phonePlace(district, id), phone);
  await writeStaff(client, district, {
    id,
    name: input.name,
    sealedPhone,
    note: input.note === '' ? null : input.note,
    at: context.now,
  });
  context.note({ subjectKind: 'staff', subjectId: id });
  context.afterCommit(() => {
    forgetActors(context.platform);
  });
  return { id };
}

/** Nobody changes his own posts, and the three administrators are posted only by those who keep the accounts. */
function checkPoster(context: Context, staffId: string, role: keyof typeof roleWords): void {
  if (context.actor.staffId === staffId) throw new Failure('not-allowed', '不能更改自己的任职，请由另一人办理。');
  if (administratorRoles.includes(role) && !context.reachFor('accounts.manage'))
    throw new Failure('not-allowed', `${roleWords[role]}须由安全管理员任免。`);
}

/** Gives a person a post at an existing unit of the role's kind, with the name of who approved it. */
export async function appoint(context: Context, input: ParsedOf<typeof contract.appoint>): Promise<{ id: string }> {
  const { client, district } = context;
  const staff = await findStaffRow(client, district, input.id);
  if (!staff) throw notFound('人员');
  checkPoster(context, staff.id, input.role);
  const unitKind = roleUnit[input.role];
  if (!(await unitExists(client, district, unitKind, input.unitId))) {
    const words = `${roleWords[input.role]}应任职于${{ district: '本区', school: '学校', class: '班级', subdistrict: '街道', community: '社区' }[unitKind]}，没有找到所选单位。`;
    throw new Failure('input-wrong', words, { issues: [{ path: 'unitId', words }] });
  }
  const held = await listPostRows(client, district, [staff.id]);
  const fault = postFault(
    { role: input.role, unitId: input.unitId, from: input.fromDate, to: input.toDate },
    held.map((post) => ({ role: post.role, unitId: post.unit_id, from: post.from_date, to: post.to_date })),
  );
  if (fault)
    throw new Failure(
      fault.code,
      fault.words,
      fault.code === 'input-wrong' ? { issues: [{ path: 'role', words: fault.words }] } : undefined,
    );
  const id = context.newId();
  await addPost(client, district, {
    id,
    staffId: staff.id,
    role: input.role,
    unitKind,
    unitId: input.unitId,
    fromDate: input.fromDate,
    toDate: input.toDate,
    approvedBy: input.approvedBy,
    at: context.now,
  });
  context.note({
    subjectKind: 'staff',
    subjectId: staff.id,
    detail: { postId: id, role: input.role, unitId: input.unitId, approvedBy: input.approvedBy },
  });
  context.afterCommit(() => {
    forgetActors(context.platform);
  });
  return { id };
}

/** Ends a post; the given day is its last. */
export async function endPost(context: Context, input: ParsedOf<typeof contract.endPost>): Promise<{ done: true }> {
  const { client, district } = context;
  const post = await findPostRow(client, district, input.id);
  if (!post) throw notFound('任职');
  checkPoster(context, post.staff_id, post.role);
  const late = post.to_date !== null && input.toDate > post.to_date;
  if (input.toDate < post.from_date || late) {
    const words = late ? '该任职已于更早的日期结束。' : '离任日期早于任职开始日期。';
    throw new Failure('input-wrong', words, { issues: [{ path: 'toDate', words }] });
  }
  await endPostRow(client, district, post.id, { toDate: input.toDate, at: context.now });
  context.note({
    subjectKind: 'staff',
    subjectId: post.staff_id,
    detail: { postId: post.id, role: post.role, toDate: input.toDate },
  });
  context.afterCommit(() => {
    forgetActors(context.platform);
  });
  return { done: true };
}
