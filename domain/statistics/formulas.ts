import type { Part } from './record.ts';

/** The figures of product §6. */
export const figureIds = [
  'enrolment',
  'annualRetention',
  'cohortRetention',
  'gradeProgression',
  'dropoutRate',
  'irregularAttrition',
  'returnRate',
  'timeliness',
  'coverage',
  'attendance',
] as const;
/** A figure. */
export type FigureId = (typeof figureIds)[number];

/** The figures that come from the course alone, in the order in which they are shown. */
export const courseFigures: readonly FigureId[] = [
  'annualRetention',
  'dropoutRate',
  'irregularAttrition',
  'returnRate',
];

/** A part with its sign. */
export interface SignedPart {
  part: Part;
  sign: 1 | -1;
}

/** A way of reckoning the same figure that an official may choose; what it names replaces what the formula says. */
export interface Variant {
  id: string;
  words: string;
  numerator?: readonly SignedPart[];
  denominator?: readonly SignedPart[];
  cap?: number | null;
}

/** A formula: a share of signed parts, in per cent; `cap` is the most it may say, null for none. */
export interface Formula {
  id: FigureId;
  version: number;
  name: string;
  /** As printed under the figure. */
  words: string;
  numerator: readonly SignedPart[];
  denominator: readonly SignedPart[];
  cap: number | null;
  /** Whether more is better; the target is then a least value. */
  rises: boolean;
  variants: readonly Variant[];
}

const plus = (...parts: Part[]): SignedPart[] => parts.map((part) => ({ part, sign: 1 }));
const minus = (...parts: Part[]): SignedPart[] => parts.map((part) => ({ part, sign: -1 }));
const intake = plus('S0', 'New');
const mobility = [...plus('In', 'Back', 'MoveIn'), ...minus('Out', 'Susp', 'Dead', 'Abroad', 'MoveOut')];

/** Every formula in force, one for each figure (product, section 6; D§3). A change is a new version, never an edit of a published one. */
export const formulas: Readonly<Record<FigureId, Formula>> = {
  enrolment: {
    id: 'enrolment',
    version: 1,
    name: '入学率',
    words: '（在册就读＋在外就读且证明已采信）÷（应接受义务教育人数－准予缓学、免学、死亡、迁出）',
    numerator: plus('Enrolled', 'Elsewhere'),
    denominator: [...plus('Owing'), ...minus('Exempt')],
    cap: null,
    rises: true,
    variants: [
      { id: 'withStated', words: '含待核实在外就读', numerator: plus('Enrolled', 'Elsewhere', 'StatedElsewhere') },
      {
        id: 'withoutSuspended',
        words: '休学不计入就读',
        numerator: [...plus('Enrolled', 'Elsewhere'), ...minus('SuspendedOwing')],
      },
    ],
  },
  annualRetention: {
    id: 'annualRetention',
    version: 1,
    name: '年巩固率',
    words: '期末在校÷（期末在校＋去向未落实＋辍学）',
    numerator: plus('S1'),
    denominator: plus('S1', 'Gone', 'Drop'),
    cap: null,
    rises: true,
    variants: [
      {
        id: 'withSuspended',
        words: '休学视同在校',
        numerator: plus('S1', 'Suspended'),
        denominator: plus('S1', 'Suspended', 'Gone', 'Drop'),
      },
    ],
  },
  cohortRetention: {
    id: 'cohortRetention',
    version: 1,
    name: '届巩固率',
    words: '毕业人数÷（入学人数＋转入＋复学＋内部转入－转出－休学－死亡－出国－内部转出），最高 100%',
    numerator: plus('Grad'),
    denominator: [...intake, ...mobility],
    cap: 100,
    rises: true,
    variants: [
      {
        id: 'primary',
        words: '小学：小学毕业离校人数为分子',
        numerator: plus('Left6'),
        denominator: [...intake, ...mobility, ...plus('Left6')],
      },
      { id: 'raw', words: '不计流动：毕业人数÷入学人数', denominator: intake, cap: null },
    ],
  },
  gradeProgression: {
    id: 'gradeProgression',
    version: 1,
    name: '年级巩固率',
    words: '今秋高一年级人数÷去春本年级人数，可超过 100%',
    numerator: plus('GradeAutumn'),
    denominator: plus('GradeSpring'),
    cap: null,
    rises: true,
    variants: [],
  },
  dropoutRate: {
    id: 'dropoutRate',
    version: 1,
    name: '辍学率',
    words: '本期辍学÷期初在校',
    numerator: plus('Drop'),
    denominator: plus('S0'),
    cap: null,
    rises: false,
    variants: [
      {
        id: 'national',
        words: '“两基”口径：（休学＋死亡＋转出＋其他减少）－（转入＋复学），÷期初在校',
        numerator: [...plus('Susp', 'Gone', 'Drop', 'Dead', 'Out', 'Abroad'), ...minus('In', 'Back')],
      },
      { id: 'withSuspended', words: '休学计入辍学', numerator: plus('Drop', 'Gone', 'Susp') },
      { id: 'withEntrants', words: '分母含本期新生', denominator: plus('S0', 'New') },
    ],
  },
  irregularAttrition: {
    id: 'irregularAttrition',
    version: 1,
    name: '非正常流失率',
    words: '（去向未落实＋辍学）÷期初在校',
    numerator: plus('Gone', 'Drop'),
    denominator: plus('S0'),
    cap: null,
    rises: false,
    variants: [{ id: 'withEntrants', words: '分母含本期新生', denominator: plus('S0', 'New') }],
  },
  returnRate: {
    id: 'returnRate',
    version: 1,
    name: '复学率',
    words: '本期劝返复学÷（期初未复学＋本期确认辍学）',
    numerator: plus('Returned'),
    denominator: plus('OpenStart', 'Confirmed'),
    cap: null,
    rises: true,
    variants: [],
  },
  timeliness: {
    id: 'timeliness',
    version: 1,
    name: '及时率',
    words: '按期办结任务÷到期任务',
    numerator: plus('DutiesInTime'),
    denominator: plus('DutiesDue'),
    cap: null,
    rises: true,
    variants: [],
  },
  coverage: {
    id: 'coverage',
    version: 1,
    name: '覆盖率',
    words: '已走访、签订或落实÷应走访、签订或落实',
    numerator: plus('Covered'),
    denominator: plus('ToCover'),
    cap: null,
    rises: true,
    variants: [],
  },
  attendance: {
    id: 'attendance',
    version: 1,
    name: '出勤率',
    words: '实到人日÷（应到人日－未知人日）；未点名、待核的半天为未知，不算到校也不算缺勤',
    numerator: plus('DaysPresent'),
    denominator: [...plus('DaysDue'), ...minus('DaysUnknown')],
    cap: null,
    rises: true,
    variants: [],
  },
};

/** A figure as reckoned: both sides, the value in per cent (null where nothing stands below), and by which formula. */
export interface Evaluated {
  figure: FigureId;
  version: number;
  variant: string | null;
  numerator: number;
  denominator: number;
  value: number | null;
}

function sum(parts: readonly SignedPart[], counts: Readonly<Partial<Record<Part, number>>>): number {
  return parts.reduce((total, { part, sign }) => total + sign * (counts[part] ?? 0), 0);
}

/** The formula with a variant laid over it; an unknown variant is the formula itself. */
export function formulaWith(id: FigureId, variant: string | null): Formula {
  const formula = formulas[id];
  const chosen = formula.variants.find((one) => one.id === variant);
  if (chosen === undefined) return formula;
  return {
    ...formula,
    words: `${formula.words}（${chosen.words}）`,
    numerator: chosen.numerator ?? formula.numerator,
    denominator: chosen.denominator ?? formula.denominator,
    cap: chosen.cap === undefined ? formula.cap : chosen.cap,
  };
}

/** Reckons a figure from counts; parts that are missing count as 0, and a denominator of 0 or less has no value. */
export function evaluate(
  id: FigureId,
  counts: Readonly<Partial<Record<Part, number>>>,
  variant: string | null = null,
): Evaluated {
  const formula = formulaWith(id, variant);
  const numerator = sum(formula.numerator, counts);
  const denominator = sum(formula.denominator, counts);
  const share = denominator > 0 ? (numerator / denominator) * 100 : null;
  const value = share !== null && formula.cap !== null ? Math.min(share, formula.cap) : share;
  const chosen = formula.variants.some((one) => one.id === variant) ? variant : null;
  return { figure: id, version: formula.version, variant: chosen, numerator, denominator, value };
}

/** The ways of reckoning that were chosen in place of the formulas in force, as screens and papers name them; empty where none was. */
export function chosenWords(figures: readonly Pick<Evaluated, 'figure' | 'variant'>[]): string {
  const chosen = figures.flatMap(({ figure, variant }) => {
    const { name, variants } = formulas[figure];
    const way = variants.find((one) => one.id === variant)?.words;
    return way === undefined ? [] : [`${name}（${way}）`];
  });
  return chosen.length === 0 ? '' : `选用口径：${chosen.join('、')}。`;
}

/** A value in per cent as printed, rounded half up to some places; `—` where there is none. */
export function percentWords(value: number | null, places = 2): string {
  if (value === null) return '—';
  const scale = 10 ** places;
  // a hair above keeps 84.75 from being 84.7499…
  return (Math.round(value * scale + 1e-9) / scale).toFixed(places);
}

/** The formulas in force as printed on a frozen report: `annualRetention v1`. */
export function formulaVersions(ids: readonly FigureId[]): string {
  return ids.map((id) => `${id} v${String(formulas[id].version)}`).join('，');
}
