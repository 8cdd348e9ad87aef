import type { DocumentKind, DocumentState, PlaceName, ServiceMode } from './record.ts';

/** The kinds of document. */
export const documentKindWords: Record<DocumentKind, string> = {
  dropoutReport: '辍学学生情况报告表',
  persuasionNotice: '劝学通知书',
  writtenReport: '书面报告',
  deadlineNotice: '限期复学通知书',
  correctionOrder: '责令限期改正通知书',
  returnCertificate: '复学证明',
  visitRecord: '家访记录表',
  dropoutRegister: '辍学学生登记表',
  assistLetter: '协查函',
};

/** Where a document stands. */
export const documentStateWords: Record<DocumentState, string> = {
  issued: '已签发',
  served: '已送达',
  voided: '已作废',
};

/** The ways of serving. */
export const serviceModeWords: Record<ServiceMode, string> = {
  inPerson: '直接送达',
  left: '留置送达',
  post: '邮寄送达',
  electronic: '电子送达',
  public: '公告送达',
};

/** The places that are filled from the records. */
export const placeWords: Record<PlaceName, string> = {
  childName: '学生姓名',
  sex: '性别',
  birthDay: '出生日期',
  documentMask: '证件号码（已遮盖）',
  guardian: '监护人',
  relation: '与学生关系',
  phoneMask: '联系电话（已遮盖）',
  address: '家庭住址',
  community: '社区',
  subdistrict: '街道',
  schoolName: '就读学校',
  className: '班级',
  issuer: '签发单位',
  bureau: '区教育局',
  government: '区人民政府',
  day: '签发日期',
  number: '文号',
  days: '期限天数',
  signer: '签发人',
};

/** The states of a bulk issue. */
export const jobStateWords = {
  waiting: '等待开始',
  running: '正在签发',
  done: '已完成',
  failed: '中断',
  cancelled: '已停止',
} as const;
