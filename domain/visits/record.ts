import { z } from 'zod';
import { Strokes } from '../basics/strokes.ts';

/** How a visit was made (D4.8): at the door, by telephone, online. */
export const visitModes = ['door', 'phone', 'online'] as const;
/** How a visit was made. */
export type VisitMode = (typeof visitModes)[number];

/** Why a visit is planned: every pupil once a term, in the holidays, pupils at risk each month, a case. */
export const planKinds = ['term', 'holiday', 'atRisk', 'case'] as const;
/** Why a visit is planned. */
export type PlanKind = (typeof planKinds)[number];

/** Why nobody was met (上门未遇). */
export const notMetReasons = ['notHome', 'refused', 'moved', 'wrongAddress', 'noAnswer', 'other'] as const;
/** Why nobody was met. */
export type NotMetReason = (typeof notMetReasons)[number];

/** Who signs a visit. */
export const parties = ['teacher', 'guardian', 'pupil'] as const;
/** Who signs a visit. */
export type Party = (typeof parties)[number];

/** How a party signed, or what stands instead. `scan`: on the paper form, whose scan was attached. */
export const signatureMeans = ['drawn', 'refused', 'absent', 'cannotSign', 'byOther', 'scan'] as const;
/** How a party signed, or what stands instead. */
export type SignatureMeans = (typeof signatureMeans)[number];

/** What the signatures of a visit amount to. */
export const signedStates = ['signed', 'incomplete', 'awaitingScan', 'changed', 'notNeeded'] as const;
/** What the signatures of a visit amount to. */
export type SignedState = (typeof signedStates)[number];

const text = z.string().trim().max(2000).default('');
const name = z.string().trim().min(1, '请填写姓名。').max(40);

/** What is written of a visit (D4.8); `shown` is the child as the form showed him when it was signed. */
export const VisitContent = z.object({
  shown: z
    .object({
      name: z.string().max(60),
      className: z.string().max(60),
      address: z.string().max(200),
      /** In words. */
      sex: z.string().max(4).optional(),
      /** The guardian's number, masked: the form is seen by more than those who may call. */
      phone: z.string().max(30).optional(),
    })
    .optional(),
  visitors: z
    .array(z.object({ staffId: z.uuid().nullable(), name }))
    .min(1, '请填写走访教师。')
    .max(6),
  companions: z.string().trim().max(100).default(''),
  guardian: z
    .object({ name, relation: z.string().trim().min(1, '请填写关系。').max(20) })
    .nullable()
    .default(null),
  notMet: z
    .object({ reason: z.enum(notMetReasons), words: z.string().trim().max(200).default('') })
    .nullable()
    .default(null),
  purpose: text,
  /** 家庭成员: who lives in the house. */
  members: text,
  family: text,
  atSchool: text,
  atHome: text,
  analysis: text,
  opinion: text,
  measures: text,
  nextDay: z.iso.date().nullable().default(null),
  location: z
    .object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      accuracy: z.number().min(0).max(100_000),
    })
    .nullable()
    .default(null),
});
/** What is written of a visit. */
export type VisitContent = z.infer<typeof VisitContent>;

const by = {
  party: z.enum(parties),
  /** SHA-256 (hex) of `contentText` as it stood on the screen when this was signed; without it the text sent counts. */
  print: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
};
/** How a party signed: drawn on the glass, or what stands instead. */
export const Signature = z.discriminatedUnion('means', [
  z.object({ ...by, means: z.literal('drawn'), strokes: Strokes }),
  z.object({
    ...by,
    means: z.literal('refused'),
    reason: z.string().trim().min(2, '请写明拒签原因。').max(200),
    witness: z.object({ name, strokes: Strokes }),
  }),
  z.object({ ...by, means: z.literal('absent'), reason: z.string().trim().max(200).default('') }),
  z.object({ ...by, means: z.literal('cannotSign'), instead: z.enum(['fingerprint', 'paper']), paperId: z.uuid() }),
  z.object({
    ...by,
    means: z.literal('byOther'),
    name,
    relation: z.string().trim().min(1, '请填写代签人与其关系。').max(20),
    strokes: Strokes,
  }),
]);
/** How a party signed. */
export type Signature = z.infer<typeof Signature>;

/** How a planned visit stands: made in its time, made late, only tried, or nothing of it. */
export const coverageStates = ['covered', 'late', 'attempted', 'none'] as const;
/** A standing of a planned visit. */
export type CoverageState = (typeof coverageStates)[number];
