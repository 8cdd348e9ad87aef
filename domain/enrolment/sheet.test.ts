import { expect, it } from 'vitest';
import { readSheetRow } from './sheet.ts';

const row = { name: '王小明', documentNumber: '420102201605170042', kind: '休学', fromDay: '2026/11/20', endsOn: '2027年6月30日', reason: '因病' }; // prettier-ignore

it('ENR-30 a row is read as offices write it', () => {
  expect(readSheetRow(row)).toMatchObject({
    asked: { kind: 'suspension', fromDay: '2026-11-20', endsOn: '2027-06-30', toGrade: null, classNo: '' },
  });
  expect(readSheetRow({ ...row, kind: '转学(区内)', toClass: '四年级（2）班' })).toMatchObject({
    asked: { kind: 'transferInside', toGrade: 4, classNo: '2' },
  });
  expect(readSheetRow({ ...row, kind: '转班', toGrade: '四年级', toClass: '3班' })).toMatchObject({
    asked: { kind: 'classChange', toGrade: 4, classNo: '3' },
  });
});

it('ENR-30 a row that cannot be read says every reason', () => {
  expect(
    readSheetRow({ ...row, kind: '退学', documentNumber: '4201**********0042', fromDay: '下周', reason: '' }),
  ).toEqual({
    // prettier-ignore
    faults: [
      '不认识的异动类别“退学”，请按模板的类别填写',
      '请填写完整的身份证件号或学籍号',
      '生效日期无法识别，请写成2026-11-20这样的日期',
      '请写明事由',
    ],
  });
  expect(readSheetRow({ ...row, kind: '死亡' })).toEqual({ faults: ['“死亡”请逐项办理，不用表格批量提出'] });
});
