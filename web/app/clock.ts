/** The moment now, from the device; only for what the page itself shows. Days that decide anything come from the server. */
export function now(): Date {
  return new Date();
}
