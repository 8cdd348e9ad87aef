import ExcelJS from 'exceljs';
import { SaxesParser } from 'saxes';
import { listEntries, unpackEntry } from './zip-entries.ts';
import { defaultLimits } from './limits.ts';
import { readSharedStrings } from './shared-strings.ts';
const [mode, path] = process.argv.slice(2) as [string, string];
const t = performance.now(); let n = 0, c = 0;
if (mode === 'exceljs') {
  const r = new ExcelJS.stream.xlsx.WorkbookReader(path, { sharedStrings: 'cache', worksheets: 'emit', styles: 'ignore', hyperlinks: 'ignore', entries: 'ignore' });
  for await (const ws of r) for await (const row of ws) { n++; c += (row.values as unknown[]).length; }
} else {
  const e = await listEntries(path, defaultLimits);
  const strings = await readSharedStrings(unpackEntry(path, e.get('xl/sharedstrings.xml')!), defaultLimits);
  const p = new SaxesParser(); let v = '', inV = false; let row: string[] = [];
  p.on('opentag', (tag) => { if (tag.name === 'row') row = []; else if (tag.name === 'v') { inV = true; v = ''; } });
  p.on('text', (x) => { if (inV) v += x; });
  p.on('closetag', (tag) => { if (tag.name === 'v') inV = false; else if (tag.name === 'c') row.push(strings.get(Number(v)) ?? ''); else if (tag.name === 'row') { n++; c += row.length; } });
  const d = new TextDecoder();
  for await (const chunk of unpackEntry(path, e.get('xl/worksheets/sheet1.xml')!)) p.write(d.decode(chunk, { stream: true }));
}
console.log(mode, n, c, Math.round(performance.now() - t), 'ms', 'maxRSS', Math.round(process.resourceUsage().maxRSS / 1024), 'MB');
