import { endpoints } from '#contract/index.ts';
import { roleWords } from '#domain/basics/roles.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** How an act ended. */
export const outcomes: Record<string, { kind: StatusKind; words: string }> = {
  done: { kind: 'ok', words: '已办' },
  refused: { kind: 'warn', words: '被拒绝' },
  failed: { kind: 'bad', words: '未办成' },
};
/** What an act was about. */
export const subjects: Record<string, string> = {
  child: '孩子',
  household: '户',
  school: '学校',
  place: '街道或社区',
  staff: '人员',
  account: '账号',
  token: '接口令牌',
  approval: '批准事项',
  setting: '参数',
  finding: '比对发现',
  import: '导入',
  comparisonRun: '比对',
  heldRow: '待更正',
  district: '全区',
  export: '导出',
  proposal: '同一人核对',
  survey: '入户摸底',
  bookFile: '册表',
  sheetLayout: '表的版式',
  ownField: '自设字段',
};
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
/** What a link says beside its act. */
const detailKeys: Readonly<Record<string, string>> = {
  accept: '同意说明',
  accepted: '接收',
  action: '做法',
  approvalId: '批准编号',
  approve: '批准',
  approvedBy: '批准人',
  asOf: '截至日期',
  begun: '新划入',
  brokenAt: '断开处',
  byPost: '按岗位一键拨打',
  bytes: '字节数',
  category: '情形',
  childId: '孩子编号',
  code: '未接收原因',
  complete: '导出完整',
  corrected: '更正了先前的行',
  correctedRows: '先前的行的编号',
  created: '新建',
  decision: '决定',
  dryRun: '试导入',
  dueDate: '到期日',
  edition: '区划版本',
  emptied: '清空的表格',
  ended: '划出',
  exportOf: '导出的名单',
  fields: '改动的项目',
  fingerprint: '文件指纹',
  fromDate: '自哪一天起',
  held: '未接收',
  identities: '含完整号码',
  keptFrom: '保存自学年',
  kind: '种类',
  left: '一方档案编号',
  links: '记录条数',
  list: '名单',
  lookBack: '回看',
  mergedId: '被并入的档案编号',
  mergeId: '合并编号',
  newChildren: '新增孩子',
  owing: '应入学',
  ownerKind: '责任方种类',
  ownerUnit: '责任单位编号',
  placesAdded: '新增街道、社区',
  presenceRetried: '重试接收的到校行',
  postId: '岗位编号',
  proposalId: '核对编号',
  refused: '拒绝的原因',
  removed: '清除的记录',
  repeated: '重复',
  requestedBy: '申请人编号',
  result: '入户结果',
  retried: '重试的行',
  right: '另一方档案编号',
  role: '岗位',
  roles: '岗位',
  rows: '行数',
  staffId: '人员编号',
  toDate: '到哪一天止',
  unchanged: '没有变化',
  undone: '已拆开',
  unitId: '单位编号',
  value: '取值',
  what: '打开的内容',
};
const detailValues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  what: { document: '完整证件号码', phone: '完整电话' },
  identities: { masked: '否，已遮盖', full: '是', faulty: '仅存疑的号码' },
  exportOf: { children: '适龄儿童少年名单', findings: '比对发现', roster: '花名册', held: '待更正的行', books: '册表' },
  result: { children: '有适龄儿童', noChild: '无适龄儿童', empty: '空房', refused: '拒访', notMet: '未遇' },
  role: roleWords,
  roles: roleWords,
};

/** The name of a fact beside an act; one without a name shows its own. */
export function detailKey(key: string): string {
  return detailKeys[key] ?? key;
}

/** A fact beside an act in words. */
export function detailValue(key: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.map((one) => detailValue(key, one)).join('、');
  if (typeof value === 'string') return detailValues[key]?.[value] ?? value;
  return JSON.stringify(value);
}
