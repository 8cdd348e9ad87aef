import type { ColumnSpec } from '#domain/basics/list-row.ts';

/** Columns of the archive of school-age children (适龄儿童少年信息档案, D4.6). */
export const registerColumns: readonly ColumnSpec[] = [
  { key: 'householdNo', label: '户编号', aliases: ['户编码', '家庭编号', '户号', '住户编号'], required: false },
  {
    key: 'name',
    label: '姓名',
    aliases: ['儿童姓名', '学生姓名', '儿童少年姓名', '孩子姓名', '适龄儿童姓名'],
    required: true,
  },
  { key: 'sex', label: '性别', aliases: [], required: false },
  { key: 'birth', label: '出生日期', aliases: ['出生年月日', '出生年月', '生日', '出生时间'], required: true },
  { key: 'documentType', label: '证件类型', aliases: ['身份证件类型', '证件种类', '证件名称'], required: false },
  {
    key: 'documentNumber',
    label: '证件号码',
    aliases: [
      '证件号',
      '身份证号',
      '身份证号码',
      '身份证件号',
      '身份证件号码',
      '公民身份号码',
      '身份证',
      '居民身份证号',
    ],
    required: true,
  },
  { key: 'ethnicity', label: '民族', aliases: [], required: false },
  {
    key: 'registeredAddress',
    label: '户籍地址',
    aliases: ['户口所在地', '户籍所在地', '户籍地', '户口地址'],
    required: false,
  },
  {
    key: 'address',
    label: '现住址',
    aliases: ['现居住地', '居住地址', '家庭住址', '现居住地址', '住址', '家庭地址'],
    required: false,
  },
  {
    key: 'street',
    label: '街道',
    aliases: ['所属街道', '街道（乡镇）', '街道(乡镇)', '乡镇街道', '街道办事处'],
    required: false,
  },
  {
    key: 'community',
    label: '社区',
    aliases: ['所属社区', '社区（村）', '社区(村)', '居委会', '村居', '社区居委会'],
    required: false,
  },
  {
    key: 'guardian',
    label: '监护人姓名',
    aliases: ['监护人', '监护人1', '监护人1姓名', '家长姓名', '户主姓名', '户主'],
    required: false,
  },
  {
    key: 'relation',
    label: '与儿童关系',
    aliases: ['与学生关系', '监护人关系', '关系', '与监护人关系'],
    required: false,
  },
  {
    key: 'phone',
    label: '联系电话',
    aliases: ['电话', '手机', '手机号', '监护人电话', '监护人联系电话', '联系方式', '手机号码'],
    required: false,
  },
  { key: 'householdState', label: '人户状态', aliases: ['人户情况', '人户分离情况'], required: false },
  {
    key: 'studyStatus',
    label: '就读状态',
    aliases: ['就学状态', '就学情况', '就读情况', '在校生状况', '入学情况'],
    required: false,
  },
  {
    key: 'statedSchool',
    label: '就读学校',
    aliases: ['学校', '所在学校', '就读学校名称', '学校名称'],
    required: false,
  },
  { key: 'grade', label: '年级', aliases: ['就读年级', '所在年级', '年级班级'], required: false },
  { key: 'registryNo', label: '学籍号', aliases: ['全国学籍号', '学籍号码'], required: false },
  {
    key: 'tags',
    label: '特殊类别',
    aliases: ['特殊情况', '特殊标签', '类别', '特殊群体', '学生类别'],
    required: false,
  },
  { key: 'surveyor', label: '摸底人', aliases: ['调查人', '入户人', '走访人'], required: false },
  { key: 'surveyDate', label: '摸底日期', aliases: ['调查日期', '入户日期', '走访日期'], required: false },
  { key: 'note', label: '备注', aliases: ['说明'], required: false },
];

/** Columns of an aid or care list (低保, 特困, 残疾, 留守 …). */
export const keylistColumns: readonly ColumnSpec[] = [
  { key: 'name', label: '姓名', aliases: ['儿童姓名', '学生姓名', '人员姓名', '对象姓名'], required: true },
  { key: 'documentType', label: '证件类型', aliases: ['身份证件类型', '证件种类'], required: false },
  {
    key: 'documentNumber',
    label: '证件号码',
    aliases: ['证件号', '身份证号', '身份证号码', '身份证件号', '公民身份号码', '残疾人证号', '身份证'],
    required: true,
  },
  { key: 'sex', label: '性别', aliases: [], required: false },
  { key: 'birth', label: '出生日期', aliases: ['出生年月日', '生日'], required: false },
  {
    key: 'list',
    label: '名单类别',
    aliases: ['类别', '名单', '对象类别', '救助类别', '资助类别', '人员类别', '保障类别'],
    required: false,
  },
  {
    key: 'validFrom',
    label: '有效期起',
    aliases: ['起始日期', '开始日期', '享受起始时间', '认定日期', '生效日期', '有效期开始'],
    required: false,
  },
  {
    key: 'validTo',
    label: '有效期止',
    aliases: ['终止日期', '结束日期', '截止日期', '失效日期', '有效期至', '有效期结束'],
    required: false,
  },
];
