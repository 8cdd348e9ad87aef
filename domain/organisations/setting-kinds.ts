import { z } from 'zod';
import { defaultAges } from '#domain/basics/school-year.ts';

/** What a value is, so that a form can be made for it. */
export type SettingKind = 'ages' | 'percent' | 'days' | 'number' | 'words' | 'switch' | 'time' | 'weekday';

/** The answer to a proposed value: the value as it will be kept, or what is wrong with it. */
export type SettingCheck<Value> = { value: Value } | { fault: string };

/** One setting of the catalogue: what an official reads, what holds by default, and what is accepted. */
export interface SettingItem<Value> {
  key: string;
  label: string;
  words: string;
  kind: SettingKind;
  default: Value;
  check(value: unknown): SettingCheck<Value>;
}

function checkWith<Value>(shape: z.ZodType<Value>, fault: string): (value: unknown) => SettingCheck<Value> {
  return (value) => {
    const parsed = shape.safeParse(value);
    return parsed.success ? { value: parsed.data } : { fault };
  };
}

const Ages = z.object({ from: z.number().int().min(5).max(8), below: z.number().int().min(15).max(19) });

/** A share of 0 to 100 percent. */
export function percent(key: string, label: string, words: string, standard: number): SettingItem<number> {
  return {
    key,
    label,
    words,
    kind: 'percent',
    default: standard,
    check: checkWith(z.number().min(0).max(100), '应为 0 至 100 的数。'),
  };
}

/** A number of 1 to 60 days. */
export function days(key: string, label: string, words: string, standard: number): SettingItem<number> {
  return {
    key,
    label,
    words,
    kind: 'days',
    default: standard,
    check: checkWith(z.number().int().min(1).max(60), '应为 1 至 60 的整数。'),
  };
}

/** A number of school days, 0 (the same day) to 10. */
export function schoolDays(key: string, label: string, words: string, standard: number): SettingItem<number> {
  const check = checkWith(z.number().int().min(0).max(10), '应为 0 至 10 的整数。');
  return { key, label, words, kind: 'days', default: standard, check };
}

/** A number of times, 1 to 10. */
export function times(key: string, label: string, words: string, standard: number): SettingItem<number> {
  const check = checkWith(z.number().int().min(1).max(10), '应为 1 至 10 的整数。');
  return { key, label, words, kind: 'number', default: standard, check };
}

/** A number of people between two bounds, both included. */
export function people(
  key: string,
  label: string,
  words: string,
  standard: number,
  least: number,
  most: number,
): SettingItem<number> {
  // prettier-ignore
  const check = checkWith(z.number().int().min(least).max(most), `应为 ${String(least)} 至 ${String(most)} 的整数。`);
  return { key, label, words, kind: 'number', default: standard, check };
}

/** A length of at least the standard, at most 64. */
export function length(key: string, label: string, words: string, standard: number): SettingItem<number> {
  return {
    key,
    label,
    words,
    kind: 'number',
    default: standard,
    check: checkWith(z.number().int().min(standard).max(64), `应为 ${String(standard)} 至 64 的整数。`),
  };
}

/** A whole number of hours, or an hour of the day, within bounds. */
export function hours(
  key: string,
  label: string,
  words: string,
  standard: number,
  least: number,
  most: number,
): SettingItem<number> {
  return {
    key,
    label,
    words,
    kind: 'number',
    default: standard,
    check: checkWith(
      z.number().int().min(least).max(most),
      `应为 ${String(least)} 至 ${String(most)} 的整数（小时）。`,
    ),
  };
}

/** The ages that owe compulsory education: from, and below (义务教育法 5, 11). */
export const ages: SettingItem<z.infer<typeof Ages>> = {
  key: 'ages',
  label: '义务教育年龄',
  kind: 'ages',
  default: defaultAges,
  words: '在学年开始前的 8 月 31 日年满“起”岁、未满“止”岁的儿童少年应接受义务教育（义务教育法第五、十一条）。',
  check: checkWith(Ages, '起始年龄应为 5 至 8 的整数，截止年龄应为 15 至 19 的整数。'),
};

/** A number of 1 to 240 minutes. */
export function minutes(key: string, label: string, words: string, standard: number): SettingItem<number> {
  const check = checkWith(z.number().int().min(1).max(240), '应为 1 至 240 的整数。');
  return { key, label, words, kind: 'number', default: standard, check };
}

/** Yes or no. */
export function onOff(key: string, label: string, words: string, standard: boolean): SettingItem<boolean> {
  return { key, label, words, kind: 'switch', default: standard, check: checkWith(z.boolean(), '应为“是”或“否”。') };
}

/** A time of the day, `HH:MM`. */
export function timeOfDay(key: string, label: string, words: string, standard: string): SettingItem<string> {
  const shape = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
  return { key, label, words, kind: 'time', default: standard, check: checkWith(shape, '应为时间，如 08:00。') };
}

/** A day of the week, 1 (Monday) to 7 (Sunday), from a first one that is accepted. */
export function weekday(
  key: string,
  label: string,
  words: string,
  standard: number,
  first: number,
): SettingItem<number> {
  const check = checkWith(z.number().int().min(first).max(7), `应为${weekdayWords(first)}至周日。`);
  return { key, label, words, kind: 'weekday', default: standard, check };
}

/** A day of the week in words: 1 is 周一. */
export function weekdayWords(day: number): string {
  return `周${'一二三四五六日'[day - 1] ?? ''}`;
}

/** The ways of visiting that count as covered. */
export function visitModes(key: string, label: string, standard: string[]): SettingItem<string[]> {
  return {
    key,
    label,
    words: '上门、电话、线上中，哪些方式见到了人即算完成走访。重点对象月访和个案走访须上门，不在此设置。',
    kind: 'words',
    default: standard,
    check: checkWith(
      z
        .array(z.enum(['上门', '电话', '线上']))
        .min(1)
        .max(3),
      '应为上门、电话、线上中的一种或几种。',
    ),
  };
}

/** A few names of at most ten characters, each once. */
export function someWords(key: string, label: string, words: string, standard: string[]): SettingItem<string[]> {
  const shape = z
    .array(z.string().trim().min(2).max(10))
    .min(2)
    .max(8)
    .refine((list) => new Set(list).size === list.length);
  const check = checkWith(shape, '应为 2 至 8 个名称，每个 2 至 10 字，不重复。');
  return { key, label, words, kind: 'words', default: standard, check };
}
