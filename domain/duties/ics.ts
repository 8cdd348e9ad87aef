/** A duty as a calendar shows it; moments ISO 8601. */
export interface CalendarEntry {
  id: string;
  title: string;
  words: string;
  due: string;
  changed: string;
  link: string | null;
}

function stamp(moment: string): string {
  return new Date(moment)
    .toISOString()
    .replaceAll(/[-:]/g, '')
    .replace(/\.\d{3}/, '');
}

function text(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r?\n/g, '\\n');
}

/** Folds a line at 75 octets without cutting a character (RFC 5545, 3.1). */
function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > 75) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}

/** A calendar of duties (RFC 5545): each ends at its due moment, half an hour long, with a reminder an hour before. */
export function calendarText(name: string, entries: readonly CalendarEntry[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Baoxue//Duties//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
  ];
  lines.push(`X-WR-CALNAME:${text(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT15M');
  for (const entry of entries) {
    const start = new Date(Date.parse(entry.due) - 30 * 60_000).toISOString();
    lines.push('BEGIN:VEVENT', `UID:${entry.id}@baoxue`, `DTSTAMP:${stamp(entry.changed)}`);
    lines.push(`DTSTART:${stamp(start)}`, `DTEND:${stamp(entry.due)}`);
    lines.push(`SUMMARY:${text(entry.title)}`, `DESCRIPTION:${text(entry.words)}`);
    if (entry.link !== null) lines.push(`URL:${entry.link}`);
    lines.push('BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT1H', `DESCRIPTION:${text(entry.title)}`, 'END:VALARM');
    lines.push('END:VEVENT');
  }
  lines.push('END:VCALENDAR');
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}
