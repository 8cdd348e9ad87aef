import { describe, expect, it } from 'vitest';
import { isTotalRow } from '#domain/basics/list-row.ts';
import { parseLeave, parsePresent } from '#domain/enrolment/parse.ts';
import { checkPresenceRow, checkRosterRow, checkSchoolRow } from '#domain/enrolment/row-checks.ts';
import { namesSeniorSchool, parseChildTags, parseStudyStatus } from './parse.ts';
import { checkKeylistRow, checkRegisterRow } from './row-checks.ts';

const asOf = '2026-11-20';
const row = {
  name: '任宇',
  sex: '女',
  birth: '2019.05.26',
  documentType: '居民身份证',
  documentNumber: '４２０１０２２０１９０５２６５７２２',
  guardian: '潘书',
};
const held = (change: Record<string, string>): unknown[] => {
  const check = checkRegisterRow({ ...row, ...change }, { asOf });
  return [check.held?.code ?? null, check.held?.also ?? []];
};
const context = {
  asOf,
  findSchool: (code: string, name: string) => (code === '2142010201' || name === '滨江小学' ? '2142010201' : null),
};

describe('rows of the register (issue 2: held rows)', () => {
  it('accepts full-width digits, stray spaces and lower-case x', () => {
    const check = checkRegisterRow({ ...row, name: ' 任　宇 ' }, { asOf });
    expect([check.held, check.value.name, check.value.documentNumber, check.value.birth]).toEqual([
      null,
      '任宇',
      '420102201905265722',
      '2019-05-26',
    ]);
  });

  it('names the first fault and puts the further ones in also', () => {
    expect(held({ name: '' })).toEqual(['name-missing', []]);
    expect(held({ birth: '2019-02-30' })).toEqual(['birth-unreadable', []]);
    expect(held({ documentNumber: '420102201905265723' })).toEqual(['id-check-digit', []]);
    expect(held({ birth: '2018-05-26' })).toEqual(['birth-id-mismatch', []]);
    expect(held({ sex: '男' })).toEqual(['sex-id-mismatch', []]);
    expect(held({ name: '', birth: '2018-05-26', sex: '男' })).toEqual([
      'name-missing',
      ['birth-id-mismatch', 'sex-id-mismatch'],
    ]);
    expect(held({ documentNumber: '420102201905265723', birth: '2018-05-26' })).toEqual([
      'id-check-digit',
      ['birth-id-mismatch'],
    ]);
    expect(held({ documentNumber: '42010219052657' })).toEqual(['id-check-digit', []]);
  });

  it('takes a missing birth date or sex from a valid number and warns', () => {
    const check = checkRegisterRow({ ...row, birth: '', sex: '' }, { asOf });
    expect([check.held, check.value.birth, check.value.sex, check.warnings.length]).toEqual([
      null,
      '2019-05-26',
      'female',
      2,
    ]);
  });

  it('accepts a child without any document only with name, birth date, sex and guardian or address', () => {
    expect(held({ documentType: '无证件', documentNumber: '' })).toEqual([null, []]);
    expect(held({ documentType: '', documentNumber: '', sex: '' })).toEqual(['document-missing', []]);
    expect(held({ documentNumber: '', guardian: '' })).toEqual(['document-missing', []]);
    expect(held({ documentNumber: '', birth: '' })).toEqual(['birth-unreadable', ['document-missing']]);
  });

  it('applies no check digit to other documents', () => {
    expect(held({ documentType: '护照', documentNumber: ' e17019368 ' })).toEqual([null, []]);
  });

  it('takes a fault elsewhere for a warning', () => {
    const check = checkRegisterRow(
      { ...row, studyStatus: '???', tags: '留守儿童、低保家庭;外星人', grade: '大班', phone: '电话' },
      { asOf },
    );
    expect([check.held, check.value.tags, check.warnings.map((warning) => warning.code).sort()]).toEqual([
      null,
      ['leftBehind', 'minimumLiving'],
      ['grade-unreadable', 'phone-unreadable', 'study-status-unknown', 'tag-unknown'],
    ]);
  });

  it('knows total, foot and repeated heading rows from children', () => {
    expect(
      [
        { householdNo: '合计', name: '872' },
        { householdNo: '填表人：某某', name: '' },
        { name: '姓名' },
        { name: '总计' },
        row,
        { name: '', documentNumber: row.documentNumber },
      ].map(isTotalRow),
    ).toEqual([true, true, true, true, false, false]);
  });

  it('reads study statuses and tells senior schools from junior ones', () => {
    expect(
      ['区内就读', '区外就读', '外地就读', '延缓入学', '已毕业', '高中就读', '休学', '', '送教上门', '未入学'].map(
        (words) => parseStudyStatus(words, '', 0),
      ),
    ).toEqual([
      'inDistrict',
      'elsewhere',
      'elsewhere',
      'deferred',
      'graduated',
      'seniorSchool',
      'suspended',
      'none',
      'homeTaught',
      'none',
    ]);
    expect(
      ['武汉市某职业教育中心', '某高级中学', '堤角初级中学', '高中路小学', '某技师学院', '某高级中学初中部'].map(
        namesSeniorSchool,
      ),
    ).toEqual([true, true, false, false, true, false]);
    expect([
      parseStudyStatus('区内就读', '某高级中学', 8),
      parseStudyStatus('区内就读', '某高级中学', 10),
      parseStudyStatus('', '某职业学校', 0),
    ]).toEqual(['inDistrict', 'seniorSchool', 'seniorSchool']);
    expect(parseChildTags('无')).toEqual({ tags: [], unknown: [] });
  });

  it('asks a key list for a document number and marks health lists as closed', () => {
    expect(
      checkKeylistRow(
        { name: '任宇', documentNumber: row.documentNumber, list: '残疾', validFrom: '2026-01-01' },
        { asOf },
      ),
    ).toMatchObject({ held: null, value: { list: 'disability', closed: true, validFrom: '2026-01-01' } });
    expect(checkKeylistRow({ name: '任宇' }, { asOf, list: 'orphan' }).held?.code).toBe('document-missing');
  });
});

describe('rows of rosters, presence and schools', () => {
  const pupil = {
    ...row,
    schoolCode: '2142010201',
    grade: '二年级',
    classNo: '0201',
    member1Name: '潘书',
    registryNo: 'G420102201905265722',
  };

  it('returns a failing number as suspect and does not hold the row for it', () => {
    const check = checkRosterRow({ ...pupil, documentNumber: '420102201805265722' }, context);
    expect([check.held, check.suspectNumber, check.suspect?.code, check.suspect?.also]).toEqual([
      null,
      true,
      'id-check-digit',
      ['birth-id-mismatch'],
    ]);
    expect(checkRosterRow(pupil, context)).toMatchObject({
      held: null,
      suspectNumber: false,
      suspect: null,
      value: { grade: 2, classNo: '1', guardian: '潘书' },
    });
  });

  it('holds a row whose school is unknown, and takes the school of the file where the row names none', () => {
    expect(checkRosterRow({ ...pupil, schoolCode: '9999999999' }, context).held?.code).toBe('school-unknown');
    expect(checkRosterRow({ ...pupil, schoolCode: '' }, context).held?.code).toBe('school-missing');
    expect(checkRosterRow({ ...pupil, schoolCode: '' }, { ...context, fileSchool: '2142010201' }).held).toBeNull();
  });

  it('takes 否 without a kind of leave for an absence, and an unreadable cell for neither', () => {
    expect(['是', '否', '', '√', '未到校'].map(parsePresent)).toEqual([true, false, null, true, false]);
    expect(['病假', '事假', '无故缺课', '', '未请假', '旷课', '休学', '请假'].map(parseLeave)).toEqual([
      'illness',
      'personal',
      null,
      null,
      null,
      null,
      'suspension',
      'other',
    ]);
    expect(
      checkPresenceRow(
        {
          name: '任宇',
          schoolName: '滨江小学',
          grade: '二年级',
          classNo: '1班',
          present: '否',
          reason: '病假',
          daysAbsent: '3',
        },
        context,
      ),
    ).toMatchObject({
      held: null,
      value: { schoolCode: '2142010201', classNo: '1', present: false, leave: 'illness', daysAbsent: 3 },
    });
  });

  it('asks a school for a code of ten digits', () => {
    expect(checkSchoolRow({ code: '2142010201', name: '滨江小学', stage: '小学' })).toMatchObject({
      held: null,
      value: { stage: 'primary' },
    });
    expect(checkSchoolRow({ code: '21420', name: '滨江小学' }).held?.code).toBe('school-code-malformed');
  });
});
