import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-figures.ts';
import { Failure } from '#domain/basics/failure.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import type { ChildTag } from '#domain/population/record.ts';
import {
  courseFigures,
  evaluate,
  figureIds,
  formulas,
  formulaWith,
  type FigureId,
} from '#domain/statistics/formulas.ts';
import { identityGap } from '#domain/statistics/components.ts';
import { periodOf, periodWords, until, type NamedTerm } from '#domain/statistics/periods.ts';
import {
  emptyTally,
  lostParts,
  type Period,
  type PeriodKind,
  type ScopeKind,
  type Tally,
} from '#domain/statistics/record.ts';
import type { Settings } from '#domain/organisations/settings.ts';
import { readSettings, schoolCalendar } from '#server/areas/organisations/actions.ts';
import { briefsOf } from '#server/areas/population/actions.ts';
import { refuseToCome } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { behindIn, booksFor } from './books.ts';
import { asKnownAt } from './known-then.ts';
import { pageOfNames } from './name-page.ts';
import {
  holdsScope,
  holdsStreet,
  keysOfSchool,
  readScopeNames,
  schoolOf,
  scopeWithin,
  scopeWords,
  type ScopeNames,
} from './scopes.ts';
import { listFigureNames as listNames, type Within } from './store-figures.ts';
import { inBooks, talliesOf, type Tallied } from './tallies.ts';

type Figure = OutputOf<typeof contract.getFigures>['figures'][number];

/** Figures that come from the course alone. */
/** Under so many pupils a rate says little and is marked. */
const smallScope = 30;

/** The part of the children that a call asks for; null for all. */
export function withinOf(input: { street?: string | undefined; group?: ChildTag | undefined }): Within | null {
  if (input.street === undefined && input.group === undefined) return null;
  return { street: input.street ?? null, group: input.group ?? null };
}

/** The period asked for, cut at the day; terms come from the bureau's calendar. */
export async function periodAsked(
  context: Context,
  ask: { period: PeriodKind; day?: string | undefined },
): Promise<{ whole: Period; cut: Period; asOf: string; terms: NamedTerm[] }> {
  const asOf = ask.day ?? context.today;
  const { termOf } = await schoolCalendar(context, asOf);
  const term = termOf(asOf);
  const terms = term === null ? [] : [term];
  const whole = periodOf(ask.period, asOf, terms);
  if (whole === null) throw new Failure('input-wrong', `${asOf} 不在任何学期内，请换一天，或按学年、月查看。`);
  return { whole, cut: until(whole, asOf), asOf, terms };
}

/** Which target holds for a figure of a scope on the day of the settings; null for figures without one. */
function targetOf(figure: FigureId, scope: { kind: ScopeKind; key: string }, settings: Settings): number | null {
  if (figure !== 'annualRetention') return null;
  const level = scope.kind === 'level' ? scope.key : (scope.key.split(':')[1] ?? '');
  if (level === 'primary') return settings['target.retentionPrimary'];
  return level === 'junior' ? settings['target.retentionJunior'] : settings['target.retention'];
}

/** The variants that a call names: `annualRetention.withSuspended,…`. */
export function variantsFrom(text: string | undefined): ReadonlyMap<string, string> {
  const pairs = (text ?? '').split(',').filter((one) => one.includes('.'));
  return new Map(pairs.map((one) => [one.split('.')[0] ?? '', one.split('.')[1] ?? '']));
}

/** The figures of a tally, each beside the target that holds for its scope. */
export function figuresOf(
  tally: Tally,
  scope: { kind: ScopeKind; key: string },
  settings: Settings,
  variants: ReadonlyMap<string, string>,
): Figure[] {
  const cohort: readonly FigureId[] = scope.kind === 'cohort' ? ['cohortRetention'] : courseFigures;
  return cohort.map((id) => {
    const made = evaluate(id, tally, variants.get(id) ?? null);
    const target = targetOf(id, scope, settings);
    const formula = formulaWith(id, made.variant);
    const gap = target === null || made.value === null ? null : made.value - target;
    return { ...made, name: formula.name, words: formula.words, target, gap };
  });
}

function headOf(made: Awaited<ReturnType<typeof periodAsked>>, knownAt: string | undefined, source: Tallied['source']) {
  const { whole, cut, asOf, terms } = made;
  return {
    period: whole.kind,
    from: cut.from,
    to: cut.to,
    words: periodWords(whole, terms),
    asOf,
    knownAt: knownAt ?? null,
    source,
  };
}

/** The counts and figures of one scope over a period, as of a day and as known at a moment. */
export async function getFigures(
  context: Context,
  input: ParsedOf<typeof contract.getFigures>,
): Promise<OutputOf<typeof contract.getFigures>> {
  const { scopeKind: kind, scopeKey: key } = input;
  const within = withinOf(input);
  const names = await readScopeNames(context, kind, { classId: key });
  const scopeName = scopeWithin(context.reach, kind, key, names, within?.street);
  refuseToCome(context, input);
  const made = await periodAsked(context, input);
  const ask = {
    kind,
    period: made.cut,
    knownAt: input.knownAt ?? null,
    keys: [key],
    schoolId: schoolOf(kind, key, names),
    within,
  };
  const { tallies, source } = await talliesOf(context, ask);
  const counts = tallies.get(key) ?? emptyTally();
  const settings = await readSettings(context, made.cut.to);
  return {
    ...headOf(made, input.knownAt, source),
    scopeKind: kind,
    scopeKey: key,
    scopeName,
    counts,
    identityGap: identityGap(counts),
    figures: figuresOf(counts, { kind, key }, settings, variantsFrom(input.variants)),
  };
}

/** Kinds that stand by their gap to the target. */
const rankedKinds: readonly ScopeKind[] = ['school', 'schoolLevel', 'street', 'streetLevel'];

/** Classes stand in the order of grade and class, never by rate; everything else by its gap to the target, the widest first, then by name. */
function inOrder(kind: ScopeKind, rows: OutputOf<typeof contract.listFigures>['rows'], names: ScopeNames) {
  const place = (key: string) => {
    const found = names.classes.get(key);
    return found
      ? found.grade * 1000 + Number(/\d+/.exec(found.name.slice(2))?.[0] ?? 0)
      : Number(key.split(':')[1] ?? key);
  };
  if (kind === 'class' || kind === 'schoolGrade' || kind === 'grade')
    return rows.toSorted((a, b) => place(a.key) - place(b.key) || (a.name < b.name ? -1 : 1));
  const gap = (row: (typeof rows)[number]) => row.figures[0]?.gap ?? Number.POSITIVE_INFINITY;
  return rows.toSorted((a, b) => gap(a) - gap(b) || (a.name < b.name ? -1 : 1));
}

/** The counts and figures of every scope of a kind within reach. */
export async function listFigures(
  context: Context,
  input: ParsedOf<typeof contract.listFigures>,
): Promise<OutputOf<typeof contract.listFigures>> {
  const { scopeKind: kind, schoolId } = input;
  if ((kind === 'class' || kind === 'schoolGrade' || kind === 'cohort') && schoolId === undefined)
    throw new Failure('input-wrong', '班级和年级只在本校内列出，请先选择学校。', {
      issues: [{ path: 'schoolId', words: '请选择学校。' }],
    });
  const names = await readScopeNames(context, kind, { schoolId });
  const within = withinOf(input);
  // who holds a street may see in which schools its own children are
  const inOwnStreet = holdsStreet(context.reach, within?.street, names);
  refuseToCome(context, input);
  const made = await periodAsked(context, input);
  const ask = {
    kind,
    period: made.cut,
    knownAt: input.knownAt ?? null,
    keys: schoolId === undefined ? null : keysOfSchool(kind, schoolId, names),
    schoolId: schoolId ?? null,
    within,
  };
  const { tallies, source } = await talliesOf(context, ask);
  const settings = await readSettings(context, made.cut.to);
  const variants = variantsFrom(input.variants);
  const rows = [...tallies].flatMap(([key, counts]) => {
    if (schoolId !== undefined && schoolOf(kind, key, names) !== schoolId) return [];
    const name = scopeWords(kind, key, names);
    if (name === null || !(inOwnStreet || holdsScope(context.reach, kind, key, names))) return [];
    if (input.level !== undefined && !key.endsWith(`:${input.level}`)) return [];
    const figures = figuresOf(counts, { kind, key }, settings, variants);
    return [{ key, name, counts, figures, small: counts.S1 < smallScope }];
  });
  const ranked = rankedKinds.includes(kind);
  return { ...headOf(made, input.knownAt, source), ranked, rows: inOrder(kind, rows, names) };
}

/** The names behind a count, page by page: counted with the whole district in sight, shown as far as the actor reaches. */
export async function listFigureNames(
  context: Context,
  input: ParsedOf<typeof contract.listFigureNames>,
): Promise<OutputOf<typeof contract.listFigureNames>> {
  const names = await readScopeNames(context, input.scopeKind, { classId: input.scopeKey });
  const { scopeKind: kind, scopeKey: key, part, page, size } = input;
  scopeWithin(context.reach, kind, key, names, input.street);
  const made = await periodAsked(context, input);
  // a report counts its running period whole, so the names behind it may be asked to its last day
  refuseToCome(context, { ...input, day: made.whole.from });
  const ask = {
    kind,
    key,
    parts: part === 'Lost' ? lostParts : [part],
    period: made.cut,
    knownAt: input.knownAt ?? null,
    schoolId: schoolOf(kind, key, names),
    within: withinOf(input),
  };
  const { client, district, reach } = context;
  const [tokens, place] = [reach.all ? null : reach.tokens, { size, offset: (page - 1) * size }];
  const found = await inWholeDistrict(context, () =>
    asKnownAt(context, ask, async (knownAt) => {
      const at = { ...ask, knownAt };
      const books = inBooks(at) ? await booksFor(context, at) : null;
      if (books === null) return listNames(client, district, at, tokens, place);
      return pageOfNames(client, district, await behindIn(books, at), tokens, place);
    }),
  );
  const briefs = await briefsOf(context, [...new Set(found.map((row) => row.child_id))]);
  const rows = found.flatMap((row) => {
    const brief = briefs.get(row.child_id);
    if (!brief) return [];
    const { name, sex, birthDate, schoolName, className } = brief;
    return [{ childId: row.child_id, name, sex: sexWord(sex), birthDate, schoolName, className, day: row.day }];
  });
  return { rows, total: found[0]?.total ?? 0, page, size };
}

/** The formulas in force. */
export function listFormulas(): OutputOf<typeof contract.listFormulas> {
  return figureIds.map((id) => {
    const { variants, numerator, denominator, ...formula } = formulas[id];
    return {
      ...formula,
      numerator: [...numerator],
      denominator: [...denominator],
      variants: variants.map((one) => ({ id: one.id, words: one.words })),
    };
  });
}
