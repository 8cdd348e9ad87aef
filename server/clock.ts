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

/** The calendar day in China (UTC+8) at an instant, `YYYY-MM-DD`. */
export function chinaDay(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** The instant some minutes before another. */
export function minutesBefore(at: Date, minutes: number): Date {
  return new Date(at.getTime() - minutes * 60_000);
}

/** The instant some minutes after another. */
export function minutesAfter(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}
