import { normalizeText } from '#domain/basics/text.ts';
import type { ChildTag, HouseholdState, StudyStatus } from './record.ts';

/** Whether a school's name says senior secondary or vocational; a primary, a junior school or a junior department does not. */
export function namesSeniorSchool(school: string): boolean {
  if (school === '' || /小学|初级中学|初中(部)?$|义务教育/.test(school)) return false;
  return /高级中学|高中|职业|职高|中职|中专|中等专业|技工|技师学院|职教|技校|大学(?!城|路)|高等专科|高专|卫校|卫生学校|艺校/.test(
    school,
  );
}

/**
 * The stated study status as it counts: who is graduated, in senior school or dead stays so; a stated grade of 10 to 12, or a senior
 * school without a grade, is senior school. `grade` is the stated grade, 0 unknown.
 */
export function settleStudyStatus(stated: StudyStatus, school: string, grade: number): StudyStatus {
  if (stated === 'graduated' || stated === 'seniorSchool' || stated === 'deceased') return stated;
  return grade >= 10 || (grade === 0 && namesSeniorSchool(school)) ? 'seniorSchool' : stated;
}

/**
 * The stated study status as a code. `grade` is the stated grade (0 unknown): a pupil of grades 1–9 of a complete
 * secondary school stays in compulsory education, whatever the school's name says. Null for words not known.
 */
export function parseStudyStatus(words: string, school: string, grade: number): StudyStatus | null {
  const text = normalizeText(words).replace(/\s+/g, '');
  const stated = statusOfWords(text);
  if (stated !== null) return settleStudyStatus(stated, school, grade);
  return settleStudyStatus('none', school, grade) === 'seniorSchool' ? 'seniorSchool' : null;
}

function statusOfWords(text: string): StudyStatus | null {
  if (text === '' || text === '无' || text === '-' || text === '/' || text === '未填' || text === '不详') return 'none';
  if (/死亡|去世|夭折|已故/.test(text)) return 'deceased';
  if (/休学/.test(text)) return 'suspended';
  if (/延缓|缓学|暂缓|缓入学|推迟入学/.test(text)) return 'deferred';
  if (/送教/.test(text)) return 'homeTaught';
  if (/高中|中职|职高|职校|技校|技工|技师|中专|职业|高职|大学|大专/.test(text)) return 'seniorSchool';
  if (/未毕业|肄业|结业前/.test(text)) return 'none';
  if (/毕业/.test(text)) return 'graduated';
  if (/辍学|失学|流失|退学|弃学/.test(text)) return 'dropout';
  if (/身体|因病|因残|重病|重残|残疾|失能|不能就学|无法就学|无学习能力|丧失学习/.test(text)) return 'unable';
  if (/出国|国外|境外|海外|出境|移民/.test(text)) return 'abroad';
  if (/未(在|入|就|上)|没(有)?(入|上|就)|不在校|未读/.test(text)) return 'none';
  if (/区外|市外|省外|外地|外区|外市|外省|外县|县外|异地|省内|市内其他|他区|其他区|跨区|老家|原籍/.test(text))
    return 'elsewhere';
  if (/迁出|迁走|搬离|搬走|户口迁移|移居/.test(text)) return 'movedAway';
  if (/区内|本区|在读|在校|就读|在学|本地|县内|辖区|已入学|义务教育/.test(text)) return 'inDistrict';
  return null;
}

/** The household state as a code; null for words not known. */
export function parseHouseholdState(words: string): HouseholdState | null {
  const text = normalizeText(words);
  if (text === '') return 'none';
  if (text.includes('一致') || text === '人户同在') return 'together';
  if (text.includes('空挂')) return 'shell';
  if (text.includes('人在户不在') || text.includes('有人无户')) return 'personOnly';
  if (text.includes('户在人不在') || text.includes('有户无人')) return 'registrationOnly';
  return null;
}

const tagPatterns: readonly (readonly [RegExp, ChildTag])[] = [
  [/事实无人抚养|事实孤儿/, 'factOrphan'],
  [/孤儿/, 'orphan'],
  [/留守/, 'leftBehind'],
  [/随迁|务工/, 'migrant'],
  [/低保/, 'minimumLiving'],
  [/特困/, 'extremePoverty'],
  [/脱贫|建档立卡|监测户/, 'povertyAlleviated'],
  [/残/, 'disability'],
  [/重病|大病|疾病/, 'seriousIllness'],
  [/无户|黑户/, 'unregistered'],
  [/单亲|离异/, 'singleParent'],
  [/烈士|优抚/, 'martyrFamily'],
  [/贫困|困难/, 'poor'],
];

/** One group or aid list named by words; null when not known. */
export function parseChildTag(words: string): ChildTag | null {
  const text = normalizeText(words);
  if (/^(无|没有)户/.test(text)) return 'unregistered';
  if (text === '' || /^(无|否|没有|非)/.test(text)) return null;
  for (const [pattern, tag] of tagPatterns) if (pattern.test(text)) return tag;
  return null;
}

/** The groups named in a cell, separated by 、,;/ or spaces; words not known come back apart. */
export function parseChildTags(cell: string): { tags: ChildTag[]; unknown: string[] } {
  const tags = new Set<ChildTag>();
  const unknown: string[] = [];
  if (cell === '') return { tags: [], unknown };
  for (const part of cell.split(/[、,，;；/|\s\u3000]+/)) {
    if (part === '' || /^(无|否|没有|正常|-|—)$/.test(part)) continue;
    const tag = parseChildTag(part);
    if (tag === null) unknown.push(part);
    else tags.add(tag);
  }
  return { tags: [...tags], unknown };
}
