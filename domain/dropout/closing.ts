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

/** One piece of evidence that a category demands. */
export interface Evidence {
  code: string;
  label: string;
}

/** What a category demands before it closes, and whether the child is still watched; `dated` categories say when they end. */
export interface ClosingRule {
  evidence: readonly Evidence[];
  watch: Watch;
  dated: boolean;
  /** Whether the category itself tells of health, custody or death: the open history of the case does not name it then. */
  sensitive: boolean;
}

const piece = (code: string, label: string): Evidence => ({ code, label });
const rule = (
  watch: Watch,
  evidence: readonly Evidence[],
  more: { dated?: boolean; sensitive?: boolean } = {},
): ClosingRule => ({ evidence, watch, dated: more.dated ?? false, sensitive: more.sensitive ?? false });

/** The evidence of each closing category (D§2.10). */
export const closingRules: Record<ClosingCategory, ClosingRule> = {
  returned: rule('weeks', [piece('placement', '就读安置（年级班级）'), piece('certificate', '复学证明')]),
  elsewhereWithRegistry: rule('no', [
    piece('registryQuery', '学籍系统查询结果'),
    piece('school', '就读学校和学籍号末四位'),
  ]),
  elsewhereWithoutRegistry: rule('untilRegistry', [
    piece('attendanceProof', '加盖公章的就读证明'),
    piece('contact', '学校联系人及电话核实情况'),
  ]),
  suspension: rule('atExpiry', [piece('approval', '休学批准文书'), piece('medical', '医院证明')], {
    dated: true,
    sensitive: true,
  }),
  deferral: rule('yearly', [
    piece('application', '监护人申请'),
    piece('approval', '街道或区教育局批准文书（义务教育法第十一条）'),
  ]),
  homeDelivered: rule(
    'whileActive',
    [piece('assessment', '评估意见'), piece('plan', '送教方案'), piece('log', '送教记录')],
    { sensitive: true },
  ),
  unable: rule('yearly', [piece('medical', '医疗机构或专家委员会意见')], { sensitive: true }),
  specialSchool: rule('yes', [piece('decision', '决定文书（学籍保留在原校）')], { sensitive: true }),
  abroad: rule('onReturn', [piece('proof', '出入境记录或境外学校证明')]),
  deceased: rule('no', [piece('certificate', '死亡证明或户口注销证明')], { sensitive: true }),
  recordError: rule('untilCorrected', [piece('reply', '公安或社区的核查回复'), piece('correction', '信息更正情况')]),
  graduated: rule('no', [piece('proof', '毕业证书，或出生日期已超龄的证明')]),
  homeTeaching: rule('yes', [piece('order', '责令改正文书'), piece('return', '返校或转入学校的记录')]),
};

/** The pieces of evidence that are still missing; an answer of blanks counts as missing. */
export function missingEvidence(category: ClosingCategory, given: Readonly<Record<string, string>>): Evidence[] {
  return closingRules[category].evidence.filter(({ code }) => (given[code] ?? '').trim().length < 2);
}

/** Categories that are asked for and refused, with the clause or the rule that says why. */
export const refusedCategories: Readonly<Record<string, string>> = {
  withdrawal: '义务教育阶段不得退学，本平台不登记退学（义务教育法第二条、第四条、第二十七条）。请继续劝返。',
  expulsion: '义务教育阶段学校不得开除学生（义务教育法第二十七条）。请继续劝返。',
  lost: '失联不能销号。请继续查找，并登记公安协查及回复；个案保持在劝返中（方案四(二)）。',
};
