const chinaAhead = 8 * 3_600_000;

/** A moment as the clock in China stood: `2026-11-20 10:00:00`; empty when there is none. */
export function chinaClock(moment: string | null | undefined): string {
  const at = Date.parse(moment ?? '');
  return Number.isNaN(at) ? '' : new Date(at + chinaAhead).toISOString().slice(0, 19).replace('T', ' ');
}

/** The moment at which the clock in China stands at `2026-11-20 10:00` (seconds may follow), to the microsecond as figures take it; null where it is none. */
export function momentOfClock(clock: string): string | null {
  const [, day, minute, seconds] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?$/u.exec(clock.trim()) ?? [];
  if (day === undefined || minute === undefined) return null;
  const at = Date.parse(`${day}T${minute}${seconds ?? ':00'}+08:00`);
  return Number.isNaN(at) ? null : new Date(at).toISOString().replace('Z', '000Z');
}

/** What a person types or pastes as a moment: as books print it, or as the clock in China stands; null where it is neither. */
export function momentRead(text: string): string | null {
  const printed = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/u.exec(text.trim())?.[0];
  if (printed === undefined) return momentOfClock(text.replaceAll('：', ':'));
  return Number.isNaN(Date.parse(printed)) ? null : printed;
}
