import { describe, expect, it } from 'vitest';
import {
  correctsRow,
  faultyNumberKeys,
  isMaskedCell,
  maskCell,
  mayCorrect,
  numbersClose,
  withKeptNumbers,
  withoutMasked,
} from './correction.ts';

const number = '42010220180306917X';
const row = { name: '闻人小满', birth: '2018-03-06', documentNumber: number, guardian: '闻人志远' };

describe('masked numbers that come back', () => {
  it('IMP-12 masks every number and leaves words as they stand', () => {
    expect([maskCell(number), maskCell('13812345678'), maskCell('无'), maskCell('')]).toEqual([
      '4201************7X',
      '13*******78',
      '无',
      '',
    ]);
    expect([isMaskedCell('4201****7X'), isMaskedCell('＊＊12'), isMaskedCell('*'), isMaskedCell(undefined)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('IMP-12 puts back what is masked and unchanged, and nothing else', () => {
    const before = { ...row, phone: '13812345678' };
    expect(
      withKeptNumbers(before, { ...row, documentNumber: maskCell(number), phone: maskCell('13812345678') }),
    ).toEqual(before);
    const other = withKeptNumbers(before, { ...row, documentNumber: '4201************71', phone: '139' });
    expect([other['documentNumber'], other['phone']]).toEqual(['4201************71', '139']);
  });

  it('IMP-12 holds a row by a masked identity number and drops a masked telephone', () => {
    expect(withoutMasked({ ...row, documentNumber: '4201****7X' }).held).toBe('number-masked');
    const dropped = withoutMasked({ ...row, phone: '138****5678' });
    expect([dropped.held, dropped.dropped, dropped.raw]).toEqual([null, ['phone'], row]);
    expect([...faultyNumberKeys(['birth-unreadable', 'sex-id-mismatch'])]).toEqual(['documentNumber']);
    expect([...faultyNumberKeys(['name-missing', 'registry-malformed'])]).toEqual(['registryNo']);
  });
});

describe('which row is the correction of a held one', () => {
  it.each([
    ['the number is mended by a digit', { ...row, documentNumber: '420102201803069171' }, true],
    ['the birthday is mended, number and name stay', { ...row, birth: '2018-03-07' }, true],
    ['another number, but the same guardian', { ...row, documentNumber: '420102201803060011' }, true],
    ['another number and another guardian', { ...row, documentNumber: '420102201803060011', guardian: '王某' }, false],
    ['the same number under another name', { ...row, name: '闻人大满' }, false],
    ['the same name, another birthday and number', { ...row, birth: '2016-01-01', documentNumber: '' }, false],
  ])('IMP-11 %s', (_what, after, sure) => {
    expect(correctsRow(row, after)).toBe(sure);
  });

  it('IMP-11 a row without a name is known by its number, one without a day by name and guardian', () => {
    expect(correctsRow({ ...row, name: '' }, row)).toBe(true);
    expect(correctsRow({ ...row, name: '', documentNumber: '' }, row)).toBe(false);
    const undated = { name: '闻人立冬', birth: '冬天', guardian: '闻人志远' };
    expect(correctsRow(undated, { ...undated, birth: '2014-12-21' })).toBe(true);
    expect(correctsRow({ ...undated, guardian: '' }, { ...undated, guardian: '', birth: '2014-12-21' })).toBe(false);
    // a pupil of a presence list by name and class
    const pupil = { name: '康泰', grade: '三年级', classNo: '2班' };
    expect(correctsRow(pupil, { ...pupil, registryNo: 'G1' })).toBe(true);
    expect(correctsRow(pupil, { ...pupil, classNo: '3班' })).toBe(false);
  });

  it('IMP-11 a slip is at most two characters, and a row named by its id must share something', () => {
    expect([
      numbersClose('1234567', '1234576'),
      numbersClose('1234567', '123456'),
      numbersClose('1234567', '7654321'),
      numbersClose('', ''),
    ]).toEqual([true, true, false, false]);
    expect(mayCorrect(row, { name: '别人', birth: '2010-01-01', documentNumber: maskCell(number) })).toBe(false);
    expect(mayCorrect(row, { name: '别人', birth: '2018-03-06' })).toBe(true);
  });
});
