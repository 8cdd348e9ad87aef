import { classCode, seatKey } from './people.ts';
import type { DistrictPlan, PlannedSchool } from './plan.ts';
import { gradeName, schoolYearOf } from './plan.ts';
import type { PlantedDistrict, PresenceEntry, RegisterEntry, RosterEntry } from './planted.ts';

/** A row of a list by the names of its columns; days are YYYY-MM-DD. */
export type ListRow = Readonly<Record<string, string | number>>;

const MEMBER = [
  '姓名',
  '关系',
  '关系说明',
  '现住址',
  '户口所在地行政区划',
  '联系电话',
  '是否监护人',
  '身份证件类型',
  '身份证件号',
  '民族',
  '工作单位',
  '职务',
];

/** 学校名录. */
export const SCHOOL_HEADERS = ['学校标识码', '学校名称', '学段', '街道'];
/** 适龄儿童少年信息档案 (D§4.6). */
export const REGISTER_HEADERS = [
  ...[
    '户编号',
    '姓名',
    '性别',
    '出生日期',
    '证件类型',
    '证件号码',
    '民族',
    '户籍地址',
    '现住址',
    '街道',
    '社区',
    '监护人姓名',
    '与儿童关系',
    '联系电话',
  ],
  ...['人户状态', '就读状态', '就读学校', '年级', '学籍号', '特殊类别', '摸底人', '摸底日期', '备注'],
];
/** National registry import template (D§5.4): 69 columns, then 学籍号, 年级, 学校标识码. */
export const ROSTER_HEADERS = [
  ...[
    '姓名',
    '性别',
    '出生日期',
    '出生地行政区划代码',
    '籍贯',
    '民族',
    '国籍/地区',
    '身份证件类型',
    '港澳台侨外',
    '健康状况',
    '政治面貌',
    '身份证件号',
  ],
  ...[
    '户口性质',
    '户口所在地行政区划',
    '班号',
    '入学年月',
    '入学方式',
    '就读方式',
    '现住址',
    '通信地址',
    '家庭地址',
    '联系电话',
    '邮政编码',
    '是否独生子女',
  ],
  ...[
    '是否受过学前教育',
    '是否留守儿童',
    '是否需要申请资助',
    '是否享受一补',
    '是否孤儿',
    '是否烈士或优抚子女',
    '上下学距离',
    '上下学方式',
    '是否需要乘坐校车',
  ],
  ...[
    '曾用名',
    '身份证件有效期',
    '血型',
    '特长',
    '学籍辅号',
    '班内学号',
    '学生来源',
    '电子信箱',
    '主页地址',
    '残疾人类型',
    '是否由政府购买学位',
    '随班就读',
  ],
  ...['成员1', '成员2'].flatMap((member) => MEMBER.map((column) => member + column)),
  ...['学籍号', '年级', '学校标识码'],
];
/** 到校情况. */
export const PRESENCE_HEADERS = [
  '学校标识码',
  '学校',
  '年级',
  '班级',
  '姓名',
  '学籍号',
  '是否到校',
  '缺勤原因',
  '连续缺勤天数',
];
/** 低保, 残疾, 留守 … lists. */
export const KEYLIST_HEADERS = ['姓名', '证件号码', '名单', '有效期起', '有效期止'];

/** The school list's row of a school. */
export function schoolRow(school: PlannedSchool): ListRow {
  return { 学校标识码: school.code, 学校名称: school.name, 学段: school.stage, 街道: school.subdistrict };
}

/** The register's row of an entry; `surveyor` is the one who asked at the door. */
export function registerRow(plan: DistrictPlan, entry: RegisterEntry, surveyor: string): ListRow {
  const { child } = entry;
  const { community } = child.household;
  const place = `${plan.districtName}${community.subdistrict}${community.name}`;
  return {
    户编号: entry.householdNumber,
    姓名: entry.name,
    性别: entry.sex,
    出生日期: entry.birth,
    证件类型: entry.documentType,
    证件号码: entry.documentNumber,
    民族: child.nation,
    户籍地址: plan.above + place,
    现住址: `${place}${child.household.building}`,
    街道: community.subdistrict,
    社区: community.name,
    监护人姓名: child.household.guardian,
    与儿童关系: child.household.relation,
    联系电话: child.household.phone,
    人户状态: child.household.state,
    就读状态: entry.status,
    就读学校: entry.school,
    年级: entry.grade,
    学籍号: entry.registryNumber,
    特殊类别: child.tags.join('、'),
    摸底人: surveyor,
    摸底日期: `${String(schoolYearOf(plan.asOf))}-10-15`,
    备注: entry.note,
  };
}

/** The national template's row of a roster entry; `place` is the number within the class. */
export function rosterRow(plan: DistrictPlan, entry: RosterEntry, place: number): ListRow {
  const { child, seat } = entry;
  const { household } = child;
  const foreign = entry.documentType !== '居民身份证' && entry.documentType !== '无证件';
  const area = /^\d{17}[\dX]$/u.test(child.documentNumber) ? child.documentNumber.slice(0, 6) : plan.districtCode;
  const first = seat.grade >= 7 ? 7 : 1;
  return {
    姓名: entry.name,
    性别: entry.sex,
    出生日期: entry.birth,
    出生地行政区划代码: area,
    民族: child.nation,
    '国籍/地区': entry.documentType === '护照' ? '外国' : '中国',
    身份证件类型: entry.documentType,
    港澳台侨外: !foreign ? '否' : entry.documentType === '护照' ? '外国人' : '香港同胞',
    健康状况: child.disability === '无残疾' ? '健康或良好' : '残疾',
    身份证件号: entry.documentNumber,
    户口性质: '非农业户口',
    户口所在地行政区划: area,
    班号: classCode(seat),
    入学年月: `${String(schoolYearOf(plan.asOf) - (seat.grade - first))}09`,
    入学方式: '就近入学',
    就读方式: '走读',
    现住址: `${plan.districtName}${household.community.subdistrict}${household.community.name}`,
    联系电话: household.phone,
    是否留守儿童: child.tags.includes('留守儿童') ? '是' : '否',
    是否需要申请资助: child.tags.includes('低保家庭') ? '是' : '否',
    是否孤儿: '否',
    班内学号: String(place),
    学生来源: '正常入学',
    残疾人类型: child.disability,
    随班就读: child.disability === '无残疾' ? '否' : '是',
    成员1姓名: household.guardian,
    成员1关系: household.relation,
    成员1联系电话: household.phone,
    成员1是否监护人: '是',
    学籍号: entry.registryNumber,
    年级: gradeName(seat.grade),
    学校标识码: seat.school.code,
  };
}

/** The presence list's row of an entry. */
export function presenceRow(entry: PresenceEntry): ListRow {
  const { seat } = entry;
  return {
    学校标识码: seat.school.code,
    学校: seat.school.name,
    年级: gradeName(seat.grade),
    班级: `${String(seat.classNumber)}班`,
    姓名: entry.name,
    学籍号: entry.registryNumber,
    是否到校: entry.present ? '是' : '否',
    缺勤原因: entry.reason,
    连续缺勤天数: entry.days,
  };
}

/** The rows of every school's roster by school code, in order of class; the number in the class counts from 1. */
export function rosterRows(district: PlantedDistrict): Map<string, ListRow[]> {
  const bySchool = new Map<string, ListRow[]>(district.plan.schools.map((school) => [school.code, []]));
  const places = new Map<string, number>();
  const ordered = district.rosters.toSorted((one, other) =>
    seatKey(one.seat) < seatKey(other.seat) ? -1 : seatKey(one.seat) > seatKey(other.seat) ? 1 : 0,
  );
  for (const entry of ordered) {
    const place = (places.get(seatKey(entry.seat)) ?? 0) + 1;
    places.set(seatKey(entry.seat), place);
    bySchool.get(entry.seat.school.code)?.push(rosterRow(district.plan, entry, place));
  }
  return bySchool;
}
