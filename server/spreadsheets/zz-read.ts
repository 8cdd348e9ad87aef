import { openSheet } from './read.ts';
const t = performance.now();
const s = await openSheet(process.argv[2]!, { fileName: 'x.xlsx' });
let n = 0, c = 0, h = 0;
for await (const b of s.rows()) { n += b.length; for (const r of b) { c += r.cells.length; h += r.cells[0]!.length; } }
console.log('own reader', n, c, h, Math.round(performance.now() - t), 'ms', 'cpu', Math.round((process.cpuUsage().user+process.cpuUsage().system)/1000), 'maxRSS', Math.round(process.resourceUsage().maxRSS / 1024), 'MB');
