import type { CategoryEffect, ComparisonKind } from './record.ts';

/** A category of explanation (domain reference, sections 2.8 and 2.10): what it must show and what accepting it does. */
export interface Category {
  code: string;
  label: string;
  /** The evidence a reviewer expects. */
  mustShow: string;
  effect: CategoryEffect;
  /** The kinds of finding it can explain. */
  kinds: readonly ComparisonKind[];
  /** A standing that holds until the end of the school year and is then asked for again; else it stays. */
  yearly?: true;
  /** The school or place must be named. */
  needsPlace?: true;
}

const missing = ['notEnrolled', 'onRollAbsent'] as const;
const away = ['notEnrolled', 'enrolledElsewhere', 'onRollAbsent'] as const;

/** Every category, in the order of the form. */
export const categories: readonly Category[] = [
  {
    code: 'returned',
    label: '已入学（返校）',
    mustShow: '班主任逐日点到记录、安置说明、复学证明，校长签字',
    effect: 'settles',
    kinds: missing,
  },
  {
    code: 'onRollHere',
    label: '在校且有学籍，名册漏报',
    mustShow: '学籍系统查询结果，写明学校、班级',
    effect: 'settles',
    kinds: ['notEnrolled'],
  },
  {
    code: 'sheetWrong',
    label: '实际在校，到校情况填报有误',
    mustShow: '班主任当日点名记录，校长签字',
    effect: 'settles',
    kinds: ['onRollAbsent'],
  },
  {
    code: 'elsewhereWithRegistry',
    label: '区外就读，有学籍',
    mustShow: '学籍系统查询结果，写明就读学校和学籍号',
    effect: 'standing:elsewhere',
    kinds: away,
    needsPlace: true,
  },
  {
    code: 'elsewhereNoRegistry',
    label: '区外就读，无学籍',
    mustShow: '盖章的就读证明和学校联系人，并跟进学籍',
    effect: 'standing:elsewhere',
    kinds: away,
    yearly: true,
    needsPlace: true,
  },
  {
    code: 'attendingElsewhere',
    label: '学籍在本校，在他处就读（借读、特殊学校、工读）',
    mustShow: '就读学校盖章证明和起止日期',
    effect: 'settles',
    kinds: ['onRollAbsent'],
    needsPlace: true,
  },
  {
    code: 'corrective',
    label: '专门学校就读或涉案',
    mustShow: '有关机关的决定文书；学籍保留',
    effect: 'settles',
    kinds: missing,
  },
  { code: 'suspended', label: '休学', mustShow: '休学审批、医院证明，写明起止日期', effect: 'settles', kinds: missing },
  {
    code: 'longLeave',
    label: '长时间请假',
    mustShow: '请假手续和证明，写明预计返校日期',
    effect: 'settles',
    kinds: ['onRollAbsent'],
  },
  {
    code: 'homeTeaching',
    label: '送教上门',
    mustShow: '评估意见、送教方案和送教记录',
    effect: 'settles',
    kinds: missing,
  },
  {
    code: 'deferred',
    label: '延缓入学（已批准）',
    mustShow: '监护人申请，街道或教育行政部门的批准文书',
    effect: 'standing:deferred',
    kinds: ['notEnrolled', 'deferred'],
    yearly: true,
  },
  {
    code: 'unable',
    label: '因身体原因不具备学习条件',
    mustShow: '医疗机构证明或专家委员会意见（保密）',
    effect: 'standing:unable',
    kinds: ['notEnrolled', 'deferred', 'onRollAbsent'],
    yearly: true,
  },
  { code: 'abroad', label: '出国（境）', mustShow: '出入境记录或境外学校证明', effect: 'standing:abroad', kinds: away },
  { code: 'deceased', label: '死亡', mustShow: '死亡证明或户口注销证明', effect: 'standing:deceased', kinds: away },
  {
    code: 'movedAway',
    label: '户口和居住地均已迁出',
    mustShow: '户口迁移证明或迁入地社区证明',
    effect: 'standing:movedAway',
    kinds: ['notEnrolled', 'enrolledElsewhere'],
    needsPlace: true,
  },
  {
    code: 'graduated',
    label: '已完成义务教育（已毕业）',
    mustShow: '义务教育毕业证书或学籍系统毕业记录',
    effect: 'standing:graduated',
    kinds: ['notEnrolled', 'notSchoolAge'],
  },
  {
    code: 'overAge',
    label: '不在义务教育年龄',
    mustShow: '户口簿上的出生日期',
    effect: 'settles',
    kinds: ['notEnrolled', 'notSchoolAge'],
  },
  {
    code: 'seniorSchool',
    label: '高中、中职在读',
    mustShow: '就读学校名册或学籍系统查询结果',
    effect: 'standing:graduated',
    kinds: ['notEnrolled', 'notSchoolAge'],
    needsPlace: true,
  },
  {
    code: 'shellRegistration',
    label: '空挂户',
    mustShow: '派出所或社区回函，并更正档案',
    effect: 'settles',
    kinds: ['notEnrolled', 'enrolledElsewhere', 'registerDuplicate'],
  },
  {
    code: 'doubleRegistration',
    label: '双重户籍',
    mustShow: '派出所回函，并更正档案',
    effect: 'settles',
    kinds: ['notEnrolled', 'registerDuplicate', 'identityReview'],
  },
  {
    code: 'numberWrong',
    label: '证件号码或姓名错误',
    mustShow: '户口簿原件核对结果，并更正档案或名册',
    effect: 'settles',
    kinds: ['notEnrolled', 'identityReview', 'notInRegister', 'doubleEnrolled', 'registerDuplicate'],
  },
  {
    code: 'nobody',
    label: '查无此人',
    mustShow: '派出所或社区回函，并更正档案',
    effect: 'settles',
    kinds: ['notEnrolled', 'enrolledElsewhere'],
  },
  {
    code: 'registered',
    label: '已补登适龄档案',
    mustShow: '社区入户摸底记录',
    effect: 'settles',
    kinds: ['notInRegister'],
  },
  {
    code: 'livesOutside',
    label: '居住地和户籍均不在本区',
    mustShow: '居住地社区证明或居住证',
    effect: 'settles',
    kinds: ['notInRegister'],
  },
  {
    code: 'transferred',
    label: '已转学，原校尚未减员',
    mustShow: '转学手续和接收学校证明',
    effect: 'settles',
    kinds: ['doubleEnrolled', 'onRollAbsent'],
  },
  {
    code: 'rosterWrong',
    label: '其中一校名册有误',
    mustShow: '两校核对记录，有误的学校已更正名册',
    effect: 'settles',
    kinds: ['doubleEnrolled', 'notInRegister'],
  },
  {
    code: 'duplicateKept',
    label: '同一人登记两次，已保留一条',
    mustShow: '社区核对记录，写明保留哪一户',
    effect: 'settles',
    kinds: ['registerDuplicate'],
  },
  {
    code: 'twoHomes',
    label: '户籍地与居住地各登记一次',
    mustShow: '户口簿和居住地证明',
    effect: 'settles',
    kinds: ['registerDuplicate'],
  },
  {
    code: 'different',
    label: '核对为不同的人',
    mustShow: '两人户口簿核对结果；并在同一人核对中否定',
    effect: 'settles',
    kinds: ['identityReview', 'registerDuplicate'],
  },
  {
    code: 'refused',
    label: '监护人拒绝送学，或无正当理由未入学',
    mustShow: '入户记录、劝学经过；继续劝返',
    effect: 'staysOpen',
    kinds: missing,
  },
  {
    code: 'homeOrAgency',
    label: '在家或在培训机构学习',
    mustShow: '责令入学文书；返校前不销号',
    effect: 'staysOpen',
    kinds: missing,
  },
  {
    code: 'lost',
    label: '失联',
    mustShow: '逐次查找经过、报警回执和公安回复；不得销号',
    effect: 'staysOpen',
    kinds: away,
  },
];

/** The categories that can explain a kind of finding. */
export function categoriesOf(kind: ComparisonKind): readonly Category[] {
  return categories.filter((category) => category.kinds.includes(kind));
}

/** The category of a code for a kind of finding; undefined when it cannot explain it. */
export function findCategory(kind: ComparisonKind, code: string): Category | undefined {
  return categoriesOf(kind).find((category) => category.code === code);
}
