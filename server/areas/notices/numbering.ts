import type { DocumentKind, IssuingUnit } from '#domain/notices/record.ts';
import { numberParts, numberWords } from '#domain/notices/rules.ts';
import type { Context } from '#server/http/context.ts';
import { allotNumbers } from './store-templates.ts';
import { readScheme, readTemplate } from './templates.ts';

/** The parts of a document's number. */
type Numbered = NonNullable<ReturnType<typeof numberParts>>;

/** The number of a document that is issued now: the one that its letter bears already, else the next of the unit; null for documents without number. */
export async function numberFor(
  context: Context,
  prepared: { kind: DocumentKind; unit: IssuingUnit; scheme: string | null },
  order: { childId: string; caseId: string | null; fields: Readonly<Record<string, string>> },
): Promise<Numbered | null> {
  const { scheme, unit, kind } = prepared;
  if (scheme === null) return null;
  const given: Numbered[] = [];
  await context.announce({
    kind: 'notices.numbering',
    documentKind: kind,
    childId: order.childId,
    caseId: order.caseId,
    to: order.fields['toBureau'] ?? '',
    take: (words) => {
      const parts = numberParts(words);
      if (parts) given.push(parts);
    },
    at: context.now.toISOString(),
  });
  const [taken] = given;
  if (taken) return taken;
  const year = Number(context.today.slice(0, 4));
  return { scheme, year, number: await allotNumbers(context.client, context.district, unit, scheme, year, 1) };
}

/** The next number of a kind of document in the bureau's own series, in words, for a letter whose document follows or is written by hand; null where the kind bears no number. */
export async function numberOfBureau(context: Context, kind: DocumentKind, year: number): Promise<string | null> {
  const { client, district } = context;
  const unit = { kind: 'district', id: district } as const;
  const { content } = await readTemplate(context, kind);
  const scheme = await readScheme(context, kind, unit, content);
  if (scheme === null) return null;
  // The chain lock before the counter's row, as in every other write.
  await context.knownAt();
  return numberWords(scheme, year, await allotNumbers(client, district, unit, scheme, year, 1));
}
