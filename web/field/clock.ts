/** The phone's time in ms; the only place of the phone pages that reads it. */
export function phoneNow(): number {
  return Date.now();
}

/** The day in China at a time in ms, `YYYY-MM-DD`. */
export function phoneDay(now: number): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** Hour and minute in China at a time in ms. */
export function phoneHour(now: number): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(11, 16);
}
