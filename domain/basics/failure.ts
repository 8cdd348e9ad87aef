/** Every way a request can fail; the words sent with a code say what to do next. */
export const failureCodes = {
  'signed-out': 401,
  'password-wrong': 401,
  'second-factor-needed': 401,
  'account-locked': 423,
  'password-change-needed': 403,
  'second-factor-setup-needed': 403,
  'not-allowed': 403,
  'approval-needed': 403,
  'not-found': 404,
  'input-wrong': 422,
  'wrong-step': 409,
  'already-exists': 409,
  'changed-meanwhile': 409,
  'request-reused': 409,
  'too-many': 429,
  'file-unreadable': 422,
  'file-too-large': 413,
  'file-wrong-kind': 422,
  'file-encrypted': 422,
  'file-empty': 422,
  'file-columns-missing': 422,
  'origin-wrong': 403,
  busy: 503,
  internal: 500,
} as const;

/** The code of a failure, one of the closed list. */
export type FailureCode = keyof typeof failureCodes;

/** A fault at one field of the input, in words an official can act on. */
export interface FieldIssue {
  path: string;
  words: string;
}

/** A refusal that a user may see: a code, Chinese words, and details that hold no personal data. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly detail: Record<string, unknown> | undefined;
  constructor(code: FailureCode, words: string, detail?: Record<string, unknown>) {
    super(words);
    this.name = 'Failure';
    this.code = code;
    this.detail = detail;
  }
}

/** The answer to anything out of reach: it does not exist for this person (product, section 1). */
export function notFound(what = '记录', measure = '条'): Failure {
  return new Failure('not-found', `没有找到这${measure}${what}，可能已被移走，或不在您的管理范围内。`);
}
