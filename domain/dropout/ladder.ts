import { bureauOwner, dueIn, officerOwner, principalOwner, schoolOwner, type CaseDays, type NextAct } from './rules.ts';
import { documentRungs, rungs, type CaseHead, type DocumentRung, type Rung } from './record.ts';
import { rungWords } from './words.ts';

/** An event of the present round as the ladder reads it. */
export interface LadderEvent {
  what: string;
  rung: Rung | null;
  day: string;
  documentId: string | null;
  dueDate: string | null;
  words: string;
}

/** How far a rung is: open, a document issued but not served, served and its days running, done, or skipped with a reason. */
export type RungState = 'open' | 'issued' | 'running' | 'done' | 'skipped';

/** A rung with what was done on it. */
export interface RungStanding {
  rung: Rung;
  state: RungState;
  count: number;
  day: string | null;
  dueDate: string | null;
  documentId: string | null;
  reason: string | null;
}

/** Whether a rung is a document. */
export function isDocumentRung(rung: string): rung is DocumentRung {
  return (documentRungs as readonly string[]).includes(rung);
}

function documentStanding(rung: DocumentRung, events: readonly LadderEvent[], today: string): RungStanding | null {
  const voided = new Set(events.filter((event) => event.what === 'voided').map((event) => event.documentId));
  const issued = events.filter((event) => event.what === rung && event.rung === rung && !voided.has(event.documentId));
  const last = issued.at(-1);
  if (!last) return null;
  const served = events.findLast((event) => event.what === 'served' && event.documentId === last.documentId);
  const base = { rung, count: issued.length, documentId: last.documentId, reason: null };
  // A report to the bureau is done when it is issued; the others run from the day of service.
  if (rung === 'writtenReport') return { ...base, state: 'done', day: last.day, dueDate: null };
  if (!served) return { ...base, state: 'issued', day: last.day, dueDate: null };
  const running = served.dueDate !== null && served.dueDate >= today;
  return { ...base, state: running ? 'running' : 'done', day: served.day, dueDate: served.dueDate };
}

/**
 * Why nobody can take a rung of this case, in words; null where somebody can. The school's report to the bureau falls away where the
 * bureau works on a child without a school, the street's notice where no street is known.
 */
export function whyNobody(rung: Rung, place: Pick<CaseHead, 'schoolId' | 'subdistrictCode'>): string | null {
  if (rung === 'writtenReport' && place.schoolId === null) return '没有就读学校，由区教育局直接办理，不需学校书面报告';
  if (rung === 'deadlineNotice' && place.subdistrictCode === null)
    return '没有所属街道，不能由街道发文；查明住址后移交街道即可补发';
  return null;
}

/** The ladder of a round from its events: each rung with its state; one that nobody can take is passed over with the reason. */
export function ladderFrom(
  events: readonly LadderEvent[],
  today: string,
  place: Pick<CaseHead, 'schoolId' | 'subdistrictCode'>,
): RungStanding[] {
  return rungs.map((rung): RungStanding => {
    const document = isDocumentRung(rung) ? documentStanding(rung, events, today) : null;
    if (document) return document;
    const nobody = whyNobody(rung, place);
    const taken = isDocumentRung(rung) ? [] : events.filter((event) => event.rung === rung && event.what !== 'skip');
    const last = taken.at(-1);
    if (last)
      return { rung, state: 'done', count: taken.length, day: last.day, dueDate: null, documentId: null, reason: null };
    const skipped = events.findLast((event) => event.what === 'skip' && event.rung === rung);
    return {
      rung,
      state: skipped || nobody !== null ? 'skipped' : 'open',
      count: 0,
      day: skipped?.day ?? null,
      dueDate: null,
      documentId: null,
      reason: skipped?.words ?? nobody,
    };
  });
}

/** Earlier rungs that are neither done nor skipped, with what is missing in words; a notice whose days still run is one of them. */
export function missingBefore(rung: Rung, ladder: readonly RungStanding[]): { rung: Rung; words: string }[] {
  const at = rungs.indexOf(rung);
  return ladder.flatMap((standing) => {
    if (rungs.indexOf(standing.rung) >= at || standing.state === 'done' || standing.state === 'skipped') return [];
    const name = rungWords[standing.rung];
    const words =
      standing.state === 'issued'
        ? `${name}尚未送达`
        : standing.state === 'running'
          ? `${name}期限 ${standing.dueDate ?? ''} 未到`
          : `未${standing.rung === 'contact' || standing.rung === 'persuade' || standing.rung === 'writtenReport' ? '' : '发'}${name}`;
    return [{ rung: standing.rung, words }];
  });
}

/** What the ladder offers next for a confirmed case. `confirmed` is the day of confirmation; `hasFinding` whether 无正当理由 is recorded. */
export function nextOnLadder(
  head: CaseHead,
  ladder: readonly RungStanding[],
  asked: {
    confirmed: string;
    today: string;
    days: CaseDays;
    rounds: number;
    hasFinding: boolean;
    isWorkday: (day: string) => boolean;
  },
): NextAct {
  const { confirmed, days, isWorkday } = asked;
  const standing = (rung: Rung): RungStanding | undefined => ladder.find((one) => one.rung === rung);
  const persuaded = standing('persuade');
  const lastDay = ladder.reduce((last, one) => (one.day !== null && one.day > last ? one.day : last), confirmed);
  const persuade = (waitsUntil: string | null): NextAct => ({
    action: 'persuade',
    words: `第 ${String((persuaded?.count ?? 0) + 1)} 次劝返`,
    owner: schoolOwner(head),
    due: dueIn(persuaded?.day ?? confirmed, days.persuade, isWorkday),
    waitsUntil,
  });
  for (const rung of rungs) {
    const one = standing(rung);
    if (!one || one.state === 'skipped') continue;
    if (one.state === 'running') return persuade(one.dueDate);
    if (one.state === 'issued')
      return {
        action: 'serve',
        words: `送达${rungWords[rung]}`,
        owner: ownerOfRung(head, rung, asked.hasFinding),
        due: dueIn(one.day ?? asked.today, days.step, isWorkday),
        waitsUntil: null,
      };
    if (rung === 'persuade' && one.count < asked.rounds) return persuade(null);
    if (one.state === 'done') continue;
    if (rung === 'return') return persuade(null);
    if (rung === 'correctionOrder' && !asked.hasFinding)
      return {
        action: 'finding',
        words: '认定是否无正当理由',
        owner: bureauOwner(head),
        due: dueIn(lastDay, days.step, isWorkday),
        waitsUntil: null,
      };
    return {
      action: rung,
      words: rungWords[rung],
      owner: ownerOfRung(head, rung, asked.hasFinding),
      due: dueIn(lastDay, rung === 'contact' ? days.contact : days.step, isWorkday),
      waitsUntil: null,
    };
  }
  return persuade(null);
}

function ownerOfRung(head: CaseHead, rung: Rung, hasFinding: boolean): NextAct['owner'] {
  switch (rung) {
    case 'contact':
    case 'persuade':
      return schoolOwner(head);
    case 'persuasionNotice':
      return officerOwner(head);
    case 'writtenReport':
    case 'return':
      return principalOwner(head);
    case 'deadlineNotice':
      return head.subdistrictCode === null
        ? bureauOwner(head)
        : { role: 'subdistrictOfficer', unitKind: 'subdistrict', unit: head.subdistrictCode };
    case 'correctionOrder':
      return hasFinding ? { ...bureauOwner(head), role: 'bureauLeader' } : bureauOwner(head);
    case 'further':
      return bureauOwner(head);
  }
}
