import type { ChangeKind, ChangeState } from './changes-record.ts';

/** Title of the printed form of each kind (转学申请表, 休学申请表 …). */
export const changeFormTitles: Record<ChangeKind, string> = {
  entry: '新生入学登记表',
  transferInside: '中小学生转学申请表',
  transferInProvince: '中小学生转学（转入）申请表',
  transferInOther: '中小学生转学（转入）申请表',
  transferOutProvince: '中小学生转学（转出）申请表',
  transferOutOther: '中小学生转学（转出）申请表',
  suspension: '中小学生休学申请表',
  renewal: '中小学生继续休学申请表',
  resumption: '中小学生复学申请表',
  deferral: '适龄儿童少年延缓入学申请表',
  attending: '学生就读地变更申请表',
  repeat: '中小学生留级申请表',
  skip: '中小学生跳级申请表',
  classChange: '中小学生转班申请表',
  death: '学生死亡学籍处理表',
  emigration: '学生出国（境）学籍处理表',
  specialised: '学生专门学校就读申请表',
  inclusive: '学生随班就读申请表',
  homeTeaching: '学生送教上门申请表',
  placement: '小学毕业生升学报到登记表',
};

/** Who writes in the box of a state, and who signs there. */
export const formBoxes: Partial<Record<ChangeState, { label: string; signer: string }>> = {
  school: { label: '学　校\n审核意见', signer: '校长' },
  receiving: { label: '转入学校\n意　见', signer: '校长' },
  sending: { label: '转出学校\n意　见', signer: '校长' },
  bureau: { label: '区教育局\n审批意见', signer: '经办人' },
  elsewhere: { label: '外地学校\n和主管部门\n意　见', signer: '登记人' },
  arrival: { label: '到校确认', signer: '确认人' },
};

/** Words of a reference below the form. */
export const formNotes: Partial<Record<ChangeKind, string>> = {
  suspension:
    '休学由监护人书面申请并附县级以上医院证明，经学校审核、区教育局批准；每次不超过一年，连续不超过两年；休学期间不办理转学。期满前 15 个工作日申请复学或继续休学。',
  renewal: '继续休学应在期满前 15 个工作日申请，连续休学不超过两年。',
  resumption: '休学期满或病愈，由监护人申请复学，学校应及时办理。',
  deferral: '延缓入学由监护人申请，报区教育局（或受委托的街道办事处）批准（义务教育法第十一条）；学校不得自行决定。',
  homeTeaching: '送教上门每月课时为定额，每次由监护人签字；不足定额的由学校补足。',
  transferInside:
    '转学由转入学校发起，转入学校、转出学校、区教育局各在 10 个工作日内办结；到校确认前学籍仍在转出学校。',
};
