import type { ComparisonKind, FindingState } from '#domain/comparison/record.ts';
import { comparisonKindWords } from '#domain/comparison/words.ts';
import { importStateWords, listKinds, listKindWords, type importStates } from '#contract/imports.ts';

/** A state of an import. */
export type ImportStateCode = (typeof importStates)[number];
/** A kind of list handed in. */
export type ListKindCode = (typeof listKinds)[number];
/** The look of a status beside its word. */
export type StatusKind = 'ok' | 'wait' | 'warn' | 'bad' | 'quiet';

/** What each kind means, in one sentence for the head of its tab. */
export const findingKindMeaning: Record<ComparisonKind, string> = {
  notEnrolled: '适龄档案中有、全区学籍名册中没有的孩子。请社区与对口学校核实去向。',
  onRollAbsent: '名册上有学籍，到校情况为“否”且没有请假的孩子。请学校核实原因。',
  doubleEnrolled: '同时出现在两所学校名册上的孩子，计数时只计一次。请两校核对学籍。',
  notInRegister: '在名册上就读、适龄档案中没有的孩子。请社区补登。',
  identityReview: '号码校验不符，或同一号码登记了不同姓名。请在“同一人核对”中逐对核对。',
  registerDuplicate: '适龄档案中登记了两次的孩子。请保留一条。',
  enrolledElsewhere: '档案写明在区外就读、尚未核实的孩子。核实前不计入入学率。',
  deferred: '经批准延缓入学的孩子，不计入入学率的分母。',
  notSchoolAge: '已毕业或已升入高中、中职的孩子，取得毕业证明前单独列出。',
};

/** The look of each state of a finding. */
export const findingStateLook: Record<FindingState, StatusKind> = {
  open: 'warn',
  verifying: 'wait',
  explained: 'wait',
  accepted: 'ok',
  settled: 'quiet',
};

/** The look of each state of an import. */
export const importStateLook: Record<ImportStateCode, StatusKind> = {
  waiting: 'wait',
  reading: 'wait',
  checked: 'warn',
  publishing: 'wait',
  done: 'ok',
  cancelled: 'quiet',
  failed: 'bad',
};

/** The state of an import in words; a preview is worked out and taken back, so it never reads 写入中. */
export function importWords(file: { state: ImportStateCode; dryRun: boolean }): string {
  if (file.state === 'publishing' && file.dryRun) return '试算中，不写入';
  return file.state === 'reading' && !file.dryRun ? '正式导入中' : importStateWords[file.state];
}

/** Whether the platform is still at work on an import, so that a page asks again. */
export function isRunning(state: ImportStateCode): boolean {
  return state === 'waiting' || state === 'reading' || state === 'publishing';
}

/** What each kind of list is for, beside its name in the wizard. */
export const listKindMeaning: Record<ListKindCode, string> = {
  schools: '先导入学校名录，其他名单按学校标识码或校名对应学校。',
  register: '街道社区摸底的适龄儿童少年，一人一行。',
  roster: '各校学籍名册，全国学籍系统导出的模板可直接使用，可一次选多所学校。',
  presence: '某一天各班学生到校情况，“否”且没有请假的列为在籍不在校。',
  keylist: '低保、特困、残疾、留守等名单，用于核对是否都已入学。',
  registry: '全国学籍系统最新导出，只作比对、不改花名册；结果在“学籍 > 全国系统比对”。',
};

/** Words of the counts and rates of a run, whatever key the result carries. */
export const countWords: Record<string, string> = {
  ...comparisonKindWords,
  owing: '应入学儿童少年',
  inRegister: '其中档案登记',
  denominator: '入学率分母',
  enrolledOnRoster: '名册在籍',
  statedElsewhere: '自述区外就读（待核实）',
  heldRows: '待更正的行',
  openProposals: '待核对的疑似同一人',
  otherProposals: '其他疑似同一人',
  aidListed: '帮扶名单中未在校',
};

/** The Chinese word of a key of a result; an unknown key is shown as it is. */
export function countWord(key: string): string {
  return countWords[key] ?? key;
}

/** The kinds of list in the order in which they should be handed in, as choices. */
export const listKindOrder: readonly ListKindCode[] = listKinds;

/** A size of a file in words. */
export function bytesWords(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} 字节`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** The name of a kind of list. */
export function listKindWord(kind: ListKindCode): string {
  return listKindWords[kind];
}

/** Answers that a step of a finding changes. */
export const findingRefreshes: string[] = ['comparison', 'population', 'statistics'];
