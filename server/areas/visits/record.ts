import type { z } from 'zod';
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/visits.ts';
import type { VisitEntry } from '#contract/visits.ts';
import { Failure, notFound, type FieldIssue } from '#domain/basics/failure.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { chinaMinute, contentVersion } from '#domain/visits/content.ts';
import type { VisitContent } from '#domain/visits/record.ts';
import { contentIssues } from '#domain/visits/rules.ts';
import { signatureIssues } from '#domain/visits/signatures.ts';
import { minutesAfter } from '#server/clock.ts';
import { sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { attachPapers } from '#server/areas/papers/actions.ts';
import { getBrief } from '#server/areas/population/actions.ts';
import { mayCorrect } from './allowed.ts';
import { settleChild } from './settle.ts';
import { contentOf, printOf, stateOf } from './shown.ts';
import { sign } from './sign.ts';
import { openCaseOf } from './store-items.ts';
import { staffNamed } from './store-plans.ts';
import { signaturesOf } from './store-signatures.ts';
import { endVersion, findVisit, insertVisit, lockVersions, type VisitRecord } from './store.ts';

type Entry = z.output<typeof VisitEntry>;
type Recorded = OutputOf<typeof contract.recordVisit>;

/** Refuses an entry with what is wrong at each field. */
function check(context: Context, entry: Entry): { day: string; met: boolean } {
  const { day } = chinaMinute(entry.at);
  const met = entry.content.notMet === null;
  const issues: FieldIssue[] = contentIssues(entry.content, day);
  if (entry.at > minutesAfter(context.now, 10).toISOString())
    issues.push({ path: 'at', words: '走访时间不能晚于现在，请核对手机时间。' });
  if (entry.content.notMet?.reason === 'noAnswer' && entry.mode === 'door')
    issues.push({ path: 'content.notMet.reason', words: '上门未遇不能选“无人接听”。' });
  issues.push(
    ...signatureIssues(
      { mode: entry.mode, met, paperForm: entry.paperForm, guardianName: entry.content.guardian?.name ?? null },
      entry.signatures,
    ),
  );
  if (issues.length > 0) throw new Failure('input-wrong', issues.map((issue) => issue.words).join(' '), { issues });
  return { day, met };
}

/**
 * The visitors with who of the staff they are: the actor by his own name, others by the name where one person of the child's school or
 * class bears it. What is sent is not believed: a number that belongs to another name is refused.
 */
async function visitorsOf(
  context: Context,
  sent: VisitContent['visitors'],
  day: string,
  places: readonly (string | null)[],
): Promise<VisitContent['visitors']> {
  const { client, district, actor } = context;
  const names = [...new Set(sent.map((one) => one.name))];
  const staff = await staffNamed(client, district, names, day);
  return sent.map((one, index) => {
    if (actor.staffId !== null && one.name === actor.name) return { ...one, staffId: actor.staffId };
    const named = staff.filter((row) => row.name === one.name);
    if (one.staffId !== null && !named.some((row) => row.id === one.staffId)) {
      const words = `没有找到任职中的“${one.name}”，请重新填写走访教师的姓名。`;
      throw new Failure('input-wrong', words, { issues: [{ path: `content.visitors.${String(index)}`, words }] });
    }
    const near = named.filter((row) => row.units.some((unit) => places.includes(unit)));
    const only = near.length === 1 ? near[0] : undefined;
    return { ...one, staffId: one.staffId ?? only?.id ?? null };
  });
}

/** A teacher signs on the glass only for himself: whoever enters a visit with that signature made it. */
function checkHand(context: Context, entry: Entry): void {
  const drawn = entry.signatures.some((one) => one.party === 'teacher' && one.means === 'drawn');
  if (!drawn || entry.content.visitors.some((one) => one.name === context.actor.name)) return;
  const words = '您不在走访教师之中，不能代教师在屏幕上签名。请由走访教师本人登记，或改用纸质登记表并上传扫描件。';
  throw new Failure('not-allowed', words);
}

async function answerOf(context: Context, id: string): Promise<Recorded> {
  const row = await findVisit(context.client, context.district, id);
  if (!row) throw notFound('走访记录');
  const signatures = await signaturesOf(context.client, context.district, [row.first_id]);
  return {
    id: row.id,
    version: row.version,
    day: row.day,
    met: row.met,
    caseId: row.case_id,
    signedState: stateOf(row, signatures),
  };
}

/** Whether an entry is the one that stands under its id already: sent again by the same person. */
function isSame(context: Context, known: VisitRecord, entry: Entry): boolean {
  const content = { ...entry.content, shown: entry.content.shown ?? contentOf(context, known).shown };
  return (
    known.by_id === context.actor.id &&
    known.content_print.equals(printOf(known.content_version, { mode: entry.mode, at: entry.at, content }))
  );
}

async function write(
  context: Context,
  entry: Entry,
  about: {
    childId: string;
    caseId: string | null;
    before: VisitRecord | null;
    reason: string | null;
    checked: { day: string; met: boolean };
  },
): Promise<void> {
  const { client, district, actor } = context;
  const child = await getBrief(context, about.childId);
  const { before, checked } = about;
  checkHand(context, entry);
  const places = before ? [before.school_id, before.class_id] : [child.schoolId, child.classId];
  const content: VisitContent = {
    ...entry.content,
    visitors: await visitorsOf(context, entry.content.visitors, checked.day, places),
    shown: entry.content.shown ?? {
      name: child.name,
      className: [child.schoolName, child.className].filter(Boolean).join(' '),
      address: child.address ?? '',
      sex: sexWord(child.sex) ?? '',
      phone: child.phoneMask ?? '',
    },
  };
  const knownAt = await context.knownAt();
  if (before && !(await endVersion(client, district, before.id, knownAt)))
    throw new Failure('changed-meanwhile', '这条走访记录刚被别人更正，请刷新后再改。');
  const firstId = before?.first_id ?? entry.id;
  const print = printOf(contentVersion, { mode: entry.mode, at: entry.at, content });
  await insertVisit(client, district, {
    id: entry.id,
    firstId,
    version: (before?.version ?? 0) + 1,
    supersedes: before?.id ?? null,
    childId: about.childId,
    householdId: before?.household_id ?? child.householdId,
    schoolId: before ? before.school_id : child.schoolId,
    classId: before ? before.class_id : child.classId,
    caseId: about.caseId,
    mode: entry.mode,
    met: checked.met,
    notMet: content.notMet?.reason ?? null,
    day: checked.day,
    at: entry.at,
    nextDay: content.nextDay,
    staffIds: content.visitors.flatMap((one) => (one.staffId === null ? [] : [one.staffId])),
    paperForm: entry.paperForm,
    contentVersion,
    print,
    sealed: sealJson(context.keys, { table: 'visit', column: 'sealed', district, id: entry.id }, content),
    byId: actor.id,
    byName: actor.name,
    reason: about.reason,
    knownAt,
    reach: child.reach,
  });
  const visit = { id: entry.id, childId: about.childId, print, reach: child.reach, knownAt };
  for (const signature of entry.signatures) await sign(context, visit, signature);
  const instead = entry.signatures.flatMap((one) => (one.means === 'cannotSign' ? [one.paperId] : []));
  await attachPapers(
    context,
    [...entry.papers, ...instead],
    { kind: 'visit', id: firstId, childId: about.childId },
    child.reach,
  );
  await settleChild(context, about.childId);
}

/** Records a visit under the phone's id; sent again by the same person with the same content it gives the first answer. */
export async function recordVisit(context: Context, input: ParsedOf<typeof contract.recordVisit>): Promise<Recorded> {
  const { childId, caseId: named, ...entry } = input;
  const known = await findVisit(context.client, context.district, input.id);
  if (known) {
    if (known.child_id !== childId || known.supersedes !== null || !isSame(context, known, entry))
      throw new Failure('already-exists', '这个编号下已有另一条走访记录，请重新登记。');
    return answerOf(context, input.id);
  }
  const checked = check(context, entry);
  const { client, district } = context;
  const caseId = named ?? (await openCaseOf(client, district, childId));
  await write(context, entry, { childId, caseId, before: null, reason: null, checked });
  const row = await findVisit(client, district, input.id);
  await context.announce({
    kind: 'visits.recorded',
    visitId: input.id,
    caseId,
    mode: input.mode,
    met: checked.met,
    day: checked.day,
    at: input.at,
    childId,
    schoolId: row?.school_id ?? null,
    classId: row?.class_id ?? null,
  });
  context.note({
    subjectKind: 'visit',
    subjectId: input.id,
    detail: { childId, caseId, mode: input.mode, met: checked.met, day: checked.day },
  });
  return answerOf(context, input.id);
}

/** Supersedes a visit by a corrected version with its reason; the earlier version stays readable, and signatures stay with the text they were given for. */
export async function correctVisit(context: Context, input: ParsedOf<typeof contract.correctVisit>): Promise<Recorded> {
  const { visitId, reason, ...entry } = input;
  const { client, district } = context;
  const named = await findVisit(client, district, visitId);
  if (!named) throw notFound('走访记录');
  await lockVersions(client, district, named.first_id);
  const before = (await findVisit(client, district, visitId)) ?? named;
  const known = await findVisit(client, district, input.id);
  if (known) {
    if (known.supersedes !== visitId || !isSame(context, known, entry))
      throw new Failure('already-exists', '这个编号下已有另一条走访记录，请重新填写更正。');
    return answerOf(context, input.id);
  }
  if (!before.current) throw new Failure('changed-meanwhile', '这条走访记录已被更正，请打开最新的一版再改。');
  if (!mayCorrect(context, before))
    throw new Failure('not-allowed', '只有登记人，或学校、教育局的负责人员可以更正走访记录。');
  const checked = check(context, { ...entry, signatures: [], paperForm: true });
  const wrong = signatureIssues(
    {
      mode: entry.mode,
      met: checked.met,
      paperForm: true,
      guardianName: entry.content.guardian?.name ?? null,
    },
    entry.signatures,
  );
  if (wrong.length > 0)
    throw new Failure('input-wrong', wrong.map((issue) => issue.words).join(' '), { issues: wrong });
  // A correction keeps what was on the form unless it says otherwise.
  const content = { ...entry.content, shown: entry.content.shown ?? contentOf(context, before).shown };
  await write(
    context,
    { ...entry, content },
    { childId: before.child_id, caseId: before.case_id, before, reason, checked },
  );
  context.note({
    subjectKind: 'visit',
    subjectId: input.id,
    reason,
    detail: { childId: before.child_id, supersedes: visitId, met: checked.met, wasMet: before.met },
  });
  return answerOf(context, input.id);
}
