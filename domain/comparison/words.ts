import type { CategoryEffect, ComparisonKind, FindingState, StandingKind } from './record.ts';

/** Words of the kinds of finding. */
export const comparisonKindWords: Record<ComparisonKind, string> = {
  notEnrolled: '应入学未入学',
  onRollAbsent: '在籍不在校',
  doubleEnrolled: '双重学籍',
  notInRegister: '在校不在册',
  identityReview: '身份待核对',
  registerDuplicate: '档案重复',
  enrolledElsewhere: '自述区外就读',
  deferred: '延缓入学',
  notSchoolAge: '不在义务教育年龄',
};

/** Words of the states of a finding. */
export const findingStateWords: Record<FindingState, string> = {
  open: '待核实',
  verifying: '核实中',
  explained: '待复核',
  accepted: '复核通过',
  settled: '已消除',
};

/** What the owner has to do, as a line of the desk. */
export const comparisonTaskWords: Record<ComparisonKind, string> = {
  notEnrolled: '上门核实为何未入学',
  onRollAbsent: '核实为何不在校',
  doubleEnrolled: '核对两校学籍',
  notInRegister: '补登适龄档案',
  identityReview: '核对是否同一人',
  registerDuplicate: '核对重复登记',
  enrolledElsewhere: '取得区外就读证明',
  deferred: '核对延缓入学批准',
  notSchoolAge: '核对毕业证明或年龄',
};

/** What accepting an explanation does, in words. */
export function effectWords(effect: CategoryEffect): string {
  switch (effect) {
    case 'settles':
      return '复核通过后销号；情况有变会重新列出';
    case 'staysOpen':
      return '复核后不销号，继续核实';
    case 'standing:elsewhere':
      return '复核通过后计为区外就读（已核实）';
    case 'standing:deferred':
      return '复核通过后不计入入学率分母（延缓入学）';
    case 'standing:unable':
      return '复核通过后不计入入学率分母（不具备学习条件）';
    case 'standing:abroad':
      return '复核通过后不计入入学率分母（出国、出境）';
    case 'standing:deceased':
      return '复核通过后不计入入学率分母（死亡）';
    case 'standing:movedAway':
      return '复核通过后不计入入学率分母（已迁出）';
    case 'standing:graduated':
      return '复核通过后列为已毕业';
  }
}

/** Words of the proofs that take a child off the list of those who owe a local school. */
export const standingKindWords: Record<StandingKind, string> = {
  elsewhere: '在外地就读',
  deferred: '延缓入学',
  unable: '不具备学习条件',
  abroad: '出国（境）',
  deceased: '死亡',
  movedAway: '已迁出',
  graduated: '已毕业',
};
