/** An address of the platform with what is given of a query. */
export function addressOf(path: string, query: Readonly<Record<string, string | null | undefined>>): string {
  const written = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') written.set(key, value);
  const text = written.toString();
  return text === '' ? path : `${path}?${text}`;
}
