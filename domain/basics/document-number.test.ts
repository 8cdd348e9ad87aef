import { describe, expect, it } from 'vitest';
import { checkResidentNumber, parseDocumentType, parseRegistryNo, residentFaultWords } from './document-number.ts';
import { maskDocument, maskPhone, maskRegistryNo } from './masking.ts';

describe('numbers of citizens (GB 11643, D5.1)', () => {
  it('accepts the valid one of the reference and tells the fitting check character of the other', () => {
    expect(checkResidentNumber('420102201609011234')).toEqual({
      ok: true,
      birth: '2016-09-01',
      sex: 'male',
      area: '420102',
    });
    expect(checkResidentNumber('420102201609011231')).toEqual({ ok: false, fault: 'check-digit', expected: '4' });
  });

  it('names the fault of others, with a clear word for old numbers of 15 digits', () => {
    expect(checkResidentNumber('420102201517192807')).toMatchObject({ ok: false, fault: 'birth' });
    expect(checkResidentNumber('4201022016O9011234')).toMatchObject({ ok: false, fault: 'characters' });
    const old = checkResidentNumber('420102160901123');
    expect(old).toEqual({ ok: false, fault: 'length' });
    if (!old.ok) expect(residentFaultWords('420102160901123', old)).toContain('15位旧号码');
  });

  it('knows every document type of D5.3 and its synonyms', () => {
    const types = [
      '居民身份证',
      '身份证',
      '香港特区护照/身份证明',
      '澳门特区护照/身份证明',
      '台湾居民来往大陆通行证',
      '境外永久居住证',
      '护照',
      '其他',
      '无证件',
      '出生医学证明',
      '外国人永久居留身份证',
      '户口簿',
      '港澳居民来往内地通行证',
    ];
    expect(types.map((words) => parseDocumentType(words, 'M1234567'))).toEqual([
      'residentId',
      'residentId',
      'hongKong',
      'macao',
      'taiwan',
      'foreignPermanent',
      'passport',
      'other',
      'none',
      'birthCertificate',
      'foreignPermanent',
      'residentId',
      'macao',
    ]);
    expect([
      parseDocumentType('', ''),
      parseDocumentType('', '420102201609011234'),
      parseDocumentType('', 'E123'),
      parseDocumentType('某证', 'E1'),
    ]).toEqual(['none', 'residentId', 'other', null]);
  });

  it('reads registry numbers G, L and J', () => {
    expect(parseRegistryNo('G420102201609011231')).toMatchObject({ ok: true, kind: 'formal' });
    expect(parseRegistryNo('L420102201609011234')).toMatchObject({ ok: true, kind: 'temporary' });
    expect(parseRegistryNo('J00000000112407845X')).toMatchObject({ ok: true, kind: 'special' });
    expect(parseRegistryNo('G4201022016')).toEqual({ ok: false, fault: 'body' });
    expect(parseRegistryNo('420102201609011234')).toEqual({ ok: false, fault: 'prefix' });
  });
});

describe('masking (product, section 4)', () => {
  it('keeps six and four on the command line, four and two beside a birth date, two and two of other numbers', () => {
    expect(maskDocument('42010220160901123X')).toBe('420102********123X');
    expect(maskDocument('42010220160901123X', { besideBirth: true })).toBe('4201************3X');
    expect(maskDocument('H04090317')).toBe('H0*****17');
    expect([maskDocument(''), maskDocument('AB12')]).toEqual(['', '****']);
    expect(maskRegistryNo('G42010220160901123X')).toBe('G420102********123X');
    expect(maskPhone('13812341234')).toBe('138****1234');
  });
});
