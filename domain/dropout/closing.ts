import type { DocumentKind } from '../notices/record.ts';
import type { ClosingCategory } from './record.ts';

/** How a case is watched after it is closed (D§2.10). */
export type Watch =
  'no' | 'weeks' | 'untilRegistry' | 'atExpiry' | 'yearly' | 'whileActive' | 'yes' | 'onReturn' | 'untilCorrected';

/** How a closed case is watched, in words. */
export const watchWords: Record<Watch, string> = {
  no: '不再跟踪',
  weeks: '复学后跟踪数周',
  untilRegistry: '跟踪至建立学籍',
  atExpiry: '期满时核查',
  yearly: '每年核查',
  whileActive: '送教期间跟踪',
  yes: '持续跟踪',
  onReturn: '回国后核查',
  untilCorrected: '跟踪至信息更正',
};

/**
 * How a piece is shown: by a paper (a scan, or the document that the platform issued), by what somebody looked up or asked, who says
 * when and where, or in words.
 */
export const proofs = ['paper', 'check', 'words'] as const;
/** How a piece is shown. */
export type Proof = (typeof proofs)[number];

/** One piece of evidence that a category demands; a `document` issued here for the case stands for the paper. */
export interface Evidence {
  code: string;
  label: string;
  proof: Proof;
  document: DocumentKind | null;
}

/** What a category demands before it closes, and whether the child is still watched; `dated` categories say when they end. */
export interface ClosingRule {
  evidence: readonly Evidence[];
  watch: Watch;
  dated: boolean;
  /** Whether the category itself tells of health, custody or death: the open history of the case does not name it then. */
  sensitive: boolean;
}

const paper = (code: string, label: string, document: DocumentKind | null = null): Evidence => ({
  code,
  label,
  proof: 'paper',
  document,
});
const checked = (code: string, label: string): Evidence => ({ code, label, proof: 'check', document: null });
const said = (code: string, label: string): Evidence => ({ code, label, proof: 'words', document: null });
const rule = (
  watch: Watch,
  evidence: readonly Evidence[],
  more: { dated?: boolean; sensitive?: boolean } = {},
): ClosingRule => ({ evidence, watch, dated: more.dated ?? false, sensitive: more.sensitive ?? false });

/** The evidence of each closing category (D§2.10). */
export const closingRules: Record<ClosingCategory, ClosingRule> = {
  returned: rule('weeks', [
    said('placement', '就读安置（年级班级）'),
    paper('certificate', '复学证明', 'returnCertificate'),
  ]),
  elsewhereWithRegistry: rule('no', [
    checked('registryQuery', '学籍系统查询结果'),
    said('school', '就读学校和学籍号末四位'),
  ]),
  elsewhereWithoutRegistry: rule('untilRegistry', [
    paper('attendanceProof', '加盖公章的就读证明'),
    checked('contact', '学校联系人及电话核实情况'),
  ]),
  suspension: rule('atExpiry', [paper('approval', '休学批准文书'), paper('medical', '医院证明')], {
    dated: true,
    sensitive: true,
  }),
  deferral: rule('yearly', [
    paper('application', '监护人申请'),
    paper('approval', '街道或区教育局批准文书（义务教育法第十一条）'),
  ]),
  homeDelivered: rule(
    'whileActive',
    [paper('assessment', '评估意见'), paper('plan', '送教方案'), checked('log', '送教记录')],
    { sensitive: true },
  ),
  unable: rule('yearly', [paper('medical', '医疗机构或专家委员会意见')], { sensitive: true }),
  specialSchool: rule('yes', [paper('decision', '决定文书（学籍保留在原校）')], { sensitive: true }),
  abroad: rule('onReturn', [paper('proof', '出入境记录或境外学校证明')]),
  deceased: rule('no', [paper('certificate', '死亡证明或户口注销证明')], { sensitive: true }),
  recordError: rule('untilCorrected', [paper('reply', '公安或社区的核查回复'), checked('correction', '信息更正情况')]),
  graduated: rule('no', [paper('proof', '毕业证书，或出生日期已超龄的证明')]),
  homeTeaching: rule('yes', [
    paper('order', '责令改正文书', 'correctionOrder'),
    paper('return', '返校或转入学校的记录'),
  ]),
};

/** The least that the words of a piece say: of what was looked up or asked, a sentence. */
const leastWords: Record<Proof, number> = { paper: 2, check: 6, words: 2 };

/** What is given with a proposal: the words of each piece, its papers, and the kinds of document that the platform issued for the case. */
export interface GivenEvidence {
  words: Readonly<Record<string, string>>;
  papers: Readonly<Record<string, readonly string[]>>;
  issued: readonly string[];
  today: string;
}

/** Of what was looked up or asked: who did it, on which day, and where (the system, or the number that was called), as the form names them. */
export function checkFields(code: string): { who: string; on: string; where: string } {
  return { who: `${code}Who`, on: `${code}On`, where: `${code}Where` };
}

/** What is still missing, at the field where it is to be given; blanks count as missing. */
export function missingEvidence(category: ClosingCategory, given: GivenEvidence): { path: string; words: string }[] {
  const long = (code: string, least: number) => (given.words[code] ?? '').trim().length >= least;
  return closingRules[category].evidence.flatMap(({ code, label, proof, document }) => {
    const missing: { path: string; words: string }[] = [];
    if (proof === 'paper') {
      if (document !== null && given.issued.includes(document)) return [];
      if ((given.papers[code] ?? []).length === 0)
        missing.push({
          path: `papers.${code}`,
          words: `请上传${label}的照片或扫描件${document === null ? '' : '，或先在平台签发'}。`,
        });
    }
    if (!long(code, leastWords[proof]))
      missing.push({ path: `evidence.${code}`, words: `请${proof === 'check' ? '写明' : '填写'}${label}。` });
    if (proof !== 'check') return missing;
    const { who, on, where } = checkFields(code);
    if (!long(who, 2)) missing.push({ path: `evidence.${who}`, words: `请写明由谁核实${label}。` });
    const day = given.words[on] ?? '';
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day > given.today)
      missing.push({ path: `evidence.${on}`, words: '请写明核实的日期，不能晚于今天。' });
    if (!long(where, 2)) missing.push({ path: `evidence.${where}`, words: '请写明在哪个系统查询，或拨打的电话。' });
    return missing;
  });
}

/** What a piece says for the file: of what was looked up or asked, who, when and where stand before the result. */
export function evidenceSaid(
  category: ClosingCategory,
  words: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    closingRules[category].evidence.map(({ code, proof }) => {
      const text = (words[code] ?? '').trim();
      const { who, on, where } = checkFields(code);
      return [
        code,
        proof === 'check' ? `${words[on] ?? ''} ${words[who] ?? ''}（${words[where] ?? ''}）：${text}` : text,
      ];
    }),
  );
}

/** Categories that are asked for and refused, with the clause or the rule that says why. */
export const refusedCategories: Readonly<Record<string, string>> = {
  withdrawal: '义务教育阶段不得退学，本平台不登记退学（义务教育法第二条、第四条、第二十七条）。请继续劝返。',
  expulsion: '义务教育阶段学校不得开除学生（义务教育法第二十七条）。请继续劝返。',
  lost: '失联不能销号。请继续查找，并登记公安协查及回复；个案保持在劝返中（方案四(二)）。',
};
