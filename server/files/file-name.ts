/** What ends a name, leads out of a folder, or makes a name read as another: path parts, control characters, marks that turn the direction. */
const unfit = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\\/:*?"<>|]/gu;

/** Words as the name of a file, in a download or in a zip, on every system that may keep it: one part, nothing of a path. */
export function fileNameFrom(words: string): string {
  return words.toWellFormed().replaceAll(unfit, '_').replace(/^\.+/u, '_').trim();
}

/** The header by which a browser keeps a download under a name (RFC 6266, RFC 8187). */
export function dispositionOf(fileName: string): string {
  const name = encodeURIComponent(fileNameFrom(fileName)).replaceAll(
    /['()*]/gu,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${name}`;
}
