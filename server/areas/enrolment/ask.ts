import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/enrolment-changes.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches } from '#domain/basics/reach.ts';
import {
  changeRules,
  isHealthPiece,
  renewalLatest,
  papersFor,
  suspensionTooLong,
  unlawfulChanges,
  wrongGrade,
} from '#domain/enrolment/change-rules.ts';
import { changeFieldWords, changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import {
  changeKinds,
  openChangeStates,
  unlawfulKinds,
  type ChangeKind,
  type ChangeState,
} from '#domain/enrolment/changes-record.ts';
import { courseStateWords } from '#domain/enrolment/course-words.ts';
import { onRollStates } from '#domain/enrolment/course.ts';
import { findChangeStep } from '#domain/enrolment/steps.ts';
import { isWorkday, readSettings, schoolsOf } from '#server/areas/organisations/actions.ts';
import { attachPapers, requirePapers } from '#server/areas/papers/actions.ts';
import type { Context } from '#server/http/context.ts';
import { underReach, wholeReach } from '#server/http/under-reach.ts';
import { beginChange } from './effects.ts';
import { afterOf, dueIn, finish, sealChange, unitsOf, type After } from './change-work.ts';
import { courseOf, spellOn } from './course.ts';
import { changesOfChild, findChange, insertChange, type ChangeRecord } from './store-changes.ts';
import type { SpellRow } from './store-course.ts';
import { findClassOf, readChildFacts, type ChildFacts } from './store-roll.ts';
import { childOf, fault } from './who.ts';

type Asked = ParsedOf<typeof contract.askChange>;

/** The kind asked for; unlawful ones are refused with the clause before anything else is looked at. */
function kindOf(asked: Asked['kind']): ChangeKind {
  const unlawful = unlawfulKinds.find((kind) => kind === asked);
  if (unlawful) throw fault('kind', unlawfulChanges[unlawful]);
  const kind = changeKinds.find((one) => one === asked);
  if (!kind) throw fault('kind', '请选择异动类别。');
  return kind;
}

function checkFields(kind: ChangeKind, input: Asked): void {
  const given = {
    toSchool: input.toSchoolId,
    toClass: input.toClassId,
    toGrade: input.toGrade,
    endsOn: input.endsOn,
    elsewhere: input.elsewhere === '' ? null : input.elsewhere,
    quota: input.quota,
    place: input.place === '' ? null : input.place,
  };
  const paths = { toSchool: 'toSchoolId', toClass: 'toClassId', toGrade: 'toGrade', endsOn: 'endsOn', elsewhere: 'elsewhere', quota: 'quota', place: 'place' } as const; // prettier-ignore
  const missing = changeRules[kind].needs.filter((field) => given[field] === null);
  if (missing.length > 0)
    throw new Failure('input-wrong', `还缺：${missing.map((field) => changeFieldWords[field]).join('、')}。`, {
      issues: missing.map((field) => ({ path: paths[field], words: `请填写${changeFieldWords[field]}。` })),
    });
}

async function checkPieces(context: Context, kind: ChangeKind, input: Asked): Promise<void> {
  const settings = await readSettings(context, context.today);
  const demanded = papersFor(kind, settings['enrolment.deferralDelegated']);
  const missing = demanded.filter(({ code }) => !input.pieces.some((piece) => piece.code === code));
  if (missing.length > 0)
    throw new Failure('input-wrong', `还缺材料：${missing.map((piece) => piece.label).join('、')}。`, {
      issues: missing.map(({ code, label }) => ({ path: `pieces.${code}`, words: `请上传${label}。` })),
    });
  for (const { code } of demanded) {
    const ids = input.pieces.filter((piece) => piece.code === code).map((piece) => piece.paperId);
    await requirePapers(context, ids, isHealthPiece(code) ? ['hospitalPaper'] : undefined);
  }
}

async function checkPlace(
  context: Context,
  kind: ChangeKind,
  input: Asked,
  stood: SpellRow | null,
): Promise<{ toSchoolId: string | null; toClassId: string | null; toGrade: number | null }> {
  const { client, district } = context;
  const { toSchoolId, toClassId } = input;
  if (toSchoolId !== null && !(await schoolsOf(context)).some((school) => school.id === toSchoolId))
    throw fault('toSchoolId', '本区没有这所学校。');
  if (
    toSchoolId !== null &&
    toSchoolId === stood?.schoolId &&
    kind !== 'attending' &&
    changeRules[kind].needs.includes('toSchool')
  )
    // prettier-ignore
    throw fault('toSchoolId', '该生已在这所学校，请选择另一所学校。');
  if (kind === 'attending' && toSchoolId !== null && toSchoolId === stood?.schoolId)
    throw fault('toSchoolId', '就读地应为另一所学校；在本校换班请办理转班。');
  if (kind === 'attending' && toSchoolId !== null && toClassId === null)
    throw fault('toClassId', '请选择就读的班级，今后在该班点名。');
  const room = toClassId === null ? null : await findClassOf(client, district, toClassId);
  if (toClassId !== null && room === null) throw fault('toClassId', '没有这个班级。');
  if (room && room.schoolId !== (toSchoolId ?? stood?.schoolId)) throw fault('toClassId', '这个班级不在该校。');
  const toGrade = input.toGrade ?? room?.grade ?? null;
  const wrong = wrongGrade(kind, stood?.grade ?? null, toGrade);
  if (wrong !== null) throw fault('toGrade', wrong);
  if (room && toGrade !== null && room.grade !== toGrade) throw fault('toClassId', '班级与年级不符。');
  return { toSchoolId, toClassId, toGrade };
}

/** Dates of a change; answers the suspension that a renewal continues. */
function checkDays(kind: ChangeKind, input: Asked, context: Context, before: readonly ChangeRecord[]): string | null {
  const later = kind === 'suspension' || kind === 'placement' || kind === 'deferral' || kind === 'resumption';
  if (!later && kind !== 'renewal' && input.fromDay > context.today) throw fault('fromDay', '日期不能晚于今天。');
  if (input.endsOn !== null && input.endsOn <= input.fromDay) throw fault('endsOn', '结束日期应晚于开始日期。');
  if (kind !== 'suspension' && kind !== 'renewal') return null;
  const chain = before.filter((one) => one.state === 'done' && (one.kind === 'suspension' || one.kind === 'renewal'));
  const [last] = chain;
  const first = chain.find((one) => one.id === (last?.firstId ?? last?.id)) ?? null;
  if (kind === 'renewal' && last?.endsOn !== input.fromDay)
    throw fault('fromDay', last ? `继续休学应自 ${last.endsOn ?? ''} 起。` : '没有可以继续的休学。');
  const running = kind === 'renewal' || (last !== undefined && last.endsOn !== null && last.endsOn >= input.fromDay);
  const firstFrom = running && first ? first.fromDay : input.fromDay;
  const wrong = suspensionTooLong(input.fromDay, input.endsOn ?? input.fromDay, firstFrom);
  if (wrong !== null) throw fault('endsOn', wrong);
  return kind === 'renewal' ? (first?.id ?? null) : null;
}

/** The last day on which a renewal was to be asked, where that day is past; null in time, and for other kinds. */
async function lateSinceOf(context: Context, kind: ChangeKind, input: Asked): Promise<string | null> {
  if (kind !== 'renewal') return null;
  const settings = await readSettings(context, context.today);
  const latest = renewalLatest(input.fromDay, settings['enrolment.renewalDays'], await isWorkday(context));
  return context.today > latest ? latest : null;
}

interface Settled {
  kind: ChangeKind;
  childId: string;
  facts: ChildFacts;
  /** Where the child is on roll. */
  stood: SpellRow | null;
  grade: number | null;
  place: Awaited<ReturnType<typeof checkPlace>>;
  firstId: string | null;
  /** The last day on which a renewal was asked in time, where it is past. */
  lateSince: string | null;
  next: ChangeState;
}

async function recordOf(context: Context, input: Asked, settled: Settled): Promise<ChangeRecord> {
  const { actor, now, today } = context;
  const { kind, childId, facts, stood, place, next } = settled;
  const schoolId = stood?.schoolId ?? null;
  return {
    id: input.id,
    childId,
    name: facts.name,
    kind,
    state: next,
    schoolId,
    classId: stood?.classId ?? null,
    grade: settled.grade,
    ...place,
    fromDay: input.fromDay,
    endsOn: input.endsOn,
    askedOn: today,
    askedAt: now,
    askedBy: actor.id,
    askedName: actor.name,
    stateSince: today,
    dueDate: await dueIn(context, { kind, fromDay: input.fromDay }, next),
    doneOn: null,
    firstId: settled.firstId,
    askedLate: settled.lateSince !== null,
    sealed: sealChange(context, input.id, {
      reason: input.reason,
      elsewhere: input.elsewhere,
      place: input.place,
      placeKind: input.placeKind,
      quota: input.quota,
      pieces: input.pieces,
    }),
    units: unitsOf({ schoolId, toSchoolId: place.toSchoolId }),
    reach: facts.reach,
  };
}

/** Starts a registry change: the rules of its kind, its papers, one open change for each child, and only by whom the table names. */
export async function askChange(context: Context, input: Asked): Promise<After> {
  return askWith(context, input, false);
}

/** Starts a registry change as `askChange` does; where its papers follow (changes by sheet) no approval is given before they are there. */
export async function askWith(context: Context, input: Asked, papersFollow: boolean): Promise<After> {
  const kind = kindOf(input.kind);
  const childId = await childOf(context, kind, input);
  checkFields(kind, input);
  return underReach(context, wholeReach, (whole) => askWhole(whole, { kind, childId, papersFollow }, input));
}

async function askWhole(
  context: Context,
  { kind, childId, papersFollow }: { kind: ChangeKind; childId: string; papersFollow: boolean },
  input: Asked,
): Promise<After> {
  const { client, district, actor, today } = context;
  const sent = await findChange(client, district, input.id, false);
  if (sent) {
    if (sent.childId !== childId || sent.askedBy !== actor.id)
      throw new Failure('already-exists', '这个编号的异动已用于另一名学生，请重新填写。');
    return afterOf(context, sent);
  }
  const facts = await readChildFacts(client, district, childId);
  if (!facts) throw notFound('学生档案', '份');
  const before = await changesOfChild(client, district, childId);
  const spells = await courseOf(context, childId);
  const stood = spellOn(spells, today) ?? spells.at(-1) ?? null;
  const onRoll = stood !== null && (onRollStates.includes(stood.state) || stood.state === 'leaver');
  const head = { kind, state: null, district, askedBy: actor.id, schoolId: onRoll ? stood.schoolId : null, toSchoolId: input.toSchoolId }; // prettier-ignore
  const found = findChangeStep('ask', head, { id: actor.id, posts: actor.posts, platform: actor.kind === 'platform' });
  const open = before.find((one) => openChangeStates.includes(one.state));
  const rule = changeRules[kind];
  const fits = rule.from.includes(stood?.state ?? null);
  const own = context.reachFor('changes.ask');
  if (own === null || !reaches(own, facts.reach)) {
    // Who does not reach the child learns neither what is under way nor where he stands.
    if ('why' in found) throw new Failure(found.code, found.why);
    if (open || !fits)
      throw new Failure('wrong-step', '该生现在不能办理这项异动，请与其学籍学校或区教育局核实后再提出。');
  }
  if (open)
    throw new Failure(
      'already-exists',
      `该生有在办的学籍异动“${changeKindWords[open.kind]}”（${changeStateWords[open.state]}），办结或撤回后方可再办。`,
      { changeId: open.id },
    );
  if (!fits) {
    const why = stood?.state === 'suspended' ? '休学期间不办理这项异动，请先复学。' : `该生现为“${stood === null ? '无学籍' : courseStateWords[stood.state]}”，不能办理${changeKindWords[kind]}。`; // prettier-ignore
    throw new Failure('wrong-step', why, { state: stood?.state ?? null });
  }
  const place = await checkPlace(context, kind, input, stood);
  if ('why' in found) throw new Failure(found.code, found.why);
  const firstId = checkDays(kind, input, context, before);
  if (!papersFollow) await checkPieces(context, kind, input);
  const lateSince = await lateSinceOf(context, kind, input);
  const { next } = found.step;
  const record = await recordOf(context, input, { kind, childId, facts, stood: onRoll ? stood : null, grade: stood?.grade ?? null, place, firstId, lateSince, next }); // prettier-ignore
  await insertChange(client, district, record);
  const after = await finish(context, record, next, {
    what: 'ask',
    words: `提出${changeKindWords[kind]}${lateSince === null ? '' : `（逾期提出，应于 ${lateSince} 前申请）`}`,
  });
  const kept = (await findChange(client, district, record.id, false)) ?? record;
  await attachPapers(
    context,
    input.pieces.map((piece) => piece.paperId),
    { kind: 'change', id: record.id, childId },
    kept.reach,
  );
  await beginChange(context, kept);
  return after;
}
