import { openSheet } from './read.ts';
import { writeXlsx } from './write.ts';
import ExcelJS from 'exceljs';
const src = await openSheet('/work/main/server/testing/samples/binjiang/学籍_2142010201_滨江小学.xlsx', { fileName: 'x' });
const base: string[][] = []; let head: string[] = [];
for await (const b of src.rows()) for (const r of b) if (r.number === 1) head = r.cells; else base.push(r.cells);
function row(i: number): string[] {
  const b = [...(base[i % base.length] ?? [])];
  while (b.length < 72) b.push('');
  b[0] = (b[0] ?? '') + String.fromCharCode(0x4e00 + i % 2000); b[11] = '420102' + String(200000000000 + i * 7919).slice(-12); b[21] = String(13000000000 + i * 31); b[69] = 'G' + b[11];
  for (let k = 0; k < 72; k++) if (b[k] === '' && k % 2 === 0) b[k] = '无'; // about three quarters of the cells filled
  return b;
}
const mode = process.argv[2];
const n = Number(process.argv[4] ?? 100000);
const t = performance.now();
if (mode === 'exceljs') {
  const wb = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: process.argv[3]!, useSharedStrings: true, useStyles: true });
  const ws = wb.addWorksheet('Sheet1');
  ws.addRow(head).commit();
  for (let i = 0; i < n; i++) ws.addRow(row(i)).commit();
  await wb.commit();
} else if (mode === 'own') {
  await writeXlsx(process.argv[3]!, { columns: head.map((label) => ({ label })), rows: (function* () { for (let i = 0; i < n; i++) yield row(i); })() });
} else if (mode === 'own15' || mode === 'exceljs15') {
  const cols = head.slice(0, 15);
  const rows = Array.from({ length: 1000 }, (_, i) => row(i).slice(0, 15).map((x) => x || '无'));
  const t0 = performance.now();
  if (mode === 'own15') {
    const r = await writeXlsx(process.argv[3]!, { title: '学生名册', unit: '滨江小学', columns: cols.map((label) => ({ label })), rows: (function* () { for (let i = 0; i < n; i++) yield rows[i % 1000]!; })(), complete: { total: n } });
    console.log(r);
  } else {
    const wb = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: process.argv[3]!, useSharedStrings: false, useStyles: true });
    const ws = wb.addWorksheet('Sheet1');
    const thin = { style: 'thin' as const };
    ws.columns = cols.map((header) => ({ header, key: header, style: { border: { left: thin, right: thin, top: thin, bottom: thin }, numFmt: '@' } }));
    for (let i = 0; i < n; i++) ws.addRow(rows[i % 1000]).commit();
    await wb.commit();
  }
  console.log('write only', Math.round(performance.now() - t0));
}
console.log(mode, Math.round(performance.now() - t), 'ms', 'maxRSS', Math.round(process.resourceUsage().maxRSS / 1024), 'MB');
