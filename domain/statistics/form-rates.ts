import { attendanceParts, type FormRow, type FormRows } from './form.ts';
import { daysOf, sheetOf, type Cell, type FormHead, type FormOpen, type FormSheet, type Spec } from './form-layout.ts';
import { evaluate, formulas, formulaVersions, percentWords, type FigureId } from './formulas.ts';

/** The rates that forms print, in their order; each with its numerator and denominator. */
const formRates = ['dropoutRate', 'irregularAttrition', 'annualRetention', 'returnRate', 'attendance'] as const;
type FormRate = (typeof formRates)[number] & FigureId;

/** A rate of a line as reckoned by its formula. */
function rateOf(id: FormRate, row: FormRow) {
  return evaluate(id, id === 'attendance' ? attendanceParts(row.attendance) : row.counts);
}

/** A rate of a line as forms print it. */
export function rateCell(id: FormRate): (row: FormRow) => string {
  return (row) => {
    const { value } = rateOf(id, row);
    return value === null ? '—' : `${percentWords(value)}%`;
  };
}

/** A side of a rate: the component that it is, or what it is the sum of, with the list that it opens. */
type Side = [label: string, cell: Cell, opens?: FormOpen];
const sides: Record<FormRate, [Side, Side]> = {
  dropoutRate: [
    ['本期辍学', 'Drop'],
    ['期初在校', 'S0'],
  ],
  irregularAttrition: [
    ['去向未落实＋辍学', (row) => rateOf('irregularAttrition', row).numerator, 'lost'],
    ['期初在校', 'S0'],
  ],
  annualRetention: [
    ['期末在校', 'S1'],
    ['期末在校＋去向未落实＋辍学', (row) => rateOf('annualRetention', row).denominator, 'keptOrLost'],
  ],
  returnRate: [
    ['本期劝返复学', 'Returned'],
    ['期初未复学＋本期确认', (row) => rateOf('returnRate', row).denominator, 'openOrConfirmed'],
  ],
  attendance: [
    ['实到人日', (row) => daysOf(rateOf('attendance', row).numerator), 'classes'],
    ['应到－未知人日', (row) => daysOf(rateOf('attendance', row).denominator), 'classes'],
  ],
};

/** 比率计算表: every rate of the forms with numerator and denominator, line by line (D§3: the components of a rate are kept and shown). */
export function rateSheet(head: FormHead, { rows, total }: FormRows): FormSheet {
  const spec = formRates.flatMap((id): Spec[] => {
    const { name } = formulas[id];
    const [[upper, numerator, above], [lower, denominator, below]] = sides[id];
    return [
      [name, `分子：${upper}`, numerator, 11, above],
      [name, `分母：${lower}`, denominator, 11, below],
      [name, '比率', rateCell(id), 10],
    ];
  });
  const notes = [
    ...formRates.map((id) => `${formulas[id].name}＝${formulas[id].words}。`),
    `分母为 0 的不计算，记“—”。公式：${formulaVersions(formRates)}。`,
  ];
  return sheetOf(head, '比率计算表', spec, [...rows, total], notes);
}
