import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { Book, Form, Letter, Sheet } from './model.ts';
import { wordFileOf } from './word.ts';

const letter: Letter = {
  layout: 'letter',
  mark: '江岸区教育局',
  number: '责改字〔2026〕第3号',
  title: '责令限期改正通知书',
  to: '王大海：',
  blocks: [
    { as: 'heading', level: 1, text: '一、查明的事实' },
    { as: 'heading', level: 2, text: '（一）楷体' },
    { as: 'text', text: '㛃䶮𬭎 <w:p> & "引号" \u0007\uD800 未到校\n第二段' },
    { as: 'note', text: '小字' },
  ],
  close: {
    unit: '江岸区教育局',
    day: '2026年11月20日',
    seal: '',
    signers: [
      { label: '校长', name: '', image: 'one.svg' },
      { label: '班主任', name: '' },
    ],
  },
};
const form: Form = {
  layout: 'form',
  number: null,
  title: '辍学学生登记表',
  to: '填报单位：滨江小学',
  blocks: [
    {
      as: 'grid',
      columns: 12,
      rows: [
        { cells: [{ label: '姓名', text: '王小明', span: 4, centred: true }, { label: '性别', text: '男', span: 4 }] }, // prettier-ignore
        { cells: [{ label: '学生签名', text: '', span: 10, foot: '年　月　日', image: 'one.svg' }], tall: 19 },
      ],
    },
  ],
  close: null,
};

function partsOf(file: Buffer): Record<string, string> {
  return Object.fromEntries(Object.entries(unzipSync(file)).map(([name, content]) => [name, strFromU8(content)]));
}
const words = (xml: string) => [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('|');
/** The run that holds some words. */
const runOf = (xml: string, text: string) =>
  xml.split('<w:r>').find((one) => one.includes(`>${text}</w:t>`)) ?? `no run of ${text}`;
/** The paragraph that holds some words. */
const paragraphOf = (xml: string, text: string) =>
  xml.split('<w:p>').find((one) => one.includes(`>${text}</w:t>`)) ?? `no paragraph of ${text}`;

it('NOT-18 a letter has the faces, sizes, margins and pitch of GB/T 9704 by name', async () => {
  const { 'word/document.xml': xml = '' } = partsOf(await wordFileOf([letter], '草稿'));
  expect(runOf(xml, '责令限期改正通知书')).toMatch(/eastAsia="方正小标宋简体".*w:sz w:val="44"/s);
  expect(runOf(xml, '江岸区教育局')).toMatch(/方正小标宋简体.*D7000F/s);
  expect(runOf(xml, '一、查明的事实')).toContain('eastAsia="黑体"');
  expect(runOf(xml, '（一）楷体')).toContain('eastAsia="楷体_GB2312"');
  const body = paragraphOf(xml, '第二段');
  expect(body).toMatch(/eastAsia="仿宋_GB2312"/);
  expect(body).toMatch(/w:sz w:val="32"/);
  expect(body).toMatch(/w:line="579" w:lineRule="exact"/);
  expect(body).toContain('w:firstLine="631"');
  // A4 with 37, 26, 35 and 28 millimetres.
  expect(xml).toMatch(/w:pgSz w:w="11906" w:h="16838"/);
  expect(xml).toMatch(/w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/);
  // Both centred on each other: the wider one four characters from the right.
  expect(paragraphOf(xml, '2026年11月20日')).toMatch(/w:right="1280"/);
  expect(paragraphOf(xml.slice(xml.indexOf('第二段')), '江岸区教育局')).toContain('w:right="1440"');
});

it('NOT-18 what is read is data: marks of the file format print as they stand, and characters that no file may hold are left out', async () => {
  const { 'word/document.xml': xml = '' } = partsOf(await wordFileOf([letter], '草稿'));
  expect(words(xml)).toContain('㛃䶮𬭎 &lt;w:p&gt; &amp; ');
  expect(xml).not.toMatch(/[\u0000-\u0008\uFFFD]/);
  expect(words(xml)).toContain('引号&quot;  未到校|第二段');
});

it('NOT-18 every page of every paper says what it is, page numbers stand outside and begin anew, and no drawn signature is in it', async () => {
  const parts = partsOf(await wordFileOf([letter, form], '副本　以原件为准'));
  const headers = Object.keys(parts).filter((name) => /^word\/header\d+\.xml$/.test(name));
  expect(headers).toHaveLength(4);
  for (const name of headers) expect(words(parts[name] ?? '')).toBe('副本　以原件为准');
  const xml = parts['word/document.xml'] ?? '';
  expect(xml.match(/w:headerReference/g)).toHaveLength(4);
  expect(xml.match(/w:pgNumType w:start="1"/g)).toHaveLength(2);
  expect(parts['word/settings.xml']).toContain('w:evenAndOddHeaders');
  const footers = Object.entries(parts).filter(([name]) => /^word\/footer\d+\.xml$/.test(name));
  expect(footers.filter(([, text]) => text.includes('PAGE') && /w:jc w:val="(right|left)"/.test(text))).toHaveLength(2);
  expect(Object.keys(parts).filter((name) => name.includes('media'))).toEqual([]);
  expect(xml).not.toMatch(/<w:drawing|<w:pict/);
  expect(words(xml).match(/（签名见原件）/g)).toHaveLength(2);
});

it('NOT-18 a form keeps its table: twelve columns, labels of two, rows as tall as they say', async () => {
  const { 'word/document.xml': xml = '' } = partsOf(await wordFileOf([form], '草稿'));
  expect(xml.match(/<w:gridCol/g)).toHaveLength(12);
  expect(xml.match(/w:gridSpan w:val="(\d+)"/g)?.map((one) => /\d+/.exec(one)?.[0])).toEqual(['2', '4', '2', '4', '2', '10']); // prettier-ignore
  expect(xml).toMatch(/w:trHeight w:val="1077" w:hRule="atLeast"/);
  expect(words(xml)).toContain('姓名|王小明|性别|男|学生签名|（签名见原件）|年　月　日');
});

const book: Book = {
  layout: 'book',
  title: '一生一案',
  to: '控辍保学个案档案',
  cover: [{ label: '姓名', value: '王小明' }],
  imprint: '保学平台 2026-11-20',
  sections: [
    { title: '基本情况', blocks: [{ as: 'table', widths: [1, 1], head: ['甲', '乙'], rows: [['一', '二']] }, { as: 'table', widths: [1, 1], head: ['丙', '丁'], rows: [] }] }, // prettier-ignore
    { title: '工作记录', blocks: [{ as: 'note', text: '无。' }], ownPage: true },
    { title: '花名册', blocks: [{ as: 'text', text: '横页' }], wide: true },
    { title: '附记', blocks: [{ as: 'text', text: '直页' }] },
  ],
  close: { unit: '滨江小学', day: '2026年11月20日', seal: '', signers: [] },
};

it('NOT-18 a book has cover and contents without page numbers, then its sections numbered from one, a wide one on its side', async () => {
  const parts = partsOf(await wordFileOf([book], '副本'));
  const xml = parts['word/document.xml'] ?? '';
  expect(words(xml)).toMatch(/^一生一案\|控辍保学个案档案\|.*姓名\|王小明\|目录\|基本情况\|.*附记\|基本情况\|甲\|乙/);
  expect([...xml.matchAll(/w:pgSz[^>]*w:orient="(\w+)"/g)].map(([, how]) => how)).toEqual(['portrait', 'portrait', 'landscape', 'portrait']); // prettier-ignore
  // The cover's section and the first of the book begin at one; the others go on.
  expect(xml.match(/w:pgNumType w:start="1"/g)).toHaveLength(2);
  const footers = [...xml.matchAll(/<w:footerReference w:type="default" r:id="(\w+)"/g)].map(([, id]) => id ?? '');
  const footer = (id: string) => new RegExp(`Id="${id}"[^>]*Target="([^"]+)"|Target="([^"]+)"[^>]*Id="${id}"`).exec(parts['word/_rels/document.xml.rels'] ?? ''); // prettier-ignore
  const numbered = footers.map((id) => {
    const [, one, other] = footer(id) ?? [];
    return (parts[`word/${one ?? other ?? ''}`] ?? '').includes('PAGE');
  });
  expect(numbered).toEqual([false, true, true, true]);
  // What the contents lead to stands in the outline, and 工作记录 begins a page of its own.
  for (const at of [1, 2, 3, 4]) {
    expect(xml).toContain(`w:bookmarkStart w:name="section_${String(at)}"`);
    expect(xml).toContain(`PAGEREF section_${String(at)}`);
  }
  expect(parts['word/settings.xml']).toContain('w:updateFields');
  expect(xml.match(/w:outlineLvl w:val="0"/g)).toHaveLength(4);
  const heads = xml.split('<w:p>').filter((one) => one.includes('w:outlineLvl'));
  expect(heads.map((one) => one.includes('w:pageBreakBefore/>'))).toEqual([false, true, false, false]);
  expect(xml).not.toMatch(/<\/w:tbl><w:tbl>/);
  expect(words(parts['word/header1.xml'] ?? '')).toBe('副本|保学平台 2026-11-20');
});

it('NOT-18 sheets are refused: they have a workbook of their own', async () => {
  const sheet: Sheet = {
    layout: 'sheet',
    title: '花名册',
    to: null,
    close: null,
    paper: 'a4',
    above: ['', '', ''],
    table: { as: 'sheet', columns: [], rows: [] },
    notes: [],
    signers: [],
    imprint: '',
    proof: '',
  };
  await expect(wordFileOf([sheet], '草稿')).rejects.toThrow('no Word layout for sheet');
});
