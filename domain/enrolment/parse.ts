import { normalizeText } from '#domain/basics/text.ts';
import type { LeaveKind, SchoolStage } from './record.ts';

/** The kind of school from its stated stage, else its name, else the first two digits of its code (D5.1). */
export function parseSchoolStage(words: string, name: string, code: string): SchoolStage {
  return stageOfWords(normalizeText(words)) ?? stageOfWords(name) ?? stageOfCode(code) ?? 'other';
}

function stageOfWords(text: string): SchoolStage | null {
  if (text === '') return null;
  if (/九年一贯|一贯制|小学.*初中/.test(text)) return 'nineYear';
  if (/特殊教育|特教|盲|聋|培智|启智/.test(text)) return 'special';
  if (/专门学校|专门教育|工读/.test(text)) return 'corrective';
  if (/完全中学|完中|初中.*高中/.test(text)) return 'complete';
  if (/幼儿/.test(text)) return 'kindergarten';
  if (/职业|中职|中专|技工|技师/.test(text)) return 'vocational';
  if (/小学/.test(text)) return 'primary';
  if (/初级中学|初中|初级/.test(text)) return 'junior';
  if (/高级中学|高中/.test(text)) return 'senior';
  return null;
}

function stageOfCode(code: string): SchoolStage | null {
  switch (code.slice(0, 2)) {
    case '11':
      return 'kindergarten';
    case '21':
      return 'primary';
    case '31':
      return 'junior';
    case '34':
      return 'complete';
    case '36':
      return 'vocational';
    case '37':
      return 'corrective';
    case '51':
      return 'special';
    default:
      return null;
  }
}

const yes = new Set([
  '是',
  '到校',
  '已到校',
  '已到',
  '到',
  '在校',
  '正常',
  '正常到校',
  '1',
  '√',
  '✓',
  '✔',
  'Y',
  'YES',
  '出勤',
  '在',
]);
const no = new Set([
  '否',
  '未到校',
  '未到',
  '不在校',
  '没到',
  '缺勤',
  '缺课',
  '0',
  '×',
  'X',
  'N',
  'NO',
  '旷课',
  '不在',
  '未返校',
  '请假',
  '病假',
  '事假',
]);

/** Whether the cell says present; null when it says neither (unknown is not present and not absent, product section 4). */
export function parsePresent(cell: string): boolean | null {
  const text = normalizeText(cell).toUpperCase();
  if (yes.has(text)) return true;
  if (no.has(text)) return false;
  return /^(未|没|不)/.test(text) || text.includes('假') ? false : null;
}

/** The kind of leave named by the reason of an absence; null for none (无故缺课, 旷课, 未请假, empty). */
export function parseLeave(cell: string): LeaveKind | null {
  const text = normalizeText(cell);
  if (
    text === '' ||
    /无故|旷课|未请假|没请假|没有请假|无假|未办|逾期|超假|假满|假期已满|不假|厌学|失联|联系不上|去向不明/.test(text)
  )
    return null;
  if (/休学/.test(text)) return 'suspension';
  if (/送教/.test(text)) return 'homeTeaching';
  if (/丧/.test(text)) return 'bereavement';
  if (/病|住院|就医|手术|隔离|发烧|感冒/.test(text)) return 'illness';
  if (/公假|公派|比赛|参赛|集训|外出学习/.test(text)) return 'official';
  if (/事假|私假/.test(text)) return 'personal';
  return text.includes('假') ? 'other' : null;
}
