/** A day in prose: `2026-11-20` → `2026年11月20日`; '—' when there is none. */
export function dayWords(day: string | null | undefined): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/u.exec(day ?? '');
  return match ? `${match[1] ?? ''}年${String(Number(match[2]))}月${String(Number(match[3]))}日` : '—';
}

const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** A moment in China time for tables: `2026-11-20 14:05`; '—' when there is none. */
export function momentShort(iso: string | null | undefined): string {
  const at = new Date(iso ?? '');
  if (Number.isNaN(at.getTime())) return '—';
  const parts = new Map(shanghai.formatToParts(at).map((part) => [part.type, part.value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}

/** A moment in China time in prose: `2026年11月20日 14:05`; '—' when there is none. */
export function momentWords(iso: string | null | undefined): string {
  const short = momentShort(iso);
  return short === '—' ? short : `${dayWords(short)} ${short.slice(11)}`;
}

/** A share with one decimal: `97.6 %`; '—' when the whole is 0. Never rounds up to 100.0 nor down to 0.0. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '—';
  const value = (part / whole) * 100;
  if (part !== whole && value > 99.9 && value < 100) return '99.9 %';
  if (part !== 0 && value < 0.1 && value > 0) return '0.1 %';
  return `${value.toFixed(1)} %`;
}

/** A whole number with separators: `12,345`. */
export function count(n: number): string {
  return n.toLocaleString('zh-CN');
}

/** Whole days from one day to another, both `YYYY-MM-DD`; negative when the second lies before the first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000);
}

/** A due day beside today in words: `今天到期`, `还有 3 天`, `已超期 2 天`. */
export function dueWords(due: string, today: string): string {
  const days = daysBetween(today, due);
  if (days === 0) return '今天到期';
  return days > 0 ? `还有 ${count(days)} 天` : `已超期 ${count(-days)} 天`;
}
