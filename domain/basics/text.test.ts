import { describe, expect, test } from 'vitest';
import { normalizeName, normalizeNumber, normalizeText } from './text.ts';

describe('normalizeText', () => {
  test.each([
    ['　滨江小学 ', '滨江小学'],
    ['姓名（必填）／ＡＢＣ１２３', '姓名(必填)/ABC123'],
    ['江岸区\u3000\u00a0 一元街道\n三阳社区', '江岸区 一元街道 三阳社区'],
    ['\ufeff\u202d13946661603\u202c\u200b', '13946661603'],
    ['', ''],
  ])('%j → %j', (before, after) => expect(normalizeText(before)).toBe(after));
});

describe('normalizeName', () => {
  test.each([
    ['张　三', '张三'],
    [' 欧阳 娜\u00a0娜 ', '欧阳娜娜'],
    ['买买提•阿不都', '买买提·阿不都'],
    ['买买提 ． 阿不都', '买买提·阿不都'],
    ['买买提.阿不都‧热合曼・木', '买买提·阿不都·热合曼·木'],
    ['阿依古丽 · 艾力', '阿依古丽·艾力'],
    ['Ｍａｒｙ　 Smith', 'Mary Smith'],
    ['J. Smith', 'J. Smith'],
    ['李 Mary', '李Mary'],
    ['𬭎𠅤𬱖䶮㛃', '𬭎𠅤𬱖䶮㛃'],
    ['\uf9d1\u{2f800} \ufa0c', '\uf9d1\u{2f800}\ufa0c'],
    ['Jose\u0301', 'José'],
  ])('%j → %j', (before, after) => expect(normalizeName(before)).toBe(after));
});

describe('normalizeNumber', () => {
  test.each([
    ["'420102202002201933", '420102202002201933'],
    ['４２０１０２ 20200220 193ｘ', '42010220200220193X'],
    ['="42010220200220193x"', '42010220200220193X'],
    ['027-8281 1234', '02782811234'],
    ['“g420102202002201933”\t', 'G420102202002201933'],
  ])('%j → %j', (before, after) => expect(normalizeNumber(before)).toBe(after));
});
