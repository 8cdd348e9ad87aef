import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import { requestMeansWords, type requestMeans } from '#contract/interchange.ts';
import type * as contract from '#contract/interchange.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { renderBook } from '#server/areas/notices/actions.ts';
import { requestApproval, useApproval } from '#server/areas/security/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import { readStoredFile, storeFile } from '#server/files/store.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { gatherCopy, type Copy } from './copy-content.ts';
import { copySections } from './copy-pdf.ts';
import {
  findCopy,
  findSubject,
  insertCopy,
  markMade,
  pageCopies,
  readDistrictName,
  type CopyRow,
} from './store-copies.ts';

interface RequestSeal {
  requester: string;
  relation: string;
  means: (typeof requestMeans)[number];
  proof: string;
  purpose: string;
  note: string;
}

const place = (context: Context, id: string) =>
  ({ table: 'access_request', column: 'sealed', district: context.district, id }) as const;
const openRequest = (context: Context, row: Pick<CopyRow, 'id' | 'sealed'>): RequestSeal =>
  openJson(context.keys, place(context, row.id), row.sealed) as RequestSeal; // as: sealed by askCopy with these fields
const copyOf = (id: string): string => `copy:${id}`;

/** Writes a request down and asks for the second person's approval that the copy needs (未成年人网络保护条例 36). */
export async function askCopy(
  context: Context,
  input: ParsedOf<typeof contract.askCopy>,
): Promise<OutputOf<typeof contract.askCopy>> {
  const { client, district, actor, now, today } = context;
  const known = await findCopy(client, district, input.id);
  if (known) {
    if (known.askedBy !== actor.id || known.approvalId === null)
      throw new Failure('already-exists', '这个编号已用于另一项申请，请重新填写。');
    return { id: known.id, approvalId: known.approvalId };
  }
  if (input.receivedOn > today) throw new Failure('input-wrong', '收到日期不能晚于今天。', { issues: [{ path: 'receivedOn', words: '收到日期不能晚于今天。' }] }); // prettier-ignore
  const name = await findSubject(client, district, input.subjectKind, input.subjectId);
  if (name === null) throw notFound(input.subjectKind === 'child' ? '学生档案' : '学校', '份');
  const { requester, relation, means, proof, purpose, note } = input;
  // Who approves must see of whom the copy is.
  const { id: approvalId } = await requestApproval(context, {
    kind: 'exportIdentities',
    exportOf: copyOf(input.id),
    ...(input.subjectKind === 'child' ? { purpose, childId: input.subjectId } : { purpose: `${name}：${purpose}` }),
  });
  const seal: RequestSeal = { requester, relation, means, proof, purpose, note };
  await insertCopy(client, district, {
    id: input.id,
    subjectKind: input.subjectKind,
    subjectId: input.subjectId,
    receivedOn: input.receivedOn,
    by: actor.id,
    byName: actor.name,
    at: now,
    sealed: sealJson(context.keys, place(context, input.id), seal),
    approvalId,
  });
  context.note({
    subjectKind: input.subjectKind,
    subjectId: input.subjectId,
    detail: { copyRequest: input.id, approvalId },
  });
  return { id: input.id, approvalId };
}

function waitsFor(context: Context, row: CopyRow): string | null {
  if (row.state === 'made') return '副本已生成，请直接下载。';
  if (row.askedBy !== context.actor.id) return '由登记申请的人生成。';
  if (row.decision === null) return '等待另一人批准。';
  if (row.decision === 'refused') return '未获批准。';
  return row.expiresAt !== null && row.expiresAt <= context.now ? '批准已过期，请重新登记。' : null;
}

/** The requests, the newest first. */
export async function listCopies(
  context: Context,
  input: ParsedOf<typeof contract.listCopies>,
): Promise<OutputOf<typeof contract.listCopies>> {
  const { page, size, state } = input;
  const { rows, total } = await pageCopies(context.client, context.district, {
    state,
    size,
    offset: (page - 1) * size,
  });
  context.note({ subjectKind: 'copyRequest', detail: { rows: rows.length } });
  return {
    rows: rows.map((row) => {
      const { requester, relation, means, proof, purpose } = openRequest(context, row);
      return {
        id: row.id,
        subjectKind: row.subjectKind,
        subjectId: row.childId ?? row.schoolId ?? '',
        subjectName: row.subjectName,
        requester,
        relation,
        meansWords: requestMeansWords[means],
        proof,
        purpose,
        receivedOn: row.receivedOn,
        askedName: row.askedName,
        askedAt: row.askedAt.toISOString(),
        state: row.state,
        approvalId: row.approvalId,
        waits: waitsFor(context, row),
        approvedName: row.approvedName,
        madeAt: row.madeAt?.toISOString() ?? null,
        madeName: row.madeName,
        fingerprint: row.fingerprint,
        records: row.records,
        mine: row.askedBy === context.actor.id,
      };
    }),
    total,
    page,
    size,
  };
}

async function readable(
  context: Context,
  copy: Copy,
  seal: RequestSeal,
  fingerprint: string,
  approvedBy: string,
): Promise<Buffer> {
  // prettier-ignore
  const pdf = await renderBook(context, {
    title: '个人信息查阅副本',
    subtitle: copy.basis,
    unit: `${await readDistrictName(context.client, context.district)}教育局`,
    cover: [
      { label: '儿童', value: copy.subject.name },
      { label: '申请人', value: `${seal.requester}（${seal.relation}）` },
      { label: '用途', value: seal.purpose },
      { label: '批准人', value: approvedBy },
      { label: '经手人', value: context.actor.name },
      { label: '日期', value: context.today },
      { label: '数据指纹', value: fingerprint.slice(0, 32) },
    ],
    sections: copySections(copy),
    watermark: `${seal.requester} ${context.today} 查阅副本`,
  });
  return Buffer.from(pdf.content);
}

/** Makes the copy of an approved request once: JSON and, of a child, a readable PDF; both are kept sealed. */
export async function makeCopy(
  context: Context,
  input: ParsedOf<typeof contract.makeCopy>,
): Promise<OutputOf<typeof contract.makeCopy>> {
  const { client, district, keys, platform } = context;
  const row = await findCopy(client, district, input.id, true);
  if (!row) throw notFound('申请', '项');
  if (row.state === 'made') throw new Failure('wrong-step', '副本已经生成，请直接下载。');
  const approval = await useApproval(context, 'exportIdentities', { childId: row.childId ?? undefined, exportOf: copyOf(row.id) }, { approvalId: row.approvalId ?? undefined }); // prettier-ignore
  const subjectId = row.childId ?? row.schoolId ?? '';
  const copy = await gatherCopy(context, {
    kind: row.subjectKind,
    id: subjectId,
    name: row.subjectName,
    requestId: row.id,
  });
  const json = Buffer.from(JSON.stringify(copy, null, 1));
  const fingerprint = createHash('sha256').update(json).digest('hex');
  const keep = async (content: Buffer) =>
    (await storeFile(keys, platform.config.dataDirectory, context.newId(), Readable.from([content]))).storedName;
  const records = copy.sections.reduce((sum, section) => sum + section.rows.length, 0);
  const pdf = row.subjectKind === 'child' ? await readable(context, copy, openRequest(context, row), fingerprint, approval.approvedBy) : null; // prettier-ignore
  await markMade(client, district, row.id, {
    at: context.now,
    byName: context.actor.name,
    approvedName: approval.approvedBy,
    jsonFile: await keep(json),
    pdfFile: pdf === null ? null : await keep(pdf),
    fingerprint,
    records,
  });
  context.note({
    subjectKind: row.subjectKind,
    subjectId,
    reason: approval.purpose,
    detail: { copyRequest: row.id, records, fingerprint },
  });
  return { id: row.id, records, fingerprint };
}

/** Hands out a made copy; each time stands in the audit trail. */
export async function downloadCopy(
  context: Context,
  input: ParsedOf<typeof contract.downloadCopy>,
): Promise<FileAnswer> {
  const row = await findCopy(context.client, context.district, input.id);
  const stored = input.form === 'json' ? row?.jsonFile : row?.pdfFile;
  if (!row || stored === null || stored === undefined) throw notFound('副本', '份');
  context.note({
    subjectKind: row.subjectKind,
    subjectId: row.childId ?? row.schoolId ?? '',
    detail: { copyRequest: row.id, form: input.form },
  });
  return {
    fileName: `全部信息副本_${row.subjectName}_${row.receivedOn}.${input.form}`,
    contentType: input.form === 'json' ? 'application/json' : 'application/pdf',
    body: await readStoredFile(context.keys, context.platform.config.dataDirectory, stored),
  };
}
