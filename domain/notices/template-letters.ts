import type { DocumentKind, TemplateContent, TemplateField } from './record.ts';

/** A field with the usual settings left out. */
export function field(
  key: string,
  label: string,
  kind: TemplateField['kind'] = 'line',
  options: { needed?: boolean; proposed?: string } = {},
): TemplateField {
  return { key, label, kind, needed: options.needed ?? false, proposed: options.proposed ?? '' };
}

const contact = [field('contact', '联系人', 'line', { proposed: '{signer}' }), field('contactPhone', '联系电话')];
const absentSince = field('absentSince', '未到校起始日期', 'day', { needed: true });
const letter: Pick<TemplateContent, 'rows' | 'signers' | 'note'> = { rows: [], signers: [], note: '' };

/** The letters as they are shipped; legal grounds checked against the texts in force (D§2.1, 2.2). */
export const letterTemplates: Record<
  Extract<
    DocumentKind,
    'persuasionNotice' | 'writtenReport' | 'deadlineNotice' | 'correctionOrder' | 'returnCertificate' | 'assistLetter'
  >,
  TemplateContent
> = {
  persuasionNotice: {
    ...letter,
    title: '劝学通知书',
    scheme: '义劝通字',
    to: '{guardian}（{childName}的父母或者其他监护人）：',
    body: [
      '{childName}，{sex}，{birthDay}出生，系{schoolName}{className}学生，自{absentSince}起未到校上课，经多次联系、家访劝返，至今仍未返校。',
      '《中华人民共和国义务教育法》第五条规定，适龄儿童、少年的父母或者其他法定监护人应当依法保证其按时入学接受并完成义务教育。《中华人民共和国未成年人保护法》第十六条、第十七条规定，未成年人的父母或者其他监护人应当保障适龄未成年人依法接受并完成义务教育，不得放任、迫使应当接受义务教育的未成年人失学、辍学。',
      '请你自本通知书送达之日起{days}日内，将{childName}送回学校学习。孩子在学习、生活上有困难的，请告诉我们，学校将依法给予帮助；因身体状况等原因需要休学的，请按规定申请办理。',
      '逾期仍未返校的，将依照《中华人民共和国未成年人保护法》第二十八条的规定，书面报告教育行政部门。',
      '联系人：{contact}　　联系电话：{contactPhone}',
    ],
    fields: [absentSince, ...contact],
    deadline: { days: 7, unit: 'calendar' },
  },
  writtenReport: {
    ...letter,
    title: '关于{childName}辍学情况的书面报告',
    scheme: '义报字',
    to: '{bureau}：',
    body: [
      '我校{className}学生{childName}，{sex}，{birthDay}出生，家住{address}，监护人{guardian}（{relation}）。该生自{absentSince}起未到校上课，经劝返无效，现依照《中华人民共和国未成年人保护法》第二十八条的规定，将有关情况报告如下。',
      '一、辍学情况',
      '{facts}',
      '二、劝返工作',
      '{work}',
      '三、有关请求',
      '{request}',
      '特此报告。',
    ],
    fields: [
      absentSince,
      field('facts', '辍学情况（原因、去向）', 'text', { needed: true }),
      field('work', '已做的劝返工作', 'text', { needed: true }),
      field('request', '请求事项', 'text', {
        needed: true,
        proposed:
          '请区教育局会同街道办事处督促监护人履行义务，依法责令其将{childName}送入学校接受义务教育。我校将继续做好劝返和复学准备。',
      }),
    ],
    deadline: null,
  },
  deadlineNotice: {
    ...letter,
    title: '限期复学通知书',
    scheme: '限复字',
    to: '{guardian}（{childName}的父母或者其他监护人）：',
    body: [
      '经查，{childName}，{sex}，{birthDay}出生，系{schoolName}{className}学生，应当接受义务教育，自{absentSince}起未到校上课。{earlier}至今仍未复学。',
      '《中华人民共和国义务教育法》第五条规定，适龄儿童、少年的父母或者其他法定监护人应当依法保证其按时入学接受并完成义务教育。根据该法第十三条关于组织和督促适龄儿童、少年入学，采取措施防止适龄儿童、少年辍学的规定，现通知如下：',
      '请你自本通知书送达之日起{days}日内，将{childName}送至{schoolName}复学。家庭有困难或者孩子有特殊情况的，请向本办事处或者所在社区居民委员会反映，我们将会同有关部门帮助解决。',
      '逾期未复学又无正当理由的，将依照《中华人民共和国义务教育法》第五十八条、《中华人民共和国未成年人保护法》第八十三条的规定处理。',
      '联系人：{contact}　　联系电话：{contactPhone}',
    ],
    fields: [
      absentSince,
      field('earlier', '此前的通知', 'text', { proposed: '{schoolName}已向你送达劝学通知书，' }),
      ...contact,
    ],
    deadline: { days: 7, unit: 'calendar' },
  },
  correctionOrder: {
    ...letter,
    title: '责令限期改正通知书',
    scheme: '责改字',
    to: '{guardian}（{childName}的{relation}）：',
    body: [
      '一、查明的事实',
      '{childName}，{sex}，{birthDay}出生，系{schoolName}{className}学生，尚未完成义务教育，自{absentSince}起未到校上课。{facts}',
      '以上事实有下列证据证明：{evidence}',
      '你的陈述和申辩：{statement}经审查，你未送{childName}入学接受义务教育，没有正当理由。',
      '二、法律依据',
      '《中华人民共和国义务教育法》第五十八条规定：“适龄儿童、少年的父母或者其他法定监护人无正当理由未依照本法规定送适龄儿童、少年入学接受义务教育的，由当地乡镇人民政府或者县级人民政府教育行政部门给予批评教育，责令限期改正。”《中华人民共和国未成年人保护法》第八十三条规定，对尚未完成义务教育的辍学未成年学生，教育行政部门应当责令父母或者其他监护人将其送入学校接受义务教育。',
      '三、改正的内容和期限',
      '根据上述规定，对你给予批评教育，并责令你自本通知书送达之日起{days}日内改正，将{childName}送入{schoolName}接受义务教育。',
      '四、权利告知',
      '你如不服本通知，可以自收到本通知书之日起六十日内向{government}申请行政复议，也可以自收到本通知书之日起六个月内依法向{court}提起行政诉讼。',
    ],
    fields: [
      absentSince,
      field('facts', '查明的事实', 'text', { needed: true }),
      field('evidence', '证据', 'text', { needed: true }),
      field('statement', '监护人的陈述和申辩', 'text', { needed: true }),
      field('court', '有管辖权的法院', 'line', { needed: true, proposed: '有管辖权的人民法院' }),
    ],
    deadline: { days: 10, unit: 'calendar' },
  },
  returnCertificate: {
    ...letter,
    title: '复学证明',
    scheme: '义复证字',
    to: '',
    body: [
      '{childName}，{sex}，{birthDay}出生，证件号码{documentMask}，经劝返已于{returnDay}返校，编入{schoolName}{placedClass}学习，至{seenDay}已连续到校。{help}',
      '特此证明。',
    ],
    fields: [
      field('returnDay', '返校日期', 'day', { needed: true }),
      field('seenDay', '连续到校至', 'day', { needed: true }),
      field('placedClass', '编入班级', 'line', { needed: true, proposed: '{className}' }),
      field('help', '复学后的帮扶安排', 'text'),
    ],
    signers: ['校长', '班主任'],
    deadline: null,
  },
  assistLetter: {
    ...letter,
    title: '关于协助核查{childName}就学情况的函',
    scheme: '协查字',
    to: '{toBureau}：',
    body: [
      '{childName}，{sex}，{birthDay}出生，证件号码{documentMask}，监护人{guardian}（{relation}），{lastKnown}我区在核查义务教育阶段适龄儿童少年就学情况时，了解到该生{whereabouts}',
      '根据《中华人民共和国义务教育法》第十二条、第十三条的规定，为保障其接受义务教育的权利，请你局协助核查以下情况：',
      '（一）该生是否在你辖区居住；',
      '（二）该生是否在你辖区学校就读，学校名称、年级及学籍状况；',
      '（三）未就读的，请协助组织其就近入学。',
      '请自收到本函之日起{days}个工作日内函复。感谢支持。',
      '联系人：{contact}　　联系电话：{contactPhone}',
    ],
    fields: [
      field('toBureau', '收函单位', 'line', { needed: true }),
      field('lastKnown', '原就读情况', 'line', { proposed: '原就读于{schoolName}。' }),
      field('whereabouts', '所了解的去向', 'text', { needed: true }),
      ...contact,
    ],
    deadline: { days: 15, unit: 'working' },
  },
};
