/** What a program may take for a formula or command at the start of a cell, also in full width, behind any apostrophes. */
const dangerous = /^'*[=+\-@\t\r\n＝＋－＠]/u;
const guarded = /^'+[=+\-@\t\r\n＝＋－＠]/u;

/**
 * Text as it is exported: one apostrophe is put before anything that begins with = + - @ tab or a line break, so that
 * no program runs it as a formula (CSV injection). `unguardText` takes exactly that apostrophe off again.
 */
export function guardText(text: string): string {
  return dangerous.test(text) ? `'${text}` : text;
}

/** Text as it is imported: takes off the apostrophe that `guardText` put on; other text is unchanged. */
export function unguardText(text: string): string {
  return text.charCodeAt(0) === 39 && guarded.test(text) ? text.slice(1) : text;
}
