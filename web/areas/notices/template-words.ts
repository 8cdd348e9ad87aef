import { placeNames, type TemplateContent } from '#domain/notices/record.ts';
import { placeWords } from '#domain/notices/words.ts';

const place = /\{([^{}]+)\}/gu;

/** What stands in a place, by its key: the facts of the records, then the template's own fields; a label that stands twice keeps its key. */
export function placeLabels(fields: TemplateContent['fields']): Map<string, string> {
  const labels = new Map<string, string>(placeNames.map((key) => [key, placeWords[key]]));
  for (const field of fields)
    if (field.label !== '' && ![...labels.values()].includes(field.label)) labels.set(field.key, field.label);
  return labels;
}

function mapWords(content: TemplateContent, change: (words: string) => string): TemplateContent {
  return {
    ...content,
    title: change(content.title),
    to: change(content.to),
    body: content.body.map(change),
    note: change(content.note),
    rows: content.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell) => ({ ...cell, text: change(cell.text) })),
    })),
    fields: content.fields.map((field) => ({ ...field, proposed: change(field.proposed) })),
  };
}

/** The words of a template with its places in Chinese: {childName} as {学生姓名}. */
export function readable(content: TemplateContent): TemplateContent {
  const labels = placeLabels(content.fields);
  return mapWords(content, (words) => words.replace(place, (whole, key: string) => `{${labels.get(key) ?? key}}`));
}

/** The words as they are kept, from those in Chinese, and the places that nothing fills. */
export function kept(content: TemplateContent): { content: TemplateContent; unknown: string[] } {
  const labels = placeLabels(content.fields);
  const keys = new Map([...labels].map(([key, label]) => [label, key]));
  const known = new Set<string>([...placeNames, ...content.fields.map((field) => field.key)]);
  const unknown = new Set<string>();
  const changed = mapWords(content, (words) =>
    words.replace(place, (whole, word: string) => {
      const key = keys.get(word.trim()) ?? (known.has(word) ? word : null);
      if (key === null) unknown.add(word);
      return key === null ? whole : `{${key}}`;
    }),
  );
  return { content: changed, unknown: [...unknown] };
}

/** A key for a field that the bureau adds: ownA, ownB and on, the first that is free. */
export function freeKey(taken: readonly string[]): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const first of ['', ...letters])
    for (const last of letters) {
      const key = `own${first}${last}`;
      if (!taken.includes(key)) return key;
    }
  return 'own';
}
