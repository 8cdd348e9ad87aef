import type { DocumentKind, TemplateContent } from './record.ts';
import { field } from './template-letters.ts';

type Row = TemplateContent['rows'][number];
type Cell = Row['cells'][number];

function cell(label: string, text: string, span: number, more: Partial<Cell> = {}): Cell {
  return { label, text, span, foot: '', centred: false, signer: '', ...more };
}

/** A row of one wide cell, `tall` millimetres high. */
function wide(label: string, text: string, tall?: number, more: Partial<Cell> = {}): Row {
  return { cells: [cell(label, text, 10, more)], ...(tall === undefined ? {} : { tall }) };
}

const signing = '（签字）　　　　　　年　　月　　日';
const pupil: Row[] = [
  {
    cells: [
      cell('姓名', '{childName}', 2, { centred: true }),
      cell('性别', '{sex}', 1, { centred: true }),
      cell('出生日期', '{birthDay}', 3, { centred: true }),
    ],
  },
  { cells: [cell('证件号码', '{documentMask}', 5), cell('班级', '{className}', 3, { centred: true })] },
  {
    cells: [
      cell('监护人', '{guardian}', 2, { centred: true }),
      cell('关系', '{relation}', 1, { centred: true }),
      cell('联系电话', '{phoneMask}', 3),
    ],
  },
  wide('家庭住址', '{address}'),
];
const form: Pick<TemplateContent, 'to' | 'body' | 'scheme' | 'deadline'> = {
  to: '填报单位：{issuer}　　　填报日期：{day}',
  body: [],
  scheme: '',
  deadline: null,
};

/** The forms as they are shipped (D§4.1, 4.3, 4.8; the plan's minimum of 四(二)). */
export const formTemplates: Record<
  Extract<DocumentKind, 'dropoutReport' | 'visitRecord' | 'dropoutRegister'>,
  TemplateContent
> = {
  dropoutReport: {
    ...form,
    title: '辍学学生情况报告表',
    rows: [
      ...pupil,
      { cells: [cell('户籍地址', '{hukouPlace}', 10)] },
      {
        cells: [
          cell('缺勤起始', '{absentSince}', 3, { centred: true }),
          cell('发现日期', '{foundDay}', 5, { centred: true }),
        ],
      },
      { cells: [cell('学生去向', '{whereabouts}', 10)] },
      wide('辍学原因', '{reason}', 34),
      wide('已采取的\n措施', '{work}', 40),
      wide('班主任\n意见', '{teacherWords}', 24, { foot: `班主任${signing}`, signer: '班主任' }),
      wide('学校意见', '{schoolWords}', 28, { foot: `校长${signing}`, signer: '校长' }),
    ],
    fields: [
      field('hukouPlace', '户籍地址'),
      field('absentSince', '缺勤起始日期', 'day', { needed: true }),
      field('foundDay', '发现日期', 'day', { needed: true }),
      field('whereabouts', '学生去向', 'line', { needed: true }),
      field('reason', '辍学原因', 'text', { needed: true }),
      field('work', '已采取的措施', 'text'),
      field('teacherWords', '班主任意见', 'text'),
      field('schoolWords', '学校意见', 'text'),
    ],
    signers: ['班主任', '校长'],
    note: '本表一式两份，学校存入学籍档案，报区教育局一份。',
  },
  visitRecord: {
    ...form,
    title: '家访记录表',
    to: '学校：{issuer}',
    rows: [
      ...pupil,
      { cells: [cell('家访时间', '{visitTime}', 4), cell('方式', '{mode}', 4, { centred: true })] },
      { cells: [cell('家访教师', '{teachers}', 4), cell('陪同人员', '{companions}', 4)] },
      { cells: [cell('受访人', '{met}', 4), cell('家庭成员', '{family}', 4)] },
      wide('家访目的', '{purpose}', 14),
      wide('家庭经济和\n监护情况', '{home}', 24),
      wide('在校、在家\n表现', '{behaviour}', 24),
      wide('问题分析', '{analysis}', 22),
      wide('家长意见\n和建议', '{parentWords}', 22),
      wide('措施和\n下次跟进', '{measures}', 24),
      {
        cells: [
          cell('教师签名', '', 2, { signer: '教师' }),
          cell('家长签名', '', 2, { signer: '家长' }),
          cell('学生签名', '', 2, { signer: '学生' }),
        ],
        tall: 14,
      },
    ],
    fields: [
      field('visitTime', '家访时间', 'line', { needed: true }),
      field('mode', '方式', 'line', { proposed: '上门' }),
      field('teachers', '家访教师', 'line', { needed: true }),
      field('companions', '陪同人员'),
      field('met', '受访人及关系'),
      field('family', '家庭成员'),
      field('purpose', '家访目的', 'text'),
      field('home', '家庭经济和监护情况', 'text'),
      field('behaviour', '在校、在家表现', 'text'),
      field('analysis', '问题分析', 'text'),
      field('parentWords', '家长意见和建议', 'text'),
      field('measures', '措施和下次跟进日期', 'text'),
    ],
    signers: ['教师', '家长', '学生'],
    note: '',
  },
  dropoutRegister: {
    ...form,
    title: '辍学学生登记表',
    rows: [
      ...pupil,
      { cells: [cell('辍学时间', '{dropDay}', 3, { centred: true }), cell('登记日期', '{day}', 5, { centred: true })] },
      wide('辍学原因', '{reason}', 30),
      wide('去向', '{whereabouts}', 20),
      wide('劝返情况', '{work}', 40),
      wide('学生签名', '', 19, { foot: '年　　月　　日', signer: '学生' }),
      wide('家长签名', '', 19, { foot: '年　　月　　日', signer: '家长' }),
      wide('班主任', '', 19, { foot: '年　　月　　日', signer: '班主任' }),
      wide('校长', '', 19, { foot: '年　　月　　日', signer: '校长' }),
    ],
    fields: [
      field('dropDay', '辍学时间', 'day', { needed: true }),
      field('reason', '辍学原因', 'text', { needed: true }),
      field('whereabouts', '去向', 'text', { needed: true }),
      field('work', '劝返情况', 'text'),
    ],
    signers: ['学生', '家长', '班主任', '校长'],
    note: '',
  },
};
