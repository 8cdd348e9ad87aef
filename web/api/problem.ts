import { Failure, failureCodes, type FailureCode, type FieldIssue } from '#domain/basics/failure.ts';

function isCode(value: unknown): value is FailureCode {
  return typeof value === 'string' && value in failureCodes;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Turns a problem+json answer into the failure it stands for; anything else becomes `internal`. */
export async function problemOf(response: Response): Promise<Failure> {
  const body: unknown = await response.json().catch(() => null);
  if (isRecord(body) && isCode(body['code'])) {
    return new Failure(
      body['code'],
      String(body['title'] ?? '没有办成，请稍后再试。'),
      isRecord(body['detail']) ? body['detail'] : undefined,
    );
  }
  if (response.status === 502 || response.status === 503 || response.status === 504)
    return new Failure('busy', '平台正在启动或忙碌，请稍后再试。');
  return new Failure('internal', '平台没有正常应答，本次操作没有保存。请稍后再试；如反复出现，请联系系统管理员。');
}

/** The failure shown when no answer came at all. */
export function unreachable(): Failure {
  return new Failure('busy', '连不上平台，请检查网络后再试。已填写的内容还在页面上。');
}

/** The faults at single fields that a failure carries; empty when it is about the whole. */
export function issuesOf(error: unknown): FieldIssue[] {
  if (!(error instanceof Failure)) return [];
  const issues = error.detail?.['issues'];
  if (!Array.isArray(issues)) return [];
  return issues.filter(
    (issue): issue is FieldIssue =>
      isRecord(issue) && typeof issue['path'] === 'string' && typeof issue['words'] === 'string',
  );
}

/** What a refusal says: its words, and those of single fields that they do not say already. */
export function refusalWords(words: string, issues: readonly string[]): string {
  return issues.reduce((said, one) => (said.includes(one) ? said : said + one), words);
}

/** Field faults as antd's `form.setFields` takes them. */
export function formFaults(error: unknown): { name: never; errors: string[] }[] {
  return issuesOf(error).map((issue) => ({
    // as: the contract's paths are the names of the form's fields, which only the form's own type knows
    name: issue.path.split('.').map((part) => (/^\d+$/u.test(part) ? Number(part) : part)) as never,
    errors: [issue.words],
  }));
}
