/** Where an error came from; what the database says of a value that it refuses repeats the value, which may be a person's. */
export function placesOf(error: Error, code: string | undefined): string {
  const lines = (error.stack ?? '').split('\n');
  const repeats = code !== undefined && /^2[23][0-9A-Z]{3}$/u.test(code);
  return lines.slice(repeats ? lines.findIndex((line) => /^\s+at /u.test(line)) : 0, 9).join('\n');
}
