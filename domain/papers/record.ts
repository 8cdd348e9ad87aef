/** What a paper is. `hospitalPaper` stands in a closed compartment. */
export const paperKinds = [
  'photo',
  'scan',
  'hospitalPaper',
  'certificate',
  'reply',
  'signature',
  'receipt',
  'statement',
  'other',
] as const;
/** What a paper is. */
export type PaperKind = (typeof paperKinds)[number];

/** What a paper can belong to; what belongs to an `emergency` is handed out by its case alone, to those on it. */
export const paperSubjects = [
  'child',
  'leave',
  'visit',
  'case',
  'caseStep',
  'referral',
  'emergency',
  'document',
  'closing',
  'change',
  'workRecord',
] as const;
/** What a paper can belong to. */
export type PaperSubject = (typeof paperSubjects)[number];

/** The content types that are kept, told from the content itself. */
export const paperTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const;
/** A content type that is kept. */
export type PaperType = (typeof paperTypes)[number];

/** Largest paper, in bytes; pictures are shrunk on the phone. */
export const largestPaper = 2 * 1024 * 1024;
