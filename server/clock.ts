/** The clock of a server: real, or stopped for tests. The only place that reads the machine's time. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export function realClock(): Clock {
  return { now: () => new Date() };
}

/** A clock that stands at one instant until moved. */
export function stoppedClock(at: string): Clock & { move(to: string): void } {
  let instant = new Date(at);
  return {
    now: () => new Date(instant),
    move: (to) => {
      instant = new Date(to);
    },
  };
}

/** An instant moved so that its UTC fields read as clocks in China (UTC+8) do. */
export function inChina(at: Date): Date {
  return new Date(at.getTime() + 8 * 3_600_000);
}

/** The calendar day in China at an instant, `YYYY-MM-DD`. */
export function chinaDay(at: Date): string {
  return inChina(at).toISOString().slice(0, 10);
}

/** Day and time in China at an instant: `YYYY-MM-DD HH:MM`, with seconds where they are asked for. */
export function chinaMoment(at: Date, to: 'minutes' | 'seconds' = 'minutes'): string {
  return inChina(at)
    .toISOString()
    .slice(0, to === 'minutes' ? 16 : 19)
    .replace('T', ' ');
}

/** The instant some minutes before another. */
export function minutesBefore(at: Date, minutes: number): Date {
  return new Date(at.getTime() - minutes * 60_000);
}

/** The instant some minutes after another. */
export function minutesAfter(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}
