import { describe, expect, it } from 'vitest';
import { closingRules, evidenceSaid, missingEvidence, refusedCategories } from './closing.ts';
import { ladderFrom, missingBefore, nextOnLadder, type LadderEvent } from './ladder.ts';
import { closingCategories, type CaseHead } from './record.ts';
import { watchDay } from './watch.ts';
import { clockStart, findStep, followUpsFrom, isBackFor, isChosen, isOnCase, reportingPost, rolesOn } from './rules.ts'; // prettier-ignore

const head: CaseHead = {
  id: 'k',
  kind: 'dropout',
  state: 'confirmed',
  round: 1,
  district: '420102',
  schoolId: 's1',
  classId: 'c1',
  subdistrictCode: '420102012',
  lead: 'school',
  owner: { role: 'classTeacher', unitKind: 'class', unit: 'c1' },
};
const event = (more: Partial<LadderEvent> & Pick<LadderEvent, 'what'>): LadderEvent => ({
  rung: null,
  day: '2026-11-02',
  documentId: null,
  dueDate: null,
  words: '',
  ...more,
});
const everyDay = () => true;
const asked = {
  confirmed: '2026-11-02',
  today: '2026-11-20',
  days: { confirm: 7, check: 7, persuade: 14, step: 3, contact: 1 },
  rounds: 1,
  hasFinding: false,
  isWorkday: everyDay,
};

describe('who is on a case', () => {
  it('DRP-15 a post counts at its own class, school, street and at the bureau only', () => {
    const post = (
      role: 'principal' | 'classTeacher' | 'bureauOfficer',
      unitKind: 'school' | 'class' | 'district',
      unitId: string,
    ) => ({
      role,
      unitKind,
      unitId,
    });
    expect(rolesOn([post('principal', 'school', 's1'), post('classTeacher', 'class', 'c2')], head)).toEqual([
      'principal',
    ]);
    expect(rolesOn([post('bureauOfficer', 'district', '420102')], head)).toEqual(['bureauOfficer']);
    const who = (posts: Parameters<typeof rolesOn>[0]) => ({ posts, actorId: 'a', staffId: 'x' });
    expect(isOnCase(who([post('classTeacher', 'class', 'c1')]), head, [])).toBe(true);
    expect(isOnCase(who([post('classTeacher', 'class', 'c2')]), head, [])).toBe(false);
    expect(isOnCase(who([]), head, ['x'])).toBe(true);
  });

  it('DRP-03 the table says who may, else why not', () => {
    const facts = { hasSchool: true, bureauConfirms: false };
    expect(findStep('confirm', 'suspected', ['principal'], facts)).toMatchObject({ step: { next: 'confirmed' } });
    expect(findStep('confirm', 'suspected', ['classTeacher'], facts)).toMatchObject({ code: 'not-allowed' });
    expect(findStep('confirm', 'closed', ['principal'], facts)).toMatchObject({ code: 'wrong-step' });
    expect(findStep('dismiss', 'suspected', ['bureauOfficer'], facts)).toMatchObject({ code: 'not-allowed' });
    expect(findStep('dismiss', 'suspected', ['bureauOfficer'], { ...facts, hasSchool: false })).toHaveProperty('step');
  });
});

describe('clock, presence and chance', () => {
  it('DRP-01 the clock starts at crossing or discovery, whichever is earlier', () => {
    expect(clockStart('2026-11-03', '2026-11-05')).toBe('2026-11-03');
    expect(clockStart('2026-11-07', '2026-11-05')).toBe('2026-11-05');
    expect(clockStart(null, '2026-11-05')).toBe('2026-11-05');
  });

  it('DRP-06 a run must have its days', () => {
    expect(isBackFor({ from: '2026-11-02', days: 4 }, 5)).toBe(false);
    expect(isBackFor({ from: '2026-11-02', days: 5 }, 5)).toBe(true);
    expect(isBackFor({ from: null, days: 5 }, 5)).toBe(false);
  });

  it('DRP-07 six follow-ups: four weeks, two months', () => {
    expect(followUpsFrom('2026-11-02', everyDay)).toEqual([
      '2026-11-09',
      '2026-11-16',
      '2026-11-23',
      '2026-11-30',
      '2026-12-30',
      '2027-01-29',
    ]);
    expect(followUpsFrom('2026-11-02', everyDay, { weeks: 1, months: 1 })).toEqual(['2026-11-09', '2026-12-09']);
  });

  it('DRP-09 chance is the share asked for and never 0 or 1 by accident', () => {
    const digests = Array.from(
      { length: 1000 },
      (_, index) => new Uint8Array([(index * 37) % 256, index % 251, index % 7, 1]),
    );
    const chosen = digests.filter((digest) => isChosen(digest, 10)).length;
    expect(chosen).toBeGreaterThan(60);
    expect(chosen).toBeLessThan(140);
    expect(digests.filter((digest) => isChosen(digest, 0)).length).toBe(0);
    expect(digests.filter((digest) => isChosen(digest, 100)).length).toBe(1000);
  });
});

describe('the ladder', () => {
  it('DRP-04 offers rung after rung, waits for a notice, and says what is missing', () => {
    const events: LadderEvent[] = [];
    const next = (more = {}) => nextOnLadder(head, ladderFrom(events, asked.today, head), { ...asked, ...more });
    expect(next()).toMatchObject({ action: 'contact', owner: { role: 'classTeacher' } });
    events.push(event({ what: 'contact', rung: 'contact' }));
    expect(next()).toMatchObject({ action: 'persuade', words: '第 1 次劝返', due: '2026-11-16' });
    events.push(event({ what: 'persuade', rung: 'persuade', day: '2026-11-10' }));
    expect(next({ rounds: 2 })).toMatchObject({ action: 'persuade', due: '2026-11-24' });
    expect(next()).toMatchObject({ action: 'persuasionNotice', owner: { role: 'schoolOfficer' } });
    events.push(event({ what: 'persuasionNotice', rung: 'persuasionNotice', day: '2026-11-11', documentId: 'd' }));
    expect(next()).toMatchObject({ action: 'serve' });
    expect(missingBefore('writtenReport', ladderFrom(events, asked.today, head))).toMatchObject([
      { rung: 'persuasionNotice', words: '劝学通知书尚未送达' },
    ]);
    events.push(event({ what: 'served', day: '2026-11-15', documentId: 'd', dueDate: '2026-11-22' }));
    expect(next()).toMatchObject({ action: 'persuade', waitsUntil: '2026-11-22' });
    expect(nextOnLadder(head, ladderFrom(events, '2026-11-23', head), { ...asked, today: '2026-11-23' })).toMatchObject(
      {
        action: 'writtenReport',
        owner: { role: 'principal' },
      },
    );
    events.push(event({ what: 'voided', documentId: 'd' }));
    expect(next()).toMatchObject({ action: 'persuasionNotice' });
    events.push(event({ what: 'skip', rung: 'persuasionNotice', words: '家长出走' }));
    expect(next()).toMatchObject({ action: 'writtenReport' });
    expect(missingBefore('correctionOrder', ladderFrom(events, asked.today, head)).map((one) => one.rung)).toEqual([
      'writtenReport',
      'deadlineNotice',
    ]);
  });

  it('DRP-05 asks for the finding before the order', () => {
    const done = [
      event({ what: 'contact', rung: 'contact' }),
      event({ what: 'persuade', rung: 'persuade' }),
      event({ what: 'skip', rung: 'persuasionNotice' }),
      event({ what: 'skip', rung: 'writtenReport' }),
      event({ what: 'skip', rung: 'deadlineNotice' }),
    ];
    const ladder = ladderFrom(done, asked.today, head);
    expect(nextOnLadder(head, ladder, asked)).toMatchObject({ action: 'finding', owner: { role: 'bureauOfficer' } });
    expect(nextOnLadder(head, ladder, { ...asked, hasFinding: true })).toMatchObject({
      action: 'correctionOrder',
      owner: { role: 'bureauLeader' },
    });
  });
});

describe('rungs that nobody could take', () => {
  it('DRP-29 without a school the report, without a street its notice is passed over with the reason; the next step has an owner who can take it', () => {
    const done = [
      event({ what: 'contact', rung: 'contact' }),
      event({ what: 'persuade', rung: 'persuade' }),
      event({ what: 'persuasionNotice', rung: 'persuasionNotice', documentId: 'd' }),
      event({ what: 'served', documentId: 'd', dueDate: '2026-11-10' }),
    ];
    const lost = { ...head, schoolId: null, classId: null, subdistrictCode: null };
    const ladder = ladderFrom(done, asked.today, lost);
    expect(ladder.filter((one) => one.state === 'skipped').map((one) => [one.rung, one.reason?.slice(0, 6)])).toEqual([
      ['writtenReport', '没有就读学校'],
      ['deadlineNotice', '没有所属街道'],
    ]);
    expect(nextOnLadder(lost, ladder, asked)).toMatchObject({ action: 'finding', owner: { role: 'bureauOfficer' } });
    const street = { ...lost, subdistrictCode: '420102012' };
    expect(nextOnLadder(street, ladderFrom(done, asked.today, street), asked)).toMatchObject({
      action: 'deadlineNotice',
      owner: { role: 'subdistrictOfficer', unit: '420102012' },
    });
    const pupil = { ...head, subdistrictCode: null };
    expect(nextOnLadder(pupil, ladderFrom(done, asked.today, pupil), asked).action).toBe('writtenReport');
  });
});

describe('closing', () => {
  const none = { words: {}, papers: {}, issued: [], today: '2026-11-20' };

  it('DRP-31 what was looked up names who, when and where; a document issued here stands for its paper', () => {
    const query = { registryQuery: '学籍已在黄州区第二小学', school: '第二小学 2217' };
    const paths = (words: Record<string, string>) =>
      missingEvidence('elsewhereWithRegistry', { ...none, words }).map(({ path }) => path);
    expect(paths(query)).toEqual([
      'evidence.registryQueryWho',
      'evidence.registryQueryOn',
      'evidence.registryQueryWhere',
    ]);
    const whole = {
      ...query,
      registryQueryWho: '周老师',
      registryQueryOn: '2026-11-19',
      registryQueryWhere: '全国学籍系统',
    };
    expect(paths(whole)).toEqual([]);
    expect(paths({ ...whole, registryQueryOn: '2026-11-21', registryQuery: '已查' })).toEqual(['evidence.registryQuery', 'evidence.registryQueryOn']); // prettier-ignore
    expect(evidenceSaid('elsewhereWithRegistry', whole)['registryQuery']).toBe('2026-11-19 周老师（全国学籍系统）：学籍已在黄州区第二小学'); // prettier-ignore
    const back = { ...none, words: { placement: '原班' } };
    expect(missingEvidence('returned', back).map(({ path }) => path)).toEqual([
      'papers.certificate',
      'evidence.certificate',
    ]);
    expect(missingEvidence('returned', { ...back, issued: ['returnCertificate'] })).toEqual([]);
  });

  it('DRP-30 every category that D§2.10 watches has its day, and the others have none', () => {
    const days = { endsOn: '2027-03-01', endOfYear: '2027-09-01', endOfTerm: '2027-01-31' };
    const given = Object.fromEntries(closingCategories.map((one) => [one, watchDay(closingRules[one], days)]));
    expect(given).toEqual({
      returned: null,
      elsewhereWithRegistry: null,
      elsewhereWithoutRegistry: '2027-01-31',
      suspension: '2027-03-01',
      deferral: '2027-09-01',
      homeDelivered: '2027-01-31',
      unable: '2027-09-01',
      specialSchool: '2027-01-31',
      abroad: '2027-01-31',
      deceased: null,
      recordError: '2027-01-31',
      graduated: null,
      homeTeaching: '2027-01-31',
    });
  });

  it('DRP-08 every category demands evidence; 退学, 开除 and 失联 are none of them', () => {
    for (const category of closingCategories) {
      expect(closingRules[category].evidence.length).toBeGreaterThan(0);
      const missing = missingEvidence(category, none).map(({ path }) => path);
      for (const { code, proof } of closingRules[category].evidence)
        expect(missing).toContain(proof === 'paper' ? `papers.${code}` : `evidence.${code}`);
    }
    const dead = { ...none, words: { certificate: '户口注销证明' } };
    expect(missingEvidence('deceased', dead)).toMatchObject([{ path: 'papers.certificate' }]);
    expect(missingEvidence('deceased', { ...dead, papers: { certificate: ['p'] } })).toEqual([]);
    expect(refusedCategories['expulsion']).toContain('第二十七条');
    expect(Object.keys(refusedCategories)).toEqual(['withdrawal', 'expulsion', 'lost']);
  });
});

describe('the post under which somebody reports', () => {
  const bureau = { role: 'bureauOfficer', unitKind: 'district', unitId: '420102' } as const;
  const school = { role: 'principal', unitKind: 'school', unitId: 's1' } as const;
  const teaching = { role: 'subjectTeacher', unitKind: 'class', unitId: 'c1' } as const;
  const own = { role: 'classTeacher', unitKind: 'class', unitId: 'c1' } as const;
  const child = ['class:c1', 'school:s1'];

  it('DRP-26 is the nearest that holds the child, in whatever order they are held', () => {
    expect(reportingPost([bureau, school, teaching, own], child)).toBe(own);
    expect(reportingPost([bureau, school, teaching], child)).toBe(teaching);
    expect(reportingPost([bureau, own, school], ['class:c2', 'school:s1'])).toBe(school);
    expect(reportingPost([school, own, bureau], ['class:c9', 'school:s9'])).toBe(bureau);
  });

  it('DRP-26 is his nearest post where the child is reached as a person, and none for posts that do not report', () => {
    expect(reportingPost([teaching], ['person:p1'])).toBe(teaching);
    expect(reportingPost([{ role: 'auditAdmin', unitKind: 'district', unitId: '420102' }], child)).toBeNull();
  });
});
