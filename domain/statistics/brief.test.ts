import { describe, expect, it } from 'vitest';
import { draftBrief, type BriefFacts } from './brief.ts';

const rate = (name: string, numerator: number, denominator: number, target: number | null = null) => ({
  name,
  numerator,
  denominator,
  value: denominator === 0 ? null : (numerator / denominator) * 100,
  target,
});
const facts: BriefFacts = {
  scopeName: '全区',
  retention: rate('年巩固率', 980, 1000, 99),
  enrolment: { ...rate('入学率', 1000, 1000, 100), notAccounted: 0 },
  lost: { dropped: 12, gone: 8, open: 25 },
  funnel: { suspected: 20, confirmed: 12, persuaded: 10, returned: 6, held: 3 },
  reasons: [
    { words: '外出打工', count: 7 },
    { words: '早婚早育', count: 0 },
  ],
  timeliness: rate('任务及时率', 90, 100),
  open: 4,
  found: { self: 9, other: 3 },
  visits: rate('走访覆盖率', 0, 0),
  households: null,
  schools: [{ name: '第一中学', lost: 12, value: 91, small: true }],
  streets: [],
  forecast: { value: 97.5, low: 97, high: 98, short: 15, deciding: ['第一中学', '第二中学'] },
  enrolmentForecast: { value: 99.6, low: 99.5, high: 99.9, short: 4, deciding: ['第三小学'] },
};

describe('the text of the brief', () => {
  it('COC-08 says each figure with both sides, its target and gap, and nothing that the figures do not say', () => {
    const [first, second, third] = draftBrief(facts).map((part) => part.text);
    expect(first).toBe(
      '入学率 100.00%（1000÷1000），已达到 100.0% 的目标，未落实就学 0 人。年巩固率 98.00%（980÷1000），距 99.0% 的目标差 1.00 个百分点。本期辍学 12 人、去向未落实 8 人，累计尚未复学 25 人。',
    );
    expect(second).toBe(
      '本期在办疑似辍学 20 例，其中确认 12 例，已劝返 10 例，复学 6 例，巩固 3 例。确认辍学的主要原因：外出打工 7 例。新立个案 12 例中，学校自查发现 9 例，他处发现 3 例。任务及时率 90.00%（90÷100），尚有 4 项超期未办；走访覆盖率 尚无数据。',
    );
    expect(third).toBe(
      '涉及较多的学校：第一中学 12 人（人数少，比率仅供参考）。预计学年末入学率 99.60%（区间 99.50%～99.90%）。要达到目标，还须落实就学 4 人，关键在第三小学。预计学年末年巩固率 97.50%（区间 97.00%～98.00%）。要达到目标，还须劝返或少流失 15 人，关键在第一中学、第二中学。',
    );
  });

  it('COC-08 where nobody was lost and no case is under way it says so', () => {
    const calm = draftBrief({
      ...facts,
      lost: { dropped: 0, gone: 0, open: 0 },
      funnel: { suspected: 0, confirmed: 0, persuaded: 0, returned: 0, held: 0 },
      reasons: [],
      found: { self: 0, other: 0 },
      open: 0,
      schools: [{ name: '第一中学', lost: 0, value: 100, small: false }],
      forecast: null,
      enrolmentForecast: null,
    });
    expect(calm.map((part) => part.text).join('')).toContain('本期无学生辍学或去向未落实');
    expect(calm[1]?.text).toContain('没有在办的疑似辍学个案');
    expect(calm[2]?.text).toBe('没有学校有辍学或去向未落实的学生。');
  });
});
