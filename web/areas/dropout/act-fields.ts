import type { ActField } from './act-field.tsx';

/** Free words of a step. */
export const note: ActField = { name: 'note', label: '说明', kind: 'text', most: 500 };
/** The papers of a step. */
export const papers: ActField = { name: 'paperIds', label: '材料', kind: 'papers' };
/** Words that must be there. */
export const needed = (name: string, label: string, most = 500): ActField => ({
  name,
  label,
  kind: 'text',
  needed: true,
  most,
});
/** A line of words. */
export const line = (name: string, label: string, most: number): ActField => ({ name, label, kind: 'line', most });
/** A day up to today. */
export const day = (today: string, name = 'day', label = '日期'): ActField => ({
  name,
  label,
  kind: 'day',
  needed: true,
  latest: today,
});
/** A choice of one that must be made. */
export const radio = (name: string, label: string, choices: ActField['choices']): ActField => ({
  name,
  label,
  kind: 'radio',
  needed: true,
  ...(choices === undefined ? {} : { choices }),
});
/** Yes and no in words. */
export const yesNo = (yes: string, no: string) => [
  { value: true, label: yes },
  { value: false, label: no },
];
/** The two answers of a check, with free words. */
export const accept = (yes: string, no: string) => [radio('accept', '复核意见', yesNo(yes, no)), note];
