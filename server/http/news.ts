/** A pupil where he attends, as news and duties name him. */
export interface PupilPlace {
  childId: string;
  schoolId: string;
  classId: string | null;
}

/** What happened in an area, told to the areas above it in the same transaction; days are `YYYY-MM-DD`, moments ISO 8601. */
export type News =
  /** A class was marked for a day and part of day; `absent` are those whose absence is unexcused. */
  | {
      kind: 'attendance.classMarked';
      schoolId: string;
      classId: string;
      day: string;
      part: 'morning' | 'afternoon';
      at: string;
      absent: readonly string[];
    }
  /** A class has been due for a roll call (the first lesson has begun). */
  | {
      kind: 'attendance.classDue';
      schoolId: string;
      classId: string;
      day: string;
      part: 'morning' | 'afternoon';
      at: string;
    }
  /** The first school day of a term: the classes of a school owe their list of it, and its principal the signature. */
  | {
      kind: 'attendance.firstDayDue';
      schoolId: string;
      classIds: readonly string[];
      day: string;
      term: string;
      signed: boolean;
      at: string;
    }
  /** The list of a class is complete, or a correction opened it again for the `again`th time. */
  | { kind: 'attendance.firstDayDone'; schoolId: string; classId: string; day: string; at: string }
  | { kind: 'attendance.firstDayOpen'; schoolId: string; classId: string; day: string; again: number; at: string }
  /** The principal signed the list of a school. */
  | { kind: 'attendance.firstDaySigned'; schoolId: string; day: string; at: string }
  /** The guardian of an absent pupil answered, or could not be reached; the duty of the same day is done. */
  | ({ kind: 'attendance.contacted'; day: string; answer: string; at: string } & PupilPlace)
  /** The mark of a pupil was corrected so that the absence of a day is gone. */
  | ({ kind: 'attendance.absenceGone'; day: string; at: string } & PupilPlace)
  /** The unexcused absence of a pupil has crossed the threshold of a suspected dropout. */
  | ({
      kind: 'attendance.thresholdCrossed';
      day: string;
      at: string;
      consecutive: number;
      cumulative: number;
    } & PupilPlace)
  /** A correction with consent took the crossing back. */
  | ({ kind: 'attendance.thresholdGone'; at: string } & PupilPlace)
  /** The unexcused absence of a pupil in the term has changed, in school days; `lastAbsent` is its last day. */
  | ({
      kind: 'attendance.standingChanged';
      consecutive: number;
      cumulative: number;
      /** At or over a threshold of a suspected dropout. */
      over: boolean;
      lastAbsent: string | null;
      at: string;
    } & PupilPlace)
  /** A pupil who is watched was present on a further consecutive school day; the run began on `from` and has `days` present school days. */
  | ({ kind: 'attendance.presentRun'; from: string; days: number; day: string; at: string } & PupilPlace)
  /** A leave is past its end without return, or too long without paper. */
  | ({
      kind: 'attendance.leaveToVerify';
      leaveId: string;
      why: 'pastEnd' | 'illnessWithoutPaper' | 'personalTooLong';
      day: string;
      at: string;
    } & PupilPlace)
  /** What a verification found; of who has not returned, `awayFrom` is the first day without leave. */
  | ({
      kind: 'attendance.leaveVerified';
      leaveId: string;
      outcome: 'returned' | 'prolonged' | 'paperShown' | 'suspension' | 'notReturned';
      awayFrom: string;
      at: string;
    } & PupilPlace)
  /** A visit was recorded; `met` is false for 上门未遇. */
  | ({
      kind: 'visits.recorded';
      visitId: string;
      caseId: string | null;
      mode: 'door' | 'phone' | 'online';
      met: boolean;
      day: string;
      at: string;
    } & { childId: string; schoolId: string | null; classId: string | null })
  /** A step of a case was taken; `step` is a key of `domain/dropout/steps.ts`. `dueDate` says by when the next is owed, where it is. */
  | ({
      kind: 'dropout.stepped';
      caseId: string;
      caseKind: 'dropout' | 'outOfSchool';
      round: number;
      step: string;
      state: string;
      ownerRole: string;
      ownerUnitKind: string;
      ownerUnit: string;
      at: string;
      /** What is owed next (a key of `steps.ts`, or `serve`) and by which day; null when nothing is. */
      next: string | null;
      dueDate: string | null;
      urgent: boolean;
      /** Of an answer from another office: what is no longer waited for. */
      answered?: readonly ('letters' | 'urgent')[];
    } & { childId: string; schoolId: string | null; classId: string | null })
  /** A document is about to take its number; an area that numbered the same letter before gives its number to `take`. */
  | {
      kind: 'notices.numbering';
      documentKind: string;
      childId: string;
      caseId: string | null;
      /** To whom the letter goes. */
      to: string;
      take: (words: string) => void;
      at: string;
    }
  /** A document was issued, served, or its deadline passed; of one issued its number, and to whom a letter goes. */
  | {
      kind: 'notices.issued' | 'notices.served' | 'notices.voided';
      documentId: string;
      documentKind: string;
      childId: string;
      caseId: string | null;
      schoolId: string | null;
      at: string;
      dueDate: string | null;
      number?: string | null;
      to?: string;
    }
  /** A roster was published: who stands on it may be who was expected. */
  | { kind: 'imports.rosterPublished'; importId: string; asOf: string; at: string }
  /** The course of a child moved: from `day` on he is in `state`. */
  | {
      kind: 'enrolment.childMoved';
      childId: string;
      state: string;
      cause: string;
      schoolId: string;
      classId: string | null;
      day: string;
      at: string;
    }
  /** A step of a registry change was taken; the owner, where it waits for one, owes the next until `dueDate`. */
  | {
      kind: 'enrolment.changeStepped';
      changeId: string;
      changeKind: string;
      state: string;
      /** The role and unit that owe the next step; null at the end. */
      ownerRole: string | null;
      ownerUnitKind: string | null;
      ownerUnit: string | null;
      dueDate: string | null;
      childId: string;
      schoolId: string | null;
      classId: string | null;
      /** The school of the roll that the child is leaving. */
      rollSchoolId: string | null;
      at: string;
    }
  /** A leaver of grade 6 whom nobody placed did not come to any school. */
  | { kind: 'enrolment.noShow'; childId: string; schoolId: string; classId: string | null; at: string }
  /** A suspension ends soon (or, `lapsed`, has ended) and neither resumption nor renewal is asked for. */
  | {
      kind: 'enrolment.suspensionEnding';
      changeId: string;
      endsOn: string;
      lapsed: boolean;
      childId: string;
      schoolId: string;
      classId: string | null;
      at: string;
    }
  /** A month of home teaching is over and lessons are short of the quota, with what earlier months left. */
  | {
      kind: 'enrolment.lessonsShort';
      changeId: string;
      /** YYYY-MM */
      month: string;
      debt: number;
      childId: string;
      schoolId: string;
      classId: string | null;
      at: string;
    }
  /** Lessons that were short are made good, or the home teaching ended. */
  | { kind: 'enrolment.lessonsSettled'; changeId: string; childId: string; at: string }
  /** Schools owe the report of a period from now until `dueAt`; from `climbsAt` on its lack goes up. */
  | {
      kind: 'statistics.reportDue';
      periodKind: string;
      from: string;
      /** The period in words. */
      words: string;
      schoolIds: readonly string[];
      dueAt: string;
      climbsAt: string;
      /** Until when the bureau owes its roll-up; null where it owes none. */
      rollDueAt: string | null;
      /** The day whose deadlines hold: the first on which the period may be signed. */
      ruleDay: string;
      at: string;
    }
  /** The bureau filed the roll-up of a period. */
  | { kind: 'statistics.rollFiled'; periodKind: string; from: string; at: string }
  /** A school signed the report of a period. */
  | { kind: 'statistics.reportSigned'; periodKind: string; from: string; schoolId: string; at: string }
  /** An inspection found what is to be mended until a day; `again` after a recheck that it did not pass. A correction tells it anew with its version. */
  | {
      kind: 'books.findingsOpen';
      inspectionId: string;
      version: number;
      schoolId: string;
      day: string;
      dueDate: string;
      findings: number;
      again: boolean;
      at: string;
    }
  /** The school told with evidence what it mended. */
  | { kind: 'books.findingsMended'; inspectionId: string; at: string }
  /** A correction or withdrawal left nothing to be mended. */
  | { kind: 'books.findingsGone'; inspectionId: string; at: string }
  /** A school's signed report was accepted or sent back; so many of the period wait still. */
  | { kind: 'statistics.reportDecided'; periodKind: string; from: string; waiting: number; at: string }
  /** A comparison brought its findings up to date. */
  | { kind: 'comparison.findingsSynced'; runId: string; at: string }
  /** The owner answered a finding, another person accepted the answer or gave it back, or it was handed to another unit or day; `words` say why. */
  | {
      kind: 'comparison.findingStepped';
      findingId: string;
      childId: string;
      step: 'explain' | 'accept' | 'return' | 'assign';
      words: string;
      at: string;
    }
  /** Findings about children were closed by what was decided elsewhere. */
  | { kind: 'comparison.findingsDecided'; childIds: readonly string[]; at: string }
  /** Two records are one person now: what was known of the merged one is of the kept one. What an area must know to take it back it gives to `remember`, by its name. */
  | {
      kind: 'comparison.personsMerged';
      keptId: string;
      mergedId: string;
      at: string;
      remember: (area: string, value: unknown) => void;
    }
  /** A merge was taken back: each has again what was of him; `remembered` is what the areas gave. */
  | {
      kind: 'comparison.personsSplit';
      keptId: string;
      mergedId: string;
      at: string;
      remembered: Readonly<Record<string, unknown>>;
    };

/** The news of one kind, or of some. */
export type NewsOf<Kind extends News['kind']> = Extract<News, { kind: Kind }>;
