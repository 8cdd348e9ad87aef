import { describe, expect, it } from 'vitest';
import { roles, roleUnit, type Role } from '../basics/roles.ts';
import { dayWords, faultsOfFields, faultsOfTemplate, fillPlaces, valuesFrom } from './fill.ts';
import { documentKinds, placeNames, TemplateContent, type DocumentFacts } from './record.ts';
import { asNumbered, bearsRedMark, numberWords, openNumberWords, unitsFor } from './rules.ts';
import { dayOfService, faultsOfService, Service } from './service.ts';
import { shippedTemplates } from './templates.ts';

const post = (role: Role) => ({
  role,
  unitKind: roleUnit[role],
  unitId: 'u',
  schoolOfClass: roleUnit[role] === 'class' ? 's' : null,
});
// as: every place is named
const noFacts = Object.fromEntries(placeNames.map((name) => [name, null])) as DocumentFacts;

describe('who may issue what', () => {
  it('NOT-05 school papers by the school, the report by the principal, the street its own, the order by the bureau’s leader alone', () => {
    const may = Object.fromEntries(
      documentKinds.map((kind) => [kind, roles.filter((role) => unitsFor(kind, [post(role)]).length > 0)]),
    );
    expect(may).toEqual({
      dropoutReport: ['principal', 'schoolOfficer', 'classTeacher'],
      persuasionNotice: ['bureauOfficer', 'principal', 'schoolOfficer', 'classTeacher'],
      writtenReport: ['principal'],
      deadlineNotice: ['subdistrictOfficer'],
      correctionOrder: ['bureauLeader'],
      returnCertificate: ['principal', 'schoolOfficer'],
      visitRecord: ['principal', 'schoolOfficer', 'classTeacher'],
      dropoutRegister: ['principal', 'schoolOfficer', 'classTeacher'],
      assistLetter: ['bureauLeader', 'bureauOfficer'],
    });
    expect(unitsFor('persuasionNotice', [post('classTeacher')])).toEqual([{ kind: 'school', id: 's' }]);
  });

  it('NOT-04 the red mark stands on papers of bureau and street only', () => {
    expect(documentKinds.filter((kind) => bearsRedMark(kind, 'school'))).toEqual([]);
    expect([bearsRedMark('deadlineNotice', 'subdistrict'), bearsRedMark('correctionOrder', 'district')]).toEqual([
      true,
      true,
    ]);
  });

  it('NOT-02 numbers stand in hexagonal brackets and are not padded', () => {
    expect(numberWords('义劝通字', 2026, 3)).toBe('义劝通字〔2026〕第3号');
    expect(numberWords('江岸教', 2026, 12)).toBe('江岸教〔2026〕12号');
    expect(openNumberWords('江岸教', 2026)).toBe('江岸教〔2026〕　号');
  });
});

describe('the words', () => {
  it('NOT-07 every shipped template is sound: its places are known and its rows twelve columns wide', () => {
    for (const kind of documentKinds) {
      expect([kind, faultsOfTemplate(TemplateContent.parse(shippedTemplates[kind]))]).toEqual([kind, []]);
    }
  });

  it('NOT-07 places that nothing fills, repeated fields and crooked rows are told', () => {
    const odd: TemplateContent = {
      ...shippedTemplates.visitRecord,
      body: ['{nobody}'],
      fields: [...shippedTemplates.visitRecord.fields, ...shippedTemplates.visitRecord.fields.slice(0, 1)],
      rows: [
        ...shippedTemplates.visitRecord.rows,
        { cells: [{ label: '斜', text: '', span: 3, foot: '', centred: false, signer: '' }] },
      ],
    };
    expect(faultsOfTemplate(odd)).toEqual([
      '没有可填入“{nobody}”的内容。',
      '栏目“visitTime”重复。',
      '表格中“斜”一行的宽度合计应为 12。',
    ]);
  });

  it('NOT-06 the order states facts, ground, deadline and both remedies, and no fine', () => {
    const words = shippedTemplates.correctionOrder.body.join('');
    for (const part of [
      '{facts}',
      '{evidence}',
      '{statement}',
      '义务教育法》第五十八条',
      '未成年人保护法》第八十三条',
      '{days}日内',
      '六十日内',
      '行政复议',
      '六个月内',
      '行政诉讼',
    ])
      expect(words).toContain(part);
    for (const kind of documentKinds) expect(JSON.stringify(shippedTemplates[kind])).not.toContain('罚');
  });

  it('NOT-06 what is needed is asked for; days are written out; a value is never read as a place', () => {
    const content = shippedTemplates.persuasionNotice;
    expect(faultsOfFields(content, {})).toEqual([{ path: 'fields.absentSince', words: '请填写未到校起始日期。' }]);
    expect(faultsOfFields(content, { absentSince: '昨天' })).toHaveLength(1);
    const values = valuesFrom(content, { ...noFacts, childName: '{guardian}' }, { absentSince: '2026-11-09' });
    expect(values.get('absentSince')).toBe('2026年11月9日');
    expect(fillPlaces('{childName}自{absentSince}，{guardian}', values)).toBe(
      '{guardian}自2026年11月9日，＿＿＿＿＿＿',
    );
    expect(dayWords('2026-01-05')).toBe('2026年1月5日');
  });
});

const serve = (given: Partial<Service>): string[] =>
  faultsOfService(Service.parse({ mode: 'inPerson', day: '2026-11-20', ...given }), '2026-11-20', '2026-11-19', 0).map(
    (fault) => fault.path,
  );

describe('service', () => {
  const line = [
    [
      { x: 0.1, y: 0.5 },
      { x: 0.8, y: 0.5 },
    ],
  ];
  const people = { recipient: '王大海', servers: ['李老师'] };

  it('NOT-09 each way of serving demands its own proof', () => {
    expect(serve({})).toEqual(['recipient', 'servers', 'signature']);
    expect(serve({ ...people, signature: line })).toEqual([]);
    expect(serve({ ...people, signature: [[{ x: 0.1, y: 0.5 }]] })).toEqual(['signature']);
    expect(serve({ ...people, refusal: '不愿签字' })).toEqual(['witnesses']);
    expect(serve({ ...people, refusal: '不愿签字', witnesses: [{ name: '张主任', unit: '社区' }] })).toEqual([]);
    expect(serve({ mode: 'left', ...people })).toEqual(['place', 'refusal', 'witnesses', 'papers']);
    expect(serve({ mode: 'post' })).toEqual(['reference']);
    expect(serve({ mode: 'electronic' })).toEqual(['consent', 'reference']);
    expect(serve({ mode: 'public', reference: '区政府公告栏' })).toEqual(['mode']);
    expect(serve({ mode: 'post', outcome: 'failed' })).toEqual(['note']);
    expect(serve({ mode: 'post', reference: '1', day: '2026-11-21' })).toEqual(['day']);
    expect(serve({ mode: 'post', reference: '1', day: '2026-11-18' })).toEqual(['day']);
  });

  it('NOT-10 the day of service is the day it was received; a public notice counts after 30 days, a failed attempt never', () => {
    expect(dayOfService({ mode: 'inPerson', outcome: 'served', day: '2026-11-20' })).toBe('2026-11-20');
    expect(dayOfService({ mode: 'public', outcome: 'served', day: '2026-11-20' })).toBe('2026-12-20');
    expect(dayOfService({ mode: 'post', outcome: 'failed', day: '2026-11-20' })).toBeNull();
  });
});

it('NOT-22 a number that is typed with other brackets, digits and spaces is found as it is written', () => {
  for (const typed of [
    '义劝通字[2026]第3号',
    '义劝通字（2026）第３号',
    ' 义劝通字【2026】 第 3 号 ',
    '义劝通字〔2026〕第3号',
  ])
    expect(asNumbered(typed)).toBe(numberWords('义劝通字', 2026, 3));
});
