import { describe, expect, it } from 'vitest';
import { documentTypes, documentTypeWords, parseDocumentType } from '#domain/basics/document-number.ts';
import { parseRelation, relations, relationWords } from '#domain/basics/relation.ts';
import { parseChildTag, parseChildTags, parseStudyStatus, settleStudyStatus } from './parse.ts';
import { childTags, studyStatuses } from './record.ts';
import { childTagWords, studyStatusWords } from './words.ts';

describe('the label of every code is understood in a sheet', () => {
  it.each(childTags)('group %s', (code) => {
    expect(parseChildTags(childTagWords[code])).toEqual({ tags: [code], unknown: [] });
  });
  it.each(relations)('relation %s', (code) => {
    expect(parseRelation(relationWords[code])).toBe(code);
  });
  it.each(studyStatuses)('study status %s', (code) => {
    expect(parseStudyStatus(studyStatusWords[code], '', 0)).toBe(code);
  });
  it.each(documentTypes)('document type %s', (code) => {
    expect(parseDocumentType(documentTypeWords[code], 'E12345678')).toBe(code);
  });
});

describe('words that deny a group name none', () => {
  it.each(['无残疾', '非低保', '没有困难', '否', ''])('%s', (words) => {
    expect(parseChildTag(words)).toBeNull();
  });
  it.each(['无户籍', '无户口', '没有户口', '黑户'])('but %s is a group', (words) => {
    expect(parseChildTag(words)).toBe('unregistered');
  });
  it('and a cell may name several', () => {
    expect(parseChildTags('无户籍、留守儿童，无残疾')).toEqual({
      tags: ['unregistered', 'leftBehind'],
      unknown: ['无残疾'],
    });
  });
});

describe('a stated status with the stated school', () => {
  it('is senior school from grade 10, or by the name of the school where no grade is stated', () => {
    expect(settleStudyStatus('inDistrict', '某中学', 10)).toBe('seniorSchool');
    expect(settleStudyStatus('inDistrict', '某职业学校', 0)).toBe('seniorSchool');
    expect(settleStudyStatus('inDistrict', '某高级中学', 8)).toBe('inDistrict');
    expect(settleStudyStatus('deceased', '某职业学校', 11)).toBe('deceased');
    expect(settleStudyStatus('dropout', '', 0)).toBe('dropout');
  });
});
