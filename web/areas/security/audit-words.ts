import { endpoints } from '#contract/index.ts';
import { answerWords, dayPartWords, leaveKindWords, leaveStateWords } from '#domain/attendance/words.ts';
import { roleWords } from '#domain/basics/roles.ts';
import { bookLevelWords } from '#domain/books/words.ts';
import { workKindWords } from '#domain/books/work-words.ts';
import { comparisonKindWords, findingStateWords } from '#domain/comparison/words.ts';
import { caseStateWords, rungWords } from '#domain/dropout/words.ts';
import { changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import { documentKindWords, serviceModeWords } from '#domain/notices/words.ts';
import { surveyResultWords } from '#domain/population/words.ts';
import { auditDetailWords, auditSubjectWords } from '#domain/security/trail-words.ts';
import { periodKindWords } from '#domain/statistics/words.ts';
import { partyWords, planKindWords, visitModeWords } from '#domain/visits/words.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** How an act ended. */
export const outcomes: Record<string, { kind: StatusKind; words: string }> = {
  done: { kind: 'ok', words: '已办' },
  refused: { kind: 'warn', words: '被拒绝' },
  failed: { kind: 'bad', words: '未办成' },
};
/** What an act was about, in words. */
export function subjectWords(kind: string): string {
  return new Map<string, string>(Object.entries(auditSubjectWords)).get(kind) ?? kind;
}
/** What the platform does without a call of a person, or before sign-in. */
export const ownVerbs: readonly (readonly [string, string])[] = [
  ['security.signIn', '登录'],
  ['security.useApproval', '没有有效批准而查看或导出完整号码'],
  ['security.createStaffWithAccount', '命令行开通人员与账号'],
  ['imports.published', '名单入库'],
  ['attendance.announceFirstDay', '开学首日核对到期提醒'],
  ['books.makeFile', '后台制作册表'],
  ['dropout.passDeadlines', '个案期限届满'],
  ['duties.escalate', '超期任务逐级上报'],
  ['duties.followPupils', '任务随学生转交'],
  ['risk.purgeScores', '清除过保存期的成绩'],
  ['risk.refreshSigns', '每天重算预警迹象'],
  ['organisations.createDistrict', '建立区'],
  ['organisations.setCatchmentsByAddress', '按地址划定对口社区'],
];
/** What was done, in words. */
export const verbWords = new Map([
  ...endpoints.map((endpoint) => [endpoint.name, endpoint.summary] as const),
  ...ownVerbs,
]);
/** What codes of a fact mean, after the name of the fact: a code never stands under a name that gives it another meaning. */
const detailValues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  what: { document: '完整证件号码', phone: '完整电话' },
  identities: { masked: '否，已遮盖', full: '是', faulty: '仅存疑的号码' },
  exportOf: { children: '适龄儿童少年名单', findings: '比对发现', roster: '花名册', held: '待更正的行', books: '册表' },
  result: surveyResultWords,
  role: roleWords,
  roles: roleWords,
  answer: answerWords,
  channels: { email: '邮箱', webhook: '机器人' },
  format: { xlsx: 'Excel 表', pdf: 'PDF' },
  kind: { ...comparisonKindWords, ...leaveKindWords, ...planKindWords, ...workKindWords, ...changeKindWords, ...documentKindWords }, // prettier-ignore
  level: bookLevelWords,
  mode: { ...visitModeWords, ...serviceModeWords },
  part: dayPartWords,
  parties: partyWords,
  period: periodKindWords,
  state: { ...findingStateWords, ...leaveStateWords, ...changeStateWords, ...caseStateWords },
  step: rungWords,
  unitKind: { district: '教育局', school: '学校', street: '街道', class: '班级', community: '社区' },
};

/** The name of a fact beside an act; one without a name shows its own. */
export function detailKey(key: string): string {
  return new Map<string, string>(Object.entries(auditDetailWords)).get(key) ?? key;
}

/** A fact beside an act in words. */
export function detailValue(key: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.map((one) => detailValue(key, one)).join('、');
  if (typeof value === 'string') return detailValues[key]?.[value] ?? value;
  return JSON.stringify(value);
}
