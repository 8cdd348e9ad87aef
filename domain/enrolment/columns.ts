import type { ColumnSpec } from '#domain/basics/list-row.ts';

function column(key: string, label: string, aliases: readonly string[] = [], required = false): ColumnSpec {
  return { key, label, aliases, required };
}

function memberColumns(member: 1 | 2): ColumnSpec[] {
  const label = `成员${String(member)}`;
  const key = `member${String(member)}`;
  const spoken = member === 1 ? ['监护人', '家长'] : [];
  return [
    column(`${key}Name`, `${label}姓名`, [
      ...spoken.flatMap((word) => [`${word}姓名`, word]),
      `监护人${String(member)}`,
      `监护人${String(member)}姓名`,
    ]),
    column(`${key}Relation`, `${label}关系`, member === 1 ? ['与学生关系', '与监护人关系', '监护人关系'] : []),
    column(`${key}RelationNote`, `${label}关系说明`),
    column(`${key}Address`, `${label}现住址`),
    column(`${key}RegisteredArea`, `${label}户口所在地行政区划`),
    column(`${key}Phone`, `${label}联系电话`, member === 1 ? ['监护人联系电话', '监护人电话', '家长电话'] : []),
    column(`${key}IsGuardian`, `${label}是否监护人`),
    column(`${key}DocumentType`, `${label}身份证件类型`),
    column(`${key}DocumentNumber`, `${label}身份证件号`, [`${label}身份证件号码`, `${label}身份证号`]),
    column(`${key}Ethnicity`, `${label}民族`),
    column(`${key}Work`, `${label}工作单位`),
    column(`${key}Post`, `${label}职务`),
  ];
}

/** Columns of the national registry import template (D5.4), with the common shorter headings of school lists. */
export const rosterColumns: readonly ColumnSpec[] = [
  column('name', '姓名', ['学生姓名'], true),
  column('sex', '性别'),
  column('birth', '出生日期', ['出生年月日', '出生年月', '生日'], true),
  column('birthArea', '出生地行政区划代码', ['出生地', '出生地行政区划']),
  column('nativePlace', '籍贯'),
  column('ethnicity', '民族'),
  column('nationality', '国籍/地区', ['国籍', '国籍地区']),
  column('documentType', '身份证件类型', ['证件类型', '证件种类']),
  column('overseas', '港澳台侨外', ['是否港澳台侨外']),
  column('health', '健康状况'),
  column('politics', '政治面貌'),
  column(
    'documentNumber',
    '身份证件号',
    ['身份证件号码', '身份证号', '身份证号码', '证件号码', '证件号', '公民身份号码', '身份证'],
    true,
  ),
  column('registrationKind', '户口性质'),
  column('registeredArea', '户口所在地行政区划', ['户口所在地', '户籍地', '户籍所在地']),
  column('classNo', '班号', ['班级', '班级名称', '班']),
  column('enteredMonth', '入学年月', ['入学时间', '入学日期']),
  column('entryWay', '入学方式'),
  column('studyWay', '就读方式'),
  column('address', '现住址', ['现居住地', '居住地址']),
  column('postalAddress', '通信地址', ['通讯地址']),
  column('homeAddress', '家庭地址', ['家庭住址', '住址']),
  column('phone', '联系电话', ['电话', '手机', '手机号', '联系方式']),
  column('postcode', '邮政编码'),
  column('onlyChild', '是否独生子女'),
  column('preschool', '是否受过学前教育'),
  column('leftBehind', '是否留守儿童', ['留守儿童']),
  column('wantsAid', '是否需要申请资助'),
  column('getsAllowance', '是否享受一补'),
  column('orphan', '是否孤儿', ['孤儿']),
  column('martyrFamily', '是否烈士或优抚子女'),
  column('distance', '上下学距离'),
  column('travelWay', '上下学方式'),
  column('needsBus', '是否需要乘坐校车'),
  column('formerName', '曾用名'),
  column('documentExpiry', '身份证件有效期'),
  column('bloodType', '血型'),
  column('talent', '特长'),
  column('helperNo', '学籍辅号'),
  column('seatNo', '班内学号', ['座号', '学号']),
  column('studentSource', '学生来源'),
  column('email', '电子信箱', ['电子邮箱', '邮箱']),
  column('homepage', '主页地址'),
  column('disability', '残疾人类型', ['残疾类型', '残疾']),
  column('boughtPlace', '是否由政府购买学位'),
  column('inclusive', '随班就读', ['是否随班就读']),
  ...memberColumns(1),
  ...memberColumns(2),
  column('registryNo', '学籍号', ['全国学籍号', '学籍号码']),
  column('grade', '年级', ['年级名称', '所在年级']),
  column('schoolCode', '学校标识码', ['学校(机构)标识码', '学校（机构）标识码', '学校代码']),
  column('schoolName', '学校', ['学校名称', '就读学校']),
  column('migrant', '是否进城务工人员随迁子女', ['是否随迁子女', '随迁子女']),
  column('pinyin', '姓名拼音'),
];

/** Columns of an export of the national registry that is only compared: those of the template, and the state of the registry entry. */
export const registryColumns: readonly ColumnSpec[] = [
  ...rosterColumns,
  column('registryState', '学籍状态', ['学生状态', '在籍状态', '学籍状况']),
];

/** Columns of a presence list (到校情况). */
export const presenceColumns: readonly ColumnSpec[] = [
  column('schoolCode', '学校标识码', ['学校(机构)标识码', '学校（机构）标识码', '学校代码']),
  column('schoolName', '学校', ['学校名称']),
  column('grade', '年级', ['年级名称']),
  column('classNo', '班级', ['班号', '班级名称', '班']),
  column('name', '姓名', ['学生姓名'], true),
  column('documentNumber', '身份证件号', ['身份证号', '身份证号码', '证件号码', '证件号']),
  column('registryNo', '学籍号', ['全国学籍号', '学籍号码']),
  column('present', '是否到校', ['到校情况', '是否在校', '出勤情况', '到校', '出勤'], true),
  column('reason', '缺勤原因', ['未到校原因', '原因', '缺课原因', '请假类型', '请假种类']),
  column('daysAbsent', '连续缺勤天数', ['缺勤天数', '连续缺课天数', '缺课天数']),
];

/** Columns of the list of schools (学校名录). */
export const schoolColumns: readonly ColumnSpec[] = [
  column('code', '学校标识码', ['学校(机构)标识码', '学校（机构）标识码', '机构标识码', '学校代码', '标识码'], true),
  column('name', '学校名称', ['学校', '名称', '机构名称'], true),
  column('stage', '学段', ['办学类型', '学校类型', '类型', '学校类别']),
  column('street', '街道', ['所属街道', '所在街道']),
  column('community', '社区', ['所属社区']),
  column('address', '地址', ['学校地址']),
  column('principal', '校长', ['负责人', '校长姓名']),
  column('phone', '联系电话', ['电话', '学校电话']),
];
