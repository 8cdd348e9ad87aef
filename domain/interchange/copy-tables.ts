/** A table of which a copy of everything about one child or one school holds the rows, how they are found, and under which heading they stand. */
export interface CopyTable {
  table: string;
  /** Heading in the readable copy. */
  words: string;
  /** The column that names the subject; with `through`, the one that points at that table's rows of the subject. */
  column: string;
  through?: { table: string; column: string; key: string };
  /** Only rows for which this holds, with `x` as the row. */
  only?: string;
  /** Columns that say nothing about the subject: places in the store, links between rows of the platform. */
  leave?: readonly string[];
  /** Health records: a compartment of its own, read under its role or with its setting for the one statement. */
  closed?: 'role' | 'setting';
}

/** What investigations are about: the reports and referrals are left out whole, and so is every row that tells of them. */
const investigated = `('emergency', 'refer', 'answerReferral')`;
const investigatedDuties = `('urgentCase', 'referralAnswer')`;

/** What concerns another child as well: whether somebody else of a list is the same person. */
const otherChild = `('identityReview')`;
/** Households as the register has them now: one that was written down in error is another family's. */
const livesThere = (column: string) =>
  `x.${column} IN (SELECT y.household_id FROM register_entry y WHERE y.district_code = $1 AND y.child_id = $2 AND upper_inf(y.known))`;

const own = (table: string, words: string, more: Partial<CopyTable> = {}): CopyTable => ({
  table,
  words,
  column: 'child_id',
  ...more,
});

/** What a guardian's copy holds of his child (个人信息保护法 第四十五条), in the order in which it is read. */
export const childTables: readonly CopyTable[] = [
  own('child', '身份档案', { column: 'id' }),
  own('child_change', '档案更正记录'),
  own('register_entry', '适龄儿童少年信息档案'),
  own('register_repeat', '档案重复行'),
  own('household', '住户', { column: 'id', through: { table: 'register_entry', column: 'child_id', key: 'household_id' }, only: livesThere('id') }), // prettier-ignore
  // What was written at the door is about everybody who lives behind it.
  own('survey', '入户摸底', { column: 'household_id', through: { table: 'register_entry', column: 'child_id', key: 'household_id' }, leave: ['note'], only: livesThere('household_id') }), // prettier-ignore
  own('key_list_entry', '帮扶名单'),
  own('closed_list_entry', '残疾与健康名单', { closed: 'role' }),
  own('standing', '已核实的就学情况'),
  own('enrolment', '学籍'),
  own('enrolment_claim', '其他学校的学籍主张'),
  own('course', '学业轨迹'),
  own('registry_change', '学籍异动'),
  own('registry_change_event', '学籍异动办理过程'),
  own('attending_place', '就读地'),
  own('home_lesson', '送教上门'),
  own('home_lesson_month', '送教上门月结'),
  own('change_form', '学籍异动申请表', { leave: ['stored_name'] }),
  own('own_value', '自设栏目'),
  own('work_record_child', '责任书、资助和帮扶'),
  // The days and forms of those records; their words may tell of other pupils and stay in the book.
  own('work_record', '责任书和资助记录', { column: 'id', through: { table: 'work_record_child', column: 'child_id', key: 'record_id' }, leave: ['sealed', 'staff_ids', 'reason'], only: `x.kind <> 'pairing'` }), // prettier-ignore
  // Help to a pupil is about him alone.
  own('work_record', '双困生帮扶', { column: 'id', through: { table: 'work_record_child', column: 'child_id', key: 'record_id' }, leave: ['staff_ids'], only: `x.kind = 'pairing'` }), // prettier-ignore
  own('work_record_paper', '这些记录的扫描件', { column: 'record_id', through: { table: 'work_record_child', column: 'child_id', key: 'record_id' } }), // prettier-ignore
  own('registry_difference', '与全国学籍系统的差异'),
  own('presence', '到校情况名单'),
  own('absence', '缺勤'),
  own('absence_standing', '本学期缺勤累计'),
  own('leave', '请假'),
  own('attendance_correction', '点名更正'),
  own('first_day_entry', '开学首日未到校的原因和去向'),
  own('finding', '数据比对发现', { leave: ['kept_since'], only: `x.kind NOT IN ${otherChild}` }),
  own('finding_event', '比对发现办理过程', { leave: ['stood_before'], column: 'finding_id', through: { table: 'finding', column: 'child_id', key: 'id' }, only: `x.finding_id NOT IN (SELECT y.id FROM finding y WHERE y.district_code = $1 AND y.kind IN ${otherChild})` }), // prettier-ignore
  // The facts behind a sign name brothers and sisters by their ids; its words say what they come to.
  own('risk_sign', '预警迹象', { leave: ['facts', 'dismissed_facts'] }),
  own('pupil_score', '成绩', { closed: 'setting' }),
  own('visit_plan_item', '走访安排'),
  own('visit', '走访记录'),
  own('visit_signature', '走访签名'),
  own('return_case', '劝返个案', { leave: ['emergency', 'people'] }),
  // How a round was opened and by whom would tell of an emergency and who reported it.
  own('case_round', '个案轮次', { leave: ['source', 'opened_name'] }),
  own('case_state', '个案状态'),
  own('case_event', '个案过程', { only: `NOT x.closed AND x.what NOT IN ${investigated}` }),
  own('dropout_report', '疑似辍学报告'),
  own('case_plan', '劝返计划'),
  own('case_finding', '原因分析'),
  own('case_decision', '销号与复核'),
  own('case_follow_up', '复学跟踪'),
  own('return_callback', '复学回访'),
  own('issued_document', '签发的文书', { leave: ['stored_name'] }),
  own('service_receipt', '文书送达'),
  own('paper', '材料目录', { leave: ['stored_name', 'beside'], closed: 'setting', only: `coalesce(x.subject_kind, '') NOT IN ('emergency', 'referral')` }), // prettier-ignore
  own('duty', '工作任务', { leave: ['live_key', 'ladder', 'occasion'], only: `x.rule NOT IN ${investigatedDuties}` }),
  own('duty_event', '工作任务办理过程', { column: 'duty_id', through: { table: 'duty', column: 'child_id', key: 'id' }, only: `x.duty_id NOT IN (SELECT y.id FROM duty y WHERE y.district_code = $1 AND y.rule IN ${investigatedDuties})` }), // prettier-ignore
  own('access_request', '查阅、复制申请', { leave: ['json_file', 'pdf_file'] }),
];

/** What is left out of a copy: what it is called and why. */
interface LeftOut {
  words: string;
  why: string;
}

/** Tables that name a child and are not in his copy, each with the reason that the copy prints. */
export const childExcluded: Readonly<Record<string, LeftOut>> = {
  case_emergency: {
    words: '紧急情况报告',
    why: '紧急情况报告涉及强制报告和案件调查，不向当事监护人提供（未成年人保护法第十一条；个人信息保护法第四十五条、第十八条）',
  },
  case_referral: {
    words: '向有关部门的转介',
    why: '向公安、民政等机关的转介涉及案件调查，由受理机关依法告知（个人信息保护法第四十五条、第十八条）',
  },
  proposal: {
    words: '疑似同一人的提示',
    why: '“疑似同一人”提示同时涉及另一名儿童，不提供（个人信息保护法第二十五条）',
  },
  finding: {
    words: '身份疑点的比对发现',
    why: '身份疑点同时涉及名册上的另一人，不提供；其余比对发现已在本份中（个人信息保护法第二十五条）',
  },
  survey: {
    words: '入户摸底备注',
    why: '摸底备注按住户填写，可能涉及同住的其他人，不提供；摸底的日期和结果已在本份中',
  },
  work_record: {
    words: '责任书、资助和活动记录的正文',
    why: '正文和更正原因按班级或学校填写，可能涉及其他学生，不提供；形式和日期已在本份中',
  },
  merge: { words: '档案合并', why: '档案合并只记内部编号；合并的内容已并入本份各项记录，合并与撤销由审计记录' },
  import_row: { words: '导入时的临时行', why: '导入时的临时行，导入结束即清空' },
  attendance_watch: { words: '考勤提醒时间', why: '只记下次提醒时间，没有关于儿童的内容' },
  risk_case: { words: '个案的推算结果', why: '由个案推算的缓存，个案各项已在本份中' },
};

const schools = (table: string, words: string, more: Partial<CopyTable> = {}): CopyTable => ({
  table,
  words,
  column: 'school_id',
  ...more,
});

/** What the copy of one school holds: its units, its people, its rolls and the work of its pupils. */
export const schoolTables: readonly CopyTable[] = [
  schools('school', '学校', { column: 'id', leave: ['row_print'] }),
  schools('school_class', '班级'),
  schools('catchment', '服务片区'),
  schools('enrolment', '学籍'),
  schools('enrolment_claim', '学籍主张'),
  schools('child', '学生', { column: 'id', through: { table: 'enrolment', column: 'school_id', key: 'child_id' } }),
  schools('course', '学业轨迹'),
  schools('registry_change', '学籍异动'),
  schools('attending_place', '就读地'),
  schools('year_promotion', '年度升级与毕业'),
  schools('registry_difference', '与全国学籍系统的差异'),
  schools('held_row', '待更正的行'),
  schools('presence', '到校情况名单'),
  schools('roll_call', '点名'),
  schools('roll_call_due', '点名催办'),
  schools('substitute', '代点名'),
  schools('absence', '缺勤'),
  schools('absence_standing', '缺勤累计'),
  schools('leave', '请假'),
  schools('attendance_correction', '点名更正'),
  schools('first_day_entry', '开学首日未到校的原因和去向'),
  schools('first_day_class', '开学首日核对完的班级'),
  schools('first_day_list', '开学首日到校核对名单'),
  schools('first_day_told', '开学首日核对催办'),
  schools('finding', '数据比对发现', { leave: ['kept_since'] }),
  schools('visit_plan', '走访计划'),
  schools('visit_plan_item', '走访安排'),
  schools('visit', '走访记录'),
  schools('return_case', '劝返个案'),
  schools('case_state', '个案状态'),
  schools('duty', '工作任务', { leave: ['live_key', 'ladder'] }),
  schools('period_report', '统计报表'),
  schools('period_report_version', '统计报表各版', { column: 'report_id', through: { table: 'period_report', column: 'school_id', key: 'id' } }), // prettier-ignore
  schools('period_report_event', '统计报表过程', { column: 'report_id', through: { table: 'period_report', column: 'school_id', key: 'id' } }), // prettier-ignore
  schools('own_value', '自设栏目'),
  schools('work_record', '工作方案、责任书、资助、帮扶、活动和督查'),
  schools('work_record_child', '其中的学生', { column: 'record_id', through: { table: 'work_record', column: 'school_id', key: 'id' } }), // prettier-ignore
  schools('work_record_paper', '这些记录的扫描件'),
  schools('paper', '扫描件目录', { column: 'id', through: { table: 'work_record_paper', column: 'school_id', key: 'paper_id' }, leave: ['stored_name', 'beside'] }), // prettier-ignore
  schools('access_request', '移交申请', { leave: ['json_file', 'pdf_file'] }),
];

/** Tables that name a school and are not in its copy, each with the reason. */
export const schoolExcluded: Readonly<Record<string, LeftOut>> = {
  pupil_score: {
    words: '学生成绩',
    why: '成绩只供学生所在学校和班级查看，教育局制作的副本不含；学校有原表（未成年人学校保护规定第十条）',
  },
  book_file: { words: '册表文件', why: '由各项记录生成的册表文件，记录已在本份中，可随时重新生成' },
  import_row: { words: '导入时的临时行', why: '导入时的临时行，导入结束即清空' },
};
