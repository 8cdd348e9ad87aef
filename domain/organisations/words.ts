import type { SchoolStage } from '#domain/enrolment/record.ts';
import type { SchoolDayKind } from './record.ts';

/** Words of what a day is for pupils. */
export const schoolDayWords: Record<SchoolDayKind, string> = {
  school: '上课',
  weekend: '周末',
  holiday: '节假日',
  makeup: '调休上课',
  vacation: '放假',
  changed: '调整',
};

/** The kinds of school that the form offers, by their words there. */
const offeredStages = {
  小学: 'primary',
  初中: 'junior',
  九年一贯制: 'nineYear',
  完全中学: 'complete',
  特殊教育: 'special',
  专门学校: 'corrective',
} as const satisfies Record<string, SchoolStage>;

/** The kind of school behind the words of the form. */
export function stageOfForm(words: keyof typeof offeredStages): SchoolStage {
  return offeredStages[words];
}

/** Kinds of school that lists name but the form does not offer. */
const otherStages: Partial<Record<string, string>> = {
  kindergarten: '幼儿园',
  senior: '高中',
  vocational: '中等职业学校',
  other: '其他',
};

/** Words of a stored kind of school, as the form offers them where it does; unknown text unchanged. */
export function stageWords(stage: string): string {
  return Object.entries(offeredStages).find(([, kind]) => kind === stage)?.[0] ?? otherStages[stage] ?? stage;
}
