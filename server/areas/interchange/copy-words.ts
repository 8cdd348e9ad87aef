import { causeWords, courseStateWords } from '#domain/enrolment/course-words.ts';
import { changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';

/** Words of the columns in the readable copy; a column without a word is printed under its own name. */
export const columnWords: Readonly<Record<string, string>> = {
  name: '姓名',
  sex: '性别',
  birth_date: '出生日期',
  document_type: '证件类型',
  documentType: '证件类型',
  documentNumber: '证件号码',
  registryNo: '学籍号',
  phone: '联系电话',
  guardianPhone: '监护人电话',
  guardianNumber: '监护人证件号码',
  secondGuardian: '第二监护人',
  secondPhone: '第二监护人电话',
  helperNo: '学籍辅号',
  health: '健康状况',
  disability: '残疾类型',
  formerName: '曾用名',
  registeredAddress: '户籍地址',
  identity: '身份核验',
  ethnicity: '民族',
  address: '住址',
  guardian: '监护人',
  relation: '与监护人关系',
  household_state: '户况',
  household_no: '户号',
  study_status: '就学情况',
  stated_school: '自述学校',
  stated_grade: '自述年级',
  tags: '类别',
  surveyor: '摸底人',
  surveyor_name: '摸底人',
  survey_date: '摸底日期',
  note: '备注',
  from_date: '自',
  to_date: '至（不含）',
  from_day: '自',
  to_day: '至',
  day: '日期',
  at: '时间',
  known: '记载有效时间',
  known_at: '记载时间',
  created_at: '建档时间',
  changed_at: '更新时间',
  grade: '年级',
  state: '状态',
  cause: '起因',
  kind: '类别',
  reason: '理由',
  what: '事项',
  words: '内容',
  text: '内容',
  present: '到校',
  answer: '缺勤原因',
  part: '时段',
  consecutive: '连续缺勤（天）',
  cumulative: '累计缺勤（天）',
  leave_kind: '请假类别',
  days_absent: '缺勤天数',
  round: '轮次',
  number: '次序',
  due_date: '期限',
  due_at: '期限',
  done_on: '完成日期',
  ends_on: '结束日期',
  asked_on: '提出日期',
  asked_name: '提出人',
  category: '类别',
  evidence: '依据',
  number_words: '文号',
  child_name: '姓名',
  issued_day: '签发日期',
  issued_name: '签发人',
  signer_name: '落款人',
  served_day: '送达日期',
  unit_name: '单位',
  mode: '方式',
  met: '见到本人或监护人',
  outcome: '结果',
  content_type: '文件类型',
  bytes: '字节数',
  by_name: '经手人',
  actor_name: '经手人',
  made_name: '经手人',
  opened_at: '开始时间',
  discovered_on: '发现日期',
  confirmed_on: '确认日期',
  returned_on: '复学日期',
  whereabouts: '去向',
  reason_group: '原因类别',
  received_on: '收到日期',
  elsewhere: '外地学校',
  place: '就读地',
  place_name: '就读学校',
  list: '名单',
  why: '事由',
  why_text: '事由',
  started_by: '起因',
  settled_at: '办结时间',
  settled_reason: '办结说明',
};

const codes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sex: { male: '男', female: '女' },
  cause: causeWords,
  identity: { proven: '已核实', suspect: '号码待核', conflict: '同号待核', none: '无证件号码' },
};

/** A value in words: of a code list where the column has one, days and moments shortened, lists joined. */
export function valueWords(table: string, column: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (value instanceof Date) return value.toISOString().slice(0, 16).replace('T', ' ');
  if (Array.isArray(value))
    return value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join('、');
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  const text = String(value);
  const list: Readonly<Record<string, string>> | undefined =
    table === 'course' && column === 'state'
      ? courseStateWords
      : table.startsWith('registry_change') && column === 'state'
        ? changeStateWords
        : table === 'registry_change' && column === 'kind'
          ? changeKindWords
          : codes[column];
  return list?.[text] ?? text;
}
