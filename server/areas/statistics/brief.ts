import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-cockpit.ts';
import { reasonGroups } from '#domain/dropout/record.ts';
import { reasonGroupWords } from '#domain/dropout/words.ts';
import { baseNotes, baseWords } from '#domain/comparison/cells.ts';
import { childTagWords } from '#domain/population/words.ts';
import { draftBrief, type BriefFacts, type BriefRate, type BriefUnit } from '#domain/statistics/brief.ts';
import { chosenWords, formulas, percentWords } from '#domain/statistics/formulas.ts';
import { levels, type Level } from '#domain/statistics/record.ts';
import { funnelNote, type WorkCounts } from '#domain/statistics/work.ts';
import { renderPdf } from '#server/documents/render.ts';
import type { Block } from '#server/documents/model.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { getCockpit } from './cockpit.ts';
import { getFigures, listFigures } from './figures.ts';
import { getEnrolmentForecast } from './enrolment-outlook.ts';
import { getForecast } from './outlook.ts';
import { getWork } from './work-calls.ts';

type Input = ParsedOf<typeof contract.exportBrief>;
type Figures = Awaited<ReturnType<typeof getFigures>>;

const dayWords = (day: string): string =>
  `${day.slice(0, 4)}年${String(Number(day.slice(5, 7)))}月${String(Number(day.slice(8)))}日`;

function rateOf(
  name: string,
  share: { numerator: number; denominator: number; value: number | null; target?: number | null } | undefined,
): BriefRate {
  const { numerator = 0, denominator = 0, value = null, target = null } = share ?? {};
  return { name, numerator, denominator, value, target };
}

/** The scopes of a kind with who was lost, most first. */
async function unitsOf(
  context: Context,
  input: Input,
  scopeKind: 'school' | 'schoolLevel' | 'street' | 'streetLevel',
): Promise<BriefUnit[]> {
  const level = input.scopeKind === 'level' ? (input.scopeKey === 'primary' ? 'primary' : 'junior') : undefined;
  const { scopeKey: _key, scopeKind: _kind, ...asked } = input;
  const { rows } = await listFigures(context, { ...asked, scopeKind, ...(level === undefined ? {} : { level }) });
  return rows
    .map(({ name, counts, figures, small }) => ({
      name,
      small,
      lost: counts.Gone + counts.Drop,
      value: figures[0]?.value ?? null,
    }))
    .filter((unit) => unit.lost > 0)
    .sort((a, b) => b.lost - a.lost || (a.name < b.name ? -1 : 1));
}

/** The level, street or school of the scope, as the enrolment rate takes them; null for a scope of which it has none. */
function rateScope(input: Input): { level?: Level; street?: string; schoolId?: string } | null {
  const { scopeKind: kind, scopeKey: key } = input;
  const [unit = '', second = ''] = key.split(':');
  const level = levels.find((one) => one === (kind === 'level' ? key : second));
  const ofLevel = level === undefined ? {} : { level };
  const within = input.street === undefined ? {} : { street: input.street };
  if (kind === 'district' || kind === 'level') return { ...within, ...ofLevel };
  if (input.street !== undefined) return null;
  return kind === 'street' || kind === 'streetLevel' ? { street: unit, ...ofLevel } : { schoolId: unit, ...ofLevel };
}

/** The comparison's figures for the scope of a brief, under its filters and base; null where it has none. */
async function rateFor(context: Context, input: Input): Promise<Awaited<ReturnType<typeof getCockpit>> | null> {
  const { day, knownAt, group, base } = input;
  const scope = rateScope(input);
  return scope && getCockpit(context, { day, knownAt, group, base, ...scope });
}

async function factsOf(
  context: Context,
  input: Input,
  figures: Figures,
  cockpit: Awaited<ReturnType<typeof rateFor>>,
): Promise<BriefFacts> {
  const { day, knownAt, base } = input;
  const whole = input.group === undefined && input.street === undefined;
  const asOf = { ...(day === undefined ? {} : { day }), ...(knownAt === undefined ? {} : { knownAt }) };
  const work = await getWork(context, input);
  const of = (part: keyof WorkCounts) => work.counts[part] ?? 0;
  const byUnit = input.scopeKind === 'district' || input.scopeKind === 'level';
  const district = input.scopeKind === 'district' && whole;
  const [rate] = cockpit?.rates ?? [];
  const told = district && context.reach.all ? await getForecast(context, asOf) : null;
  const placed = told === null || base !== 'all' ? null : await getEnrolmentForecast(context, asOf);
  const named = (deciding: readonly { decides: boolean; name: string }[]) => deciding.filter((one) => one.decides).map((one) => one.name); // prettier-ignore
  const retention = figures.figures.find((one) => one.figure === 'annualRetention');
  const share = (kind: string) => work.shares.find((one) => one.of === kind);
  const homes = share('households');
  const suffix = input.scopeKind === 'level' ? 'Level' : '';
  const { counts } = figures;
  return {
    scopeName: figures.scopeName,
    retention: rateOf('年巩固率', retention),
    enrolment:
      cockpit?.runId && rate
        ? {
            ...rateOf(base === 'all' ? '入学率' : `入学率（${baseWords[base]}口径）`, {
              ...rate,
              target: cockpit.target,
            }),
            notAccounted: cockpit.notAccounted ?? 0,
          }
        : null,
    lost: { dropped: counts.Drop, gone: counts.Gone, open: counts.Open },
    funnel: {
      suspected: of('Suspected'),
      confirmed: of('CaseConfirmed'),
      persuaded: of('Persuaded'),
      returned: of('CaseReturned'),
      held: of('Held'),
    },
    reasons: reasonGroups
      .map((reason) => ({ words: reasonGroupWords[reason], count: of(`reason:${reason}`) }))
      .sort((a, b) => b.count - a.count),
    timeliness: rateOf('任务及时率', share('duties')),
    open: of('DutiesOpen'),
    found: { self: of('FoundSelf'), other: of('FoundOther') },
    visits: rateOf('走访覆盖率', share('visits')),
    households: homes === undefined || homes.denominator === 0 ? null : rateOf('入户摸底覆盖率', homes),
    schools: byUnit ? await unitsOf(context, input, `school${suffix}`) : [],
    streets: byUnit ? await unitsOf(context, input, `street${suffix}`) : [],
    forecast: told && { ...told, deciding: named(told.deciding) },
    enrolmentForecast: placed && { ...placed, deciding: named(placed.deciding) },
  };
}

/** The figures whose formulas the brief names. */
const printed = ['enrolment', 'annualRetention', 'timeliness', 'coverage'] as const;
const cell = (rate: BriefRate | null): string => (rate?.value == null ? '—' : `${percentWords(rate.value)}%`);

function blocksOf(facts: BriefFacts, figures: Figures, base: string): Block[] {
  const { counts } = figures;
  const grid = (cells: [string, string][][]): Block => ({
    as: 'grid',
    columns: 12,
    rows: cells.map((row) => ({
      cells: row.map(([label, text]) => ({ label, text, span: 2, labelSpan: 2, centred: true })),
    })),
  });
  const top = [...facts.schools.slice(0, 5)];
  return [
    grid([
      [
        ['入学率', cell(facts.enrolment)],
        ['年巩固率', cell(facts.retention)],
        ['及时率', cell(facts.timeliness)],
      ],
      [
        ['期末在校', String(counts.S1)],
        ['本期辍学', String(counts.Drop)],
        ['去向未落实', String(counts.Gone)],
      ],
      [
        ['累计未复学', String(counts.Open)],
        ['本期复学', String(counts.Returned)],
        ['走访覆盖率', cell(facts.visits)],
      ],
    ]),
    ...draftBrief(facts).flatMap((part, index): Block[] => [
      { as: 'heading', level: 1, text: `${['一', '二', '三'][index] ?? ''}、${part.title}` },
      { as: 'text', text: part.text },
    ]),
    ...(top.length === 0
      ? []
      : [
          {
            as: 'table' as const,
            widths: [5, 2, 2, 3],
            head: ['学校', '辍学与去向未落实', '年巩固率', '备注'],
            rows: top.map((one) => [
              one.name,
              String(one.lost),
              one.value === null ? '—' : `${percentWords(one.value)}%`,
              one.small ? '在校不足 30 人' : '',
            ]),
          },
        ]),
    {
      as: 'note',
      text: `公式：${printed.map((id) => `${formulas[id].name}第 ${String(formulas[id].version)} 版`).join('，')}。${chosenWords(figures.figures)}${base}${funnelNote}`,
    },
  ];
}

/** The one-page brief for leaders: figures and a text drafted from them by rules, without any child's name. */
export async function exportBrief(context: Context, input: Input): Promise<FileAnswer> {
  const figures = await getFigures(context, input);
  const cockpit = await rateFor(context, input);
  const facts = await factsOf(context, input, figures, cockpit);
  const untold = cockpit?.untold == null ? '' : `入学率：${cockpit.untold}`;
  const base = `入学率口径：${baseWords[input.base]}（${baseNotes[input.base]}）。${untold}`;
  const group = input.group === undefined ? '' : `，${childTagWords[input.group]}`;
  const known = input.knownAt === undefined ? '' : `，按 ${input.knownAt.slice(0, 16).replace('T', ' ')} UTC 已知`;
  const pdf = await renderPdf(context.platform.config.dataDirectory, [
    {
      layout: 'form',
      title: '控辍保学情况简报',
      to: `${figures.scopeName}${group}　${figures.words}，截至 ${dayWords(figures.to)}${known}`,
      number: null,
      blocks: blocksOf(facts, figures, base),
      close: { unit: context.actor.name, day: dayWords(context.today), seal: '', signers: [] },
    },
  ]);
  return {
    fileName: `控辍保学简报_${figures.scopeName}_${figures.to}.pdf`,
    contentType: 'application/pdf',
    body: pdf.content,
  };
}
