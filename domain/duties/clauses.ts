/** A clause of the plan: what is owed and what counts as done (方案). */
export interface Clause {
  id: string;
  title: string;
  /** Who owes what. */
  owes: string;
  /** What counts as done. */
  done: string;
}

/** The plan's clauses in its own order, first version. */
export const clauses: readonly Clause[] = [
  { id: '二', title: '工作目标', owes: '区、校：入学率 100%，年巩固率 99%', done: '各期指标达到目标，差额逐名可查' },
  { id: '三(一)1', title: '层层签订责任书', owes: '学校、教师、家长、学生逐级签订', done: '各班签订覆盖率 100%' },
  { id: '三(一)2', title: '一保六到位', owes: '学校：人员、责任、措施、时间、资料到位', done: '六项状态均有事实支撑' },
  {
    id: '三(一)3',
    title: '入户摸底与档案台账',
    owes: '社区、学校：不漏一户、不差一人，建立一校一册、一生一案',
    done: '每户有签字的走访记录，台账随时可印',
  },
  { id: '三(一)4', title: '义务教育通知书', owes: '学校或区：入学前发放', done: '送达有回执，未报到者去向明确' },
  { id: '三(二)1-3', title: '理想教育与集体活动', owes: '班主任：主题班会、集体活动', done: '有计划、记录与照片' },
  { id: '三(三)', title: '净化环境与校园文化', owes: '学校：暑期整治与文化建设', done: '整治项目前后对照' },
  { id: '三(四)1-4', title: '教研教改与师生情谊', owes: '学校、教师：按学期计划', done: '措施有责任人与记录' },
  { id: '三(五)1', title: '班级责任到人', owes: '班主任、任课教师：班级控辍目标', done: '目标分解到每位教师' },
  {
    id: '三(五)2',
    title: '辍学报告制度',
    owes: '班级当日报告学校，学校一周内统计报告',
    done: '当日报告、按周报表（含零报告）均在期限内',
  },
  { id: '三(五)3', title: '奖惩', owes: '学校、区：与实绩和及时性挂钩', done: '奖惩记录有依据' },
  { id: '三(五)4', title: '学籍变动报告', owes: '学籍管理员：周、月、学期报告', done: '变动有材料、审批并按期报告' },
  { id: '三(五)5', title: '双困生帮扶', owes: '学校：结对帮扶', done: '有结对、目标、记录与成效' },
  { id: '三(五)6', title: '困难学生资助', owes: '学校：应助尽助', done: '应享未享为零' },
  { id: '三(六)1-4', title: '特色项目', owes: '学校：选定、实施、展示', done: '有分析、活动与意见' },
  { id: '四(一)', title: '组织领导', owes: '区、校：领导小组、方案与分工', done: '领导小组和职责齐备' },
  {
    id: '四(二)',
    title: '走访与劝返',
    owes: '班主任、学校：走访、劝返、辍学档案',
    done: '档案有姓名、时间、原因、去向及学生和监护人签字',
  },
  { id: '四(三)', title: '督查与问责', owes: '督查组：督查、整改、通报', done: '问题按期整改并复查' },
];
