import type { AttendingKind, ChangeField, ChangeKind, ChangeState, UnlawfulKind } from './changes-record.ts';

/** Words of the kinds of registry change. */
export const changeKindWords: Record<ChangeKind, string> = {
  entry: '入学',
  transferInside: '转学（区内）',
  transferInProvince: '转入（省内）',
  transferInOther: '转入（省外）',
  transferOutProvince: '转出（省内）',
  transferOutOther: '转出（省外）',
  suspension: '休学',
  renewal: '继续休学',
  resumption: '复学',
  deferral: '延缓入学',
  attending: '就读地变更',
  repeat: '留级',
  skip: '跳级',
  classChange: '转班',
  death: '死亡',
  emigration: '出国（境）',
  specialised: '专门学校就读',
  inclusive: '随班就读',
  homeTeaching: '送教上门',
  placement: '小学升初中',
};

/** Words of the kinds that are refused. */
export const unlawfulKindWords: Record<UnlawfulKind, string> = {
  withdrawal: '退学',
  expulsion: '开除',
  stopping: '停学',
  cancelling: '取消学籍',
  persuadedOut: '劝退或勒令转学',
  entryTest: '入学考试',
  registryCondition: '以学籍为入学条件',
};

/** Words of the states of a change. */
export const changeStateWords: Record<ChangeState, string> = {
  school: '待学校审核',
  receiving: '待转入学校审核',
  sending: '待转出学校审核',
  bureau: '待区教育局审批',
  elsewhere: '待外地学校和主管部门核办',
  arrival: '待到校确认',
  late: '去向未落实',
  done: '已办结',
  refused: '未通过',
  withdrawn: '已撤回',
  corrected: '已更正',
};

/** The code of each kind in JY/T 1001 (学籍异动类别); the names stand in the data file. */
export const changeCodes: Record<ChangeKind, string> = {
  entry: '99',
  transferInside: '22',
  transferInProvince: '22',
  transferInOther: '22',
  transferOutProvince: '21',
  transferOutOther: '21',
  suspension: '11',
  renewal: '11',
  resumption: '12',
  deferral: '99',
  attending: '99',
  repeat: '02',
  skip: '04',
  classChange: '29',
  death: '51',
  emigration: '99',
  specialised: '99',
  inclusive: '99',
  homeTeaching: '99',
  placement: '99',
};

/** Words of the fields that a kind may need. */
export const changeFieldWords: Record<ChangeField, string> = {
  toSchool: '转入学校',
  toClass: '班级',
  toGrade: '年级',
  endsOn: '结束日期',
  elsewhere: '外地学校',
  quota: '每月送教课时',
  place: '就读地',
};

/** Words of the kinds of attending place. */
export const attendingKindWords: Record<AttendingKind, string> = {
  otherSchool: '其他学校',
  specialSchool: '特殊教育学校',
  correctionSchool: '专门学校',
  hospital: '医院',
  home: '家中（送教上门）',
  regularClass: '原班（随班就读）',
};
