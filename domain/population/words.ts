import type { ChildTag, HouseholdState, StudyStatus } from './record.ts';

/** Words of the stated study status. */
export const studyStatusWords: Record<StudyStatus, string> = {
  inDistrict: '区内就读',
  elsewhere: '区外就读',
  deferred: '延缓入学',
  graduated: '已毕业',
  seniorSchool: '高中就读',
  suspended: '休学',
  dropout: '辍学',
  homeTaught: '送教上门',
  deceased: '死亡',
  abroad: '出国（境）',
  movedAway: '已迁出',
  unable: '因身体原因不能就学',
  none: '未填',
};

/** Words of the household state. */
export const householdStateWords: Record<HouseholdState, string> = {
  together: '人户一致',
  personOnly: '人在户不在',
  registrationOnly: '户在人不在',
  shell: '空挂',
  none: '未填',
};

/** What a door survey met. */
export const surveyResults = ['children', 'noChild', 'empty', 'refused', 'notMet'] as const;
/** The result of a door survey. */
export type SurveyResult = (typeof surveyResults)[number];

/** Words of a door survey's result. */
export const surveyResultWords: Record<SurveyResult, string> = {
  children: '有适龄儿童',
  noChild: '无适龄儿童',
  empty: '空房',
  refused: '拒访',
  notMet: '未遇',
};

/** Words of groups and aid lists. */
export const childTagWords: Record<ChildTag, string> = {
  leftBehind: '留守儿童',
  migrant: '随迁子女',
  minimumLiving: '低保',
  extremePoverty: '特困',
  povertyAlleviated: '脱贫',
  disability: '残疾',
  seriousIllness: '重病',
  orphan: '孤儿',
  factOrphan: '事实无人抚养',
  unregistered: '无户籍',
  singleParent: '单亲',
  martyrFamily: '烈士或优抚子女',
  poor: '家庭困难',
};

/** Lists kept in the closed compartment: health and disability. */
export const closedTags: ReadonlySet<ChildTag> = new Set<ChildTag>(['disability', 'seriousIllness']);
