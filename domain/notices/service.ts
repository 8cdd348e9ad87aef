import { z } from 'zod';
import { addCalendarDays } from '../basics/calendar.ts';
import type { FieldIssue } from '../basics/failure.ts';
import { isSigned, Strokes } from '../basics/strokes.ts';
import { serviceModes } from './record.ts';

const Name = z.string().trim().max(40);
/** What is recorded of serving a document, or of an attempt that failed. */
export const Service = z.object({
  mode: z.enum(serviceModes),
  /** `failed`: nobody met, returned by the post; the document is not served. */
  outcome: z.enum(['served', 'failed']).default('served'),
  /** In person and left: the day it was handed over; post: the day of receipt; electronic: the day it arrived; public: the day of publication. */
  day: z.iso.date(),
  place: z.string().trim().max(120).default(''),
  recipient: Name.default(''),
  /** 本人, 同住成年家属 … */
  relation: Name.default(''),
  /** Who served: names. */
  servers: z.array(Name.min(1)).max(4).default([]),
  signature: Strokes.optional(),
  /** The recipient took the paper but would not sign. */
  refusal: z.string().trim().max(200).default(''),
  witnesses: z
    .array(z.object({ name: Name.min(1), unit: z.string().trim().max(60).default('') }))
    .max(4)
    .default([]),
  /** Number of the letter; address of the message; where it was published. */
  reference: z.string().trim().max(120).default(''),
  /** Electronic only: when and how the recipient consented to it. */
  consent: z.string().trim().max(200).default(''),
  note: z.string().trim().max(500).default(''),
  papers: z.array(z.uuid()).max(12).default([]),
});
/** What is recorded of serving a document. */
export type Service = z.infer<typeof Service>;

/** Days after publication on which a public notice counts as served (民事诉讼法 第九十五条, applied by custom). */
export const publicNoticeDays = 30;

const need = (holds: boolean, path: string, words: string): FieldIssue[] => (holds ? [] : [{ path, words }]);

/** What a record of service still lacks (D§2.9: 直接、留置、邮寄、电子、公告); `failedBefore` counts earlier attempts that failed. */
export function faultsOfService(
  service: Service,
  today: string,
  issuedDay: string,
  failedBefore: number,
): FieldIssue[] {
  const faults = [
    ...need(service.day <= today, 'day', '送达日期不能晚于今天。'),
    ...need(service.day >= issuedDay, 'day', '送达日期不能早于签发日期。'),
  ];
  if (service.outcome === 'failed') return [...faults, ...need(service.note !== '', 'note', '请写明未能送达的原因。')];
  switch (service.mode) {
    case 'inPerson': {
      const signed = service.signature !== undefined && isSigned(service.signature);
      return [
        ...faults,
        ...need(service.recipient !== '', 'recipient', '请写明签收人姓名。'),
        ...need(service.servers.length > 0, 'servers', '请写明送达人。'),
        ...need(
          signed || service.papers.length > 0 || service.refusal !== '',
          'signature',
          '请由签收人签名，或附已签收的送达回证扫描件；拒绝签名的写明理由并由见证人见证。',
        ),
        ...need(service.refusal === '' || service.witnesses.length > 0, 'witnesses', '拒绝签名的，须有见证人。'),
      ];
    }
    case 'left':
      return [
        ...faults,
        ...need(service.servers.length > 0, 'servers', '请写明送达人。'),
        ...need(service.place !== '', 'place', '请写明留置地点。'),
        ...need(service.refusal !== '', 'refusal', '请写明拒收的情况。'),
        ...need(service.witnesses.length > 0, 'witnesses', '留置送达须有见证人（社区、学校等基层组织的代表）。'),
        ...need(service.papers.length > 0, 'papers', '留置送达须附送达过程的照片。'),
      ];
    case 'post':
      return [...faults, ...need(service.reference !== '', 'reference', '请填写邮件号码。')];
    case 'electronic':
      return [
        ...faults,
        ...need(service.consent !== '', 'consent', '电子送达须先取得受送达人同意，请写明同意的时间和方式。'),
        ...need(service.reference !== '', 'reference', '请写明发往的号码或邮箱。'),
      ];
    case 'public':
      return [
        ...faults,
        ...need(failedBefore > 0, 'mode', '公告送达是最后的方式：请先记录其他方式未能送达的情况。'),
        ...need(service.reference !== '', 'reference', '请写明公告的地点或媒体。'),
      ];
  }
}

/** The day of service from which a deadline runs; null when the attempt failed. */
export function dayOfService(service: Pick<Service, 'mode' | 'outcome' | 'day'>): string | null {
  if (service.outcome === 'failed') return null;
  return service.mode === 'public' ? addCalendarDays(service.day, publicNoticeDays) : service.day;
}
