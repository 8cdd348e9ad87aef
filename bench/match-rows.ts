import type { DocumentType } from '#domain/basics/document-number.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import type { MatchPerson } from '#domain/population/match-person.ts';
import type { GeneratedChild } from './match-data.ts';

/** The child as a record to compare; `pinyin` gives its name in pinyin without tones. */
export function asPerson(
  child: GeneratedChild,
  pinyin: (name: string) => string,
): MatchPerson & { schoolCode: string } {
  return { ...child, pinyin: pinyin(child.name), phoneIndex: child.phone, addressKey: child.address };
}

const typeWords: Partial<Record<DocumentType, string>> = { residentId: '居民身份证', passport: '护照', none: '无证件' };

/** The child as a row of the archive of school-age children, by column key. */
export function registerRow(child: GeneratedChild): RawRow {
  return {
    householdNo: child.householdNo,
    name: child.name,
    sex: child.sex === 'male' ? '男' : '女',
    birth: child.birth,
    documentType: typeWords[child.documentType] ?? '其他',
    documentNumber: child.documentNumber,
    ethnicity: '汉族',
    registeredAddress: `湖北省武汉市${child.address}`,
    address: child.address,
    street: child.community.replace(/第.*/, ''),
    community: child.community,
    guardian: child.guardian,
    relation: '母亲',
    phone: child.phone,
    householdState: '人户一致',
    studyStatus: '区内就读',
    statedSchool: child.schoolName,
    grade: wordsOfGrade(child.grade),
    registryNo: '',
    tags: '',
    surveyor: '周老师',
    surveyDate: '2026-10-10',
    note: '',
  };
}

/** The child as a row of the national registry template, by column key; other columns stay empty. */
export function rosterRow(child: GeneratedChild): RawRow {
  return {
    name: child.name,
    sex: child.sex === 'male' ? '男' : '女',
    birth: child.birth.replaceAll('-', ''),
    ethnicity: '汉族',
    nationality: '中国',
    documentType: typeWords[child.documentType] ?? '其他',
    overseas: '否',
    health: '健康或良好',
    documentNumber: child.documentNumber,
    registrationKind: '非农业户口',
    registeredArea: '420102',
    classNo: `${String(child.grade).padStart(2, '0')}01`,
    enteredMonth: '202609',
    entryWay: '就近入学',
    studyWay: '走读',
    address: child.address,
    phone: child.phone,
    leftBehind: '否',
    orphan: '否',
    studentSource: '正常入学',
    disability: '无残疾',
    member1Name: child.guardian,
    member1Relation: '母亲',
    member1Phone: child.phone,
    member1IsGuardian: '是',
    registryNo: child.registryNo,
    grade: wordsOfGrade(child.grade),
    schoolCode: child.schoolCode,
  };
}
