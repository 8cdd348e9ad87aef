import type {
  CaseKind,
  CaseState,
  ClosingCategory,
  EmergencyKind,
  ReasonGroup,
  ReferralParty,
  RoundSource,
  Rung,
  Whereabouts,
} from './record.ts';

/** The kinds of case. */
export const caseKindWords: Record<CaseKind, string> = { dropout: '辍学', outOfSchool: '失学' };

/** The states of a case. */
export const caseStateWords: Record<CaseState, string> = {
  suspected: '疑似辍学',
  confirming: '待区级确认',
  dismissing: '排除待复核',
  dismissed: '已排除',
  confirmed: '已确认',
  persuading: '劝返中',
  returned: '已复学，跟踪中',
  followed: '跟踪期满',
  closing: '销号待复核',
  closed: '已销号',
};

/** The groups of reasons (D§2.4, 2.8). */
export const reasonGroupWords: Record<ReasonGroup, string> = {
  study: '学习困难/厌学',
  work: '外出打工',
  marriage: '早婚早育',
  religion: '信教',
  poverty: '贫困',
  distance: '上学远',
  illness: '因病',
  disability: '因残',
  family: '家庭',
  internet: '网瘾',
  mind: '心理',
  homeTeaching: '在家或机构学习',
  other: '其他',
};

/** The codes of whereabouts. */
export const whereaboutsWords: Record<Whereabouts, string> = {
  home: '在家',
  district: '本区其他地方',
  city: '本市其他区',
  province: '省内市外',
  otherProvince: '省外',
  abroad: '境外',
  working: '务工场所',
  institution: '培训机构或私塾',
  hospital: '医疗、康复机构',
  custody: '涉案或专门学校',
  unknown: '去向不明',
};

/** What made a round begin. */
export const roundSourceWords: Record<RoundSource, string> = {
  rule: '考勤达到标准',
  report: '学校或社区报告',
  finding: '数据比对',
  emergency: '紧急情况',
  reopen: '重新立案',
};

/** The rungs of the ladder. */
export const rungWords: Record<Rung, string> = {
  contact: '联系学生和家长',
  persuade: '劝返',
  persuasionNotice: '劝学通知书',
  writtenReport: '书面报告区教育局',
  deadlineNotice: '限期复学通知书',
  correctionOrder: '责令限期改正',
  further: '移送有关部门',
  return: '复学',
};

/** Who takes or issues each rung (D§2.9). */
export const rungIssuerWords: Record<Rung, string> = {
  contact: '班主任',
  persuade: '学校，会同社区、街道',
  persuasionNotice: '学校',
  writtenReport: '学校（校长签发）',
  deadlineNotice: '街道',
  correctionOrder: '区教育局（局领导签发）',
  further: '区教育局',
  return: '学校（校长签字）',
};

/** The closing categories. */
export const closingCategoryWords: Record<ClosingCategory, string> = {
  returned: '复学',
  elsewhereWithRegistry: '外地就读，有学籍',
  elsewhereWithoutRegistry: '外地就读，无学籍',
  suspension: '休学',
  deferral: '延缓入学',
  homeDelivered: '送教上门',
  unable: '因身体原因不具备学习条件',
  specialSchool: '专门学校、涉案',
  abroad: '出国（境）',
  deceased: '死亡',
  recordError: '空挂户、双重户籍、号码错误、查无此人',
  graduated: '已毕业、超龄',
  homeTeaching: '在家或机构学习',
};

/** What one person proposes and another checks. */
export const decisionKindWords = { confirmation: '确认', dismissal: '排除', closing: '销号' } as const;

/** The kinds of emergency. */
export const emergencyKindWords: Record<EmergencyKind, string> = {
  missing: '下落不明',
  harm: '受到伤害或有危险',
  violation: '监护人侵害或失职',
  childLabour: '使用童工',
  earlyMarriage: '早婚早育',
  institution: '被送往机构',
};

/** The parties of a referral. */
export const referralPartyWords: Record<ReferralParty, string> = {
  police: '公安',
  civilAffairs: '民政',
  disabledFederation: '残联',
  labour: '人社',
  womenFederation: '妇联',
  procuratorate: '检察院',
  health: '卫健',
  market: '市场监管',
  ethnicReligious: '民宗',
  educationElsewhere: '外地教育局',
};

/** The roles of a case as letters and screens name them. */
export const ownerRoleWords = {
  classTeacher: '班主任',
  schoolOfficer: '德育主任',
  principal: '校长',
  subdistrictOfficer: '街道教育专干',
  bureauOfficer: '区控辍专干',
  bureauLeader: '区教育局领导',
} as const;
