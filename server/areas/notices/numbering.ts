import { Failure } from '#domain/basics/failure.ts';
import type { DocumentKind, IssuingUnit } from '#domain/notices/record.ts';
import { numberParts, numberWords } from '#domain/notices/rules.ts';
import type { Context } from '#server/http/context.ts';
import { allotNumbers } from './store-templates.ts';
import { readScheme, readTemplate } from './templates.ts';

/** The parts of a document's number. */
type Numbered = NonNullable<ReturnType<typeof numberParts>>;

/** What is asked of a document that is about to take its number. */
interface Numbering {
  childId: string;
  caseId: string | null;
  fields: Readonly<Record<string, string>>;
}

/** The number that the letter of a document bears already, of those not given away before; null where none waits. */
async function numberWaiting(
  context: Context,
  kind: DocumentKind,
  order: Numbering,
  given: ReadonlySet<string>,
): Promise<Numbered | null> {
  const offered: string[] = [];
  await context.announce({
    kind: 'notices.numbering',
    documentKind: kind,
    childId: order.childId,
    caseId: order.caseId,
    to: order.fields['toBureau'] ?? '',
    take: (words) => offered.push(words),
    at: context.now.toISOString(),
  });
  const [first] = offered;
  return first === undefined || given.has(first) ? null : numberParts(first);
}

/**
 * The numbers of documents that are issued now, in their order: each the one that its letter bears already, else the next of the unit; null
 * for documents without number. The chain lock comes first, as in every other write. `refusing` hears of which of them a refusal is.
 */
export async function numbersFor(
  context: Context,
  prepared: { kind: DocumentKind; unit: IssuingUnit; scheme: string | null },
  orders: readonly Numbering[],
  refusing?: (at: number, failure: Failure) => void,
): Promise<(Numbered | null)[]> {
  const { scheme, unit, kind } = prepared;
  if (scheme === null) return orders.map(() => null);
  const given = new Set<string>();
  const waiting: (Numbered | null)[] = [];
  for (const [at, order] of orders.entries()) {
    const found = await numberWaiting(context, kind, order, given).catch((error: unknown) => {
      if (error instanceof Failure) refusing?.(at, error);
      throw error;
    });
    if (found) given.add(numberWords(found.scheme, found.year, found.number));
    waiting.push(found);
  }
  const left = waiting.filter((one) => one === null).length;
  const year = Number(context.today.slice(0, 4));
  let next = left === 0 ? 0 : await allotNumbers(context.client, context.district, unit, scheme, year, left);
  return waiting.map((one) => one ?? { scheme, year, number: next++ });
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
