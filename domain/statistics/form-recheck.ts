import type { FormRow } from './form.ts';
import { formTitles, plain, type FormColumn, type FormHead, type FormSheet } from './form-layout.ts';
import type { CoursePart } from './record.ts';
import { partWords } from './words.ts';

/** A school in the district's recheck: what it signed beside what the records say now. */
export interface RecheckLine {
  name: string;
  state: string;
  version: number;
  signedName: string | null;
  signed: FormRow['counts'] | null;
  now: FormRow['counts'];
}

const rechecked: readonly CoursePart[] = ['S1', 'Drop', 'Open'];

/** The district's recheck of a period: each school's signed figures, the recount, and what differs. */
export function recheckSheet(head: FormHead, lines: readonly RecheckLine[]): FormSheet {
  const columns: FormColumn[] = [
    { ...plain, label: '学校', width: 24 },
    { ...plain, label: '状态', width: 10 },
    { ...plain, label: '版本', width: 6, number: true },
    { ...plain, label: '签报人', width: 12 },
    ...rechecked.flatMap((one): FormColumn[] =>
      ['签报', '复核', '相差'].map((label) => ({
        group: partWords[one],
        label,
        width: 8,
        number: true,
        part: label === '相差' ? null : one,
        opens: null,
        recount: label === '复核',
      })),
    ),
    { ...plain, label: '核查结论', width: 18 },
  ];
  const rows = lines.map((line) => {
    const { signed, now } = line;
    const differs = signed !== null && rechecked.some((one) => signed[one] !== now[one]);
    return [
      line.name,
      line.state,
      line.version,
      line.signedName ?? '—',
      ...rechecked.flatMap((one) =>
        signed === null ? ['—', now[one], '—'] : [signed[one], now[one], now[one] - signed[one]],
      ),
      signed === null ? '未报' : differs ? '不符，应更正重报' : '相符',
    ];
  });
  return {
    title: formTitles.district[head.kind === 'week' || head.kind === 'month' ? 'quarter' : head.kind],
    unit: head.unit,
    period: head.period,
    columns,
    rows,
    notes: ['复核为系统按现有记录重新计数；签报后的迟报、更正使两者不同，学校应更正重报。'],
  };
}
