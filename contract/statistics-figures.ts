import { z } from 'zod';
import { figureIds } from '#domain/statistics/formulas.ts';
import { openGroups } from '#domain/statistics/groups.ts';
import { courseParts, levels, periodKinds, scopeKinds, TallyShape } from '#domain/statistics/record.ts';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { DecidingSchool, Forecast } from './forecast.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

/** Only children who live in a street or belong to a group (D§2.5) at the period's end. Groups of the closed compartment are not offered. */
export const Within = AsOf.extend({ street: z.string().max(12).optional(), group: z.enum(openGroups).optional() });
const Asked = Within.extend({
  period: z.enum(periodKinds).default('year'),
  scopeKind: z.enum(scopeKinds).default('district'),
  /** The key among the scopes of the kind: a class, `school:grade`, a school, a grade, `primary` or `junior`, a street; empty for the district. */
  scopeKey: z.string().max(80).default(''),
});
/** Of the district or one level of it, or of one school. */
export const OfSchoolOrLevel = AsOf.extend({ schoolId: Id.optional(), level: z.enum(levels).optional() });
/** Variants that replace the formula's own parts: `annualRetention.withSuspended,dropoutRate.national`. */
export const Variants = z.string().max(200).optional();

const Figure = z.object({
  figure: z.enum(figureIds),
  name: z.string(),
  version: z.number().int(),
  variant: z.string().nullable(),
  words: z.string(),
  numerator: z.number(),
  denominator: z.number(),
  /** Per cent, null where nothing stands below. */
  value: z.number().nullable(),
  target: z.number().nullable(),
  /** Per cent points above (positive) or below the target. */
  gap: z.number().nullable(),
});
const Head = z.object({
  period: z.enum(periodKinds),
  from: Day,
  to: Day,
  words: z.string(),
  asOf: Day,
  knownAt: z.string().nullable(),
  /** Whether the answer came from the kept tallies or was counted anew; both are equal. */
  source: z.enum(['kept', 'recounted']),
});

export const getFigures = endpoint({
  name: 'statistics.getFigures',
  method: 'GET',
  path: '/api/figures',
  summary: '一个班级、年级、学校、街道、学段或全区在一个时段的各项人数与指标',
  permission: 'cockpit.read',
  audit: null,
  input: Asked.extend({ variants: Variants }),
  output: Head.extend({
    scopeKind: z.enum(scopeKinds),
    scopeKey: z.string(),
    scopeName: z.string(),
    counts: TallyShape,
    /** 0: the identity of the components holds. */
    identityGap: z.number().int(),
    figures: z.array(Figure),
  }),
});

export const listFigures = endpoint({
  name: 'statistics.listFigures',
  method: 'GET',
  path: '/api/figures/scopes',
  summary: '同类单位的各项人数与指标：学校按与目标的差距排列，班级只在本校内按年级班号排列',
  permission: 'cockpit.read',
  audit: null,
  input: Within.extend({
    period: z.enum(periodKinds).default('year'),
    scopeKind: z.enum(scopeKinds).default('school'),
    schoolId: Id.optional(),
    /** Of \`schoolLevel\` and \`streetLevel\`: this level alone. */
    level: z.enum(levels).optional(),
    variants: Variants,
  }),
  output: Head.extend({
    ranked: z.boolean(),
    rows: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        counts: TallyShape,
        figures: z.array(Figure),
        /** Fewer pupils than make a rate meaningful. */
        small: z.boolean(),
      }),
    ),
  }),
});

export const listFigureNames = endpoint({
  name: 'statistics.listFigureNames',
  method: 'GET',
  path: '/api/figures/names',
  summary: '一项人数背后的学生名单',
  permission: 'children.read',
  audit: null,
  input: Asked.extend({
    /** A part, or those who are lost: 辍学 and 去向未落实 together. */
    part: z.enum(['Lost', ...courseParts]),
    ...Paging.shape,
  }),
  output: pageOf(
    z.object({
      childId: Id,
      name: z.string(),
      sex: z.string().nullable(),
      birthDate: Day.nullable(),
      schoolName: z.string().nullable(),
      className: z.string().nullable(),
      /** The day of the movement, or since when he stands so. */
      day: Day,
    }),
  ),
});

export const getForecast = endpoint({
  name: 'statistics.getForecast',
  method: 'GET',
  path: '/api/figures/forecast',
  summary: '学年末年巩固率预测：数值、区间、方法、与目标的差距和起决定作用的学校',
  permission: 'cockpit.read',
  audit: null,
  input: OfSchoolOrLevel,
  output: Forecast.extend({
    asOf: Day,
    from: Day,
    lostByEnd: z.number(),
    deciding: z.array(
      DecidingSchool.extend({
        schoolId: Id,
        lost: z.number().int(),
        dropped: z.number().int(),
        gone: z.number().int(),
      }),
    ),
  }),
});

export const listTrend = endpoint({
  name: 'statistics.listTrend',
  method: 'GET',
  path: '/api/figures/trend',
  summary: '一个单位逐周、逐月或逐学年的指标',
  permission: 'cockpit.read',
  audit: null,
  input: Asked.extend({ count: z.coerce.number().int().min(1).max(60).default(12), variants: Variants }),
  output: z.array(z.object({ from: Day, to: Day, words: z.string(), counts: TallyShape, figures: z.array(Figure) })),
});

const Signed = z.array(z.object({ part: z.string(), sign: z.union([z.literal(1), z.literal(-1)]) }));
export const listFormulas = endpoint({
  name: 'statistics.listFormulas',
  method: 'GET',
  path: '/api/figures/formulas',
  summary: '现行指标公式：编号、版本、分子分母各项、上限和口径',
  permission: 'cockpit.read',
  audit: null,
  input: z.object({}),
  output: z.array(
    z.object({
      id: z.enum(figureIds),
      version: z.number().int(),
      name: z.string(),
      words: z.string(),
      numerator: Signed,
      denominator: Signed,
      cap: z.number().nullable(),
      rises: z.boolean(),
      variants: z.array(z.object({ id: z.string(), words: z.string() })),
    }),
  ),
});
