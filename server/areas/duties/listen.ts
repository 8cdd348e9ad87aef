import { dayPartWords, verifyReasonWords } from '#domain/attendance/words.ts';
import { isRole, roleUnit, unitKinds, type UnitKind } from '#domain/basics/roles.ts';
import { caseDuties, nextActWords, nextRules } from '#domain/duties/case-duties.ts';
import type { DutyOwner } from '#domain/duties/record.ts';
import type { Context } from '#server/http/context.ts';
import type { News, NewsOf } from '#server/http/news.ts';
import { underReach } from '#server/http/under-reach.ts';
import { hearFindings } from './findings.ts';
import { hearFirstDay } from './first-day.ts';
import { followPupil } from './follow.ts';
import { hearReports } from './listen-reports.ts';
import { dueOf, open, ownerOf, type Start } from './open.ts';
import { joinCase, settle, type Settling } from './store-duties.ts';
import { hearVerifying } from './verify.ts';

function settling(context: Context, news: { kind: string; at: string }, asked: Partial<Settling>): Settling {
  const { actor } = context;
  return { rules: [], at: news.at, by: actor.id, byName: actor.name, event: news.kind, ...asked };
}

function done(context: Context, news: { kind: string; at: string }, asked: Partial<Settling>): Promise<number> {
  return settle(context.client, context.district, settling(context, news, asked));
}

async function classMarked(context: Context, news: NewsOf<'attendance.classMarked'>): Promise<void> {
  const half = `${news.day} ${news.part}`;
  await done(context, news, { rules: ['markClass'], subjectId: news.classId, occasion: half });
  await open(context, {
    rule: 'contactGuardian',
    childIds: news.absent,
    subjectId: null,
    occasion: news.day,
    schoolId: news.schoolId,
    classId: news.classId,
    why: `${news.day} ${dayPartWords[news.part]}点名未到校，未请假`,
    event: news.kind,
    at: news.at,
  });
}

/** What a threshold or a case opens about the child himself. */
function suspected(
  news: { kind: string; at: string; childId: string; schoolId: string | null; classId: string | null },
  more: Pick<Start, 'rule' | 'occasion' | 'why'> & Partial<Start>,
): Start {
  return {
    childIds: [news.childId],
    subjectId: null,
    schoolId: news.schoolId,
    classId: news.classId,
    event: news.kind,
    at: news.at,
    ...more,
  };
}

async function thresholdCrossed(context: Context, news: NewsOf<'attendance.thresholdCrossed'>): Promise<void> {
  const why = `连续无故缺勤 ${String(news.consecutive)} 个上课日，本学期累计 ${String(news.cumulative)} 个上课日`;
  await open(context, suspected(news, { rule: 'reportSuspected', occasion: news.day, why }));
  await open(context, suspected(news, { rule: 'visitSuspected', occasion: news.day, why }));
}

function isUnitKind(word: string): word is UnitKind {
  return (unitKinds as readonly string[]).includes(word);
}

function ownerGiven(news: NewsOf<'dropout.stepped'>): DutyOwner | null {
  if (!isRole(news.ownerRole)) return null;
  const unitKind = isUnitKind(news.ownerUnitKind) ? news.ownerUnitKind : roleUnit[news.ownerRole];
  return { role: news.ownerRole, unitKind, unit: news.ownerUnit };
}

async function stepped(context: Context, news: NewsOf<'dropout.stepped'>): Promise<void> {
  const { client, district } = context;
  const duties = caseDuties(news);
  const occasion = `${String(news.round)} ${news.step} ${news.at}`;
  await joinCase(client, district, news.childId, news.caseId);
  if (duties.settle.length > 0)
    await done(context, news, { rules: duties.settle, childId: news.childId, except: occasion });
  const next: Start | null =
    duties.next === null
      ? null
      : suspected(news, {
          rule: duties.next,
          subjectId: news.caseId,
          occasion,
          caseId: news.caseId,
          owner: ownerGiven(news),
          dueDate: news.dueDate,
          why: nextActWords(news.next ?? '', news.step),
        });
  const dueAt = next === null ? null : await dueOf(context, next);
  const owner = next === null ? null : ownerOf(context, next).owner;
  await done(context, news, {
    rules: nextRules,
    subjectId: news.caseId,
    except: occasion,
    ...(next === null || dueAt === null || owner === null
      ? {}
      : { keep: { rule: next.rule, dueAt, ownerRole: owner.role, ownerUnit: owner.unit } }),
  });
  if (next !== null) await open(context, next);
  for (const rule of duties.open) {
    const about = rule === 'visitSuspected' || rule === 'reportSuspected' ? null : news.caseId;
    const why =
      rule === 'referralAnswer' ? '已发函，待回函' : rule === 'urgentCase' ? '报告了紧急情况' : '已列为疑似辍学';
    await open(context, suspected(news, { rule, subjectId: about, caseId: news.caseId, occasion, why }));
  }
}

/** A registry change owes its next step to whom it waits for; at its end nothing, and late the school it left finds out where the child is. */
async function changeStepped(context: Context, news: NewsOf<'enrolment.changeStepped'>): Promise<void> {
  const occasion = `${news.state} ${news.at}`;
  const settled = news.state === 'late' ? ['changeStep' as const] : (['changeStep', 'noShow'] as const);
  await done(context, news, { rules: settled, subjectId: news.changeId, except: occasion });
  if (['suspension', 'renewal', 'resumption'].includes(news.changeKind))
    await done(context, news, { rules: ['suspensionEnding'], childId: news.childId });
  if (news.state === 'late') {
    const start = { rule: 'noShow' as const, subjectId: news.changeId, occasion, why: '逾期未到校，去向未落实' };
    await open(context, suspected({ ...news, schoolId: news.rollSchoolId ?? news.schoolId }, start));
    return;
  }
  const { ownerRole, ownerUnit, ownerUnitKind, dueDate } = news;
  if (ownerRole === null || ownerUnit === null || dueDate === null || !isRole(ownerRole)) return;
  const unitKind = ownerUnitKind !== null && isUnitKind(ownerUnitKind) ? ownerUnitKind : roleUnit[ownerRole];
  const owner = { role: ownerRole, unitKind, unit: ownerUnit };
  await open(
    context,
    suspected(news, { rule: 'changeStep', subjectId: news.changeId, occasion, owner, dueDate, why: '学籍异动待办理' }),
  );
}

/** Lessons short of the quota are owed with the newest month, which carries what earlier ones left. */
async function lessonsShort(context: Context, news: NewsOf<'enrolment.lessonsShort'>): Promise<void> {
  const of = { rule: 'homeLessons' as const, subjectId: news.changeId, occasion: news.month };
  await done(context, news, { rules: [of.rule], subjectId: of.subjectId, except: of.occasion });
  const why = `到 ${news.month} 月底送教上门欠 ${String(news.debt)} 课时`;
  await open(context, suspected(news, { ...of, why }));
}

async function opensAndSettles(context: Context, news: News): Promise<void> {
  switch (news.kind) {
    case 'attendance.classDue':
      await open(context, {
        rule: 'markClass',
        childIds: null,
        subjectId: news.classId,
        occasion: `${news.day} ${news.part}`,
        schoolId: news.schoolId,
        classId: news.classId,
        why: `${news.day} ${dayPartWords[news.part]}尚未点名`,
        event: news.kind,
        at: news.at,
      });
      return;
    case 'attendance.classMarked':
      return classMarked(context, news);
    case 'attendance.firstDayDue':
    case 'attendance.firstDayDone':
    case 'attendance.firstDayOpen':
    case 'attendance.firstDaySigned':
      return hearFirstDay(context, news, (asked) => done(context, news, asked));
    case 'attendance.contacted':
    case 'attendance.absenceGone':
      await done(context, news, { rules: ['contactGuardian'], childId: news.childId, occasion: news.day });
      return;
    case 'attendance.thresholdCrossed':
      return thresholdCrossed(context, news);
    case 'attendance.thresholdGone':
      await done(context, news, { rules: ['reportSuspected', 'visitSuspected'], childId: news.childId });
      return;
    case 'attendance.leaveToVerify':
      await open(
        context,
        suspected(news, {
          rule: 'verifyLeave',
          subjectId: news.leaveId,
          // A leave that was prolonged is told of again, for the same reason too.
          occasion: `${news.why} ${news.day}`,
          why: verifyReasonWords[news.why],
        }),
      );
      return;
    case 'attendance.leaveVerified':
      await done(context, news, { rules: ['verifyLeave'], subjectId: news.leaveId });
      return;
    case 'visits.recorded':
      // 上门未遇 is an attempt; a case and a suspected dropout ask for the door (product, clause 四(二)).
      if (news.met && news.mode === 'door')
        await done(context, news, { rules: ['visitSuspected'], childId: news.childId });
      return;
    case 'dropout.stepped':
      // From here on the case reckons what its child's notices ask for.
      await done(context, news, { rules: ['noticeEnds'], childId: news.childId });
      return stepped(context, news);
    case 'notices.served':
      // A case reckons the end of its notices itself.
      if (news.caseId === null && news.dueDate !== null)
        await open(
          context,
          suspected(
            { ...news, classId: null },
            {
              rule: 'noticeEnds',
              subjectId: news.documentId,
              occasion: news.dueDate,
              dueDate: news.dueDate,
              why: `文书期限 ${news.dueDate} 届满`,
            },
          ),
        );
      return;
    case 'notices.voided':
      await done(context, news, { rules: ['noticeEnds'], subjectId: news.documentId });
      return;
    case 'enrolment.childMoved':
      // Where he is by now is no longer to be found out.
      if (news.state !== 'gone') await done(context, news, { rules: ['noShow'], childId: news.childId });
      return followPupil(context, news);
    case 'enrolment.noShow':
      await open(
        context,
        suspected(news, {
          rule: 'noShow',
          subjectId: null,
          occasion: news.at.slice(0, 10),
          why: '小学毕业未分配初中，报到期限已过，去向未落实',
        }),
      );
      return;
    case 'enrolment.changeStepped':
      return changeStepped(context, news);
    case 'enrolment.suspensionEnding':
      // Past its end the duty is overdue and climbs; the case that the lapse opens has duties of its own.
      if (!news.lapsed)
        await open(
          context,
          suspected(news, {
            rule: 'suspensionEnding',
            subjectId: news.changeId,
            occasion: news.endsOn,
            dueDate: news.endsOn,
            why: `休学于 ${news.endsOn} 期满`,
          }),
        );
      return;
    case 'enrolment.lessonsShort':
      return lessonsShort(context, news);
    case 'enrolment.lessonsSettled':
      await done(context, news, { rules: ['homeLessons'], subjectId: news.changeId });
      return;
    case 'statistics.reportDue':
    case 'statistics.reportSigned':
    case 'statistics.reportDecided':
    case 'statistics.rollFiled':
      return hearReports(context, news, (asked) => done(context, news, asked));
    case 'comparison.findingsSynced':
    case 'comparison.findingStepped':
    case 'comparison.findingsDecided':
    case 'comparison.personsMerged':
    case 'comparison.personsSplit':
      return hearVerifying(context, news);
    case 'books.findingsOpen':
    case 'books.findingsMended':
    case 'books.findingsGone':
      return hearFindings(context, news);
    case 'notices.issued':
      // The next document for the child is the step that was waited for.
      await done(context, news, { rules: ['noticeEnds'], childId: news.childId });
      return;
    default:
      return;
  }
}

/** Hears what happens in the areas below and opens, settles or leaves alone what is owed; the same news twice changes nothing. */
export async function hearForDuties(context: Context, news: News): Promise<void> {
  await underReach(context, { all: true, tokens: [] }, (whole) => opensAndSettles(whole, news));
}
