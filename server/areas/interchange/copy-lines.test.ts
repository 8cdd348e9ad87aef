import { describe, expect, it } from 'vitest';
import { labelOf, valueLines } from './copy-lines.ts';

describe('structured values on the pages of a copy', () => {
  it('INT-06 both sides of a difference stand a field a line, its proposals an entry a line with the reason', () => {
    const side = { name: '李一', sex: 'female', birthDate: '2016-03-02', schoolId: 'x', schoolName: '滨江小学', grade: 4, classNo: '2', state: 'inSchool' }; // prettier-ignore
    expect(valueLines('registry_difference', 'ours', side)).toEqual([
      '姓名：李一',
      '性别：女',
      '出生日期：2016-03-02',
      '学校：滨江小学',
      '年级：四年级',
      '班号：2',
      '状态：在校',
    ]);
    const proposals = [
      { act: 'transferInProvince', why: '由省内其他学校转入' },
      { act: 'national', why: '本平台记载无误的，在全国系统更正' },
    ];
    expect(valueLines('registry_difference', 'proposals', proposals)).toEqual([
      '1. 转入（省内）：由省内其他学校转入',
      '2. 在全国系统更正：本平台记载无误的，在全国系统更正',
    ]);
  });

  it('INT-06 a finding shows its facts under their own labels, a plan its people', () => {
    const facts = [
      { label: '户籍街道', value: '滨江街道' },
      { label: '学校', value: '' },
    ];
    expect(valueLines('finding', 'detail', { print: 'a1', words: '未在册', facts })).toEqual([
      '内容：未在册',
      '户籍街道：滨江街道',
    ]);
    const people = [
      { staffId: 's1', name: '周老师', task: '每周家访', day: '2026-11-25' },
      { staffId: null, name: '吴主任', task: '联系社区', day: '2026-11-26' },
    ];
    expect(valueLines('case_plan', 'people', people)).toEqual([
      '1. 姓名 周老师；任务 每周家访；日期 2026-11-25',
      '2. 姓名 吴主任；任务 联系社区；日期 2026-11-26',
    ]);
  });

  it('INT-06 a form that was laid out is read as its words; lists, moments, ranges and notes stand in one line', () => {
    const form = {
      layout: 'form',
      title: '中小学生休学申请表',
      blocks: [
        { as: 'grid', columns: 12, rows: [{ cells: [{ label: '姓　名', text: '李一', span: 2 }, { label: '性　别', text: '', span: 1 }] }] }, // prettier-ignore
        { as: 'note', text: '说明：每次不超过一年。' },
      ],
    };
    expect(valueLines('change_form', 'form', form)).toEqual(['《中小学生休学申请表》', '姓名：李一', '说明：每次不超过一年。']); // prettier-ignore
    expect(valueLines('visit_plan_item', 'modes', ['door', 'phone'])).toEqual(['上门、电话']);
    expect(valueLines('duty', 'due_at', new Date('2026-11-20T02:05:00Z'))).toEqual(['2026-11-20 10:05']);
    expect(valueLines('course', 'known', '["2026-11-20 02:05:00.123+00",)')).toEqual(['2026-11-20 10:05 起']);
    expect(valueLines('course', 'known', '["2026-11-20 10:05:00+08","2026-11-21 01:00:00+00")')).toEqual([
      '2026-11-20 10:05 至 2026-11-21 09:00',
    ]);
    expect(valueLines('case_decision', 'check_sealed', { note: '属实' })).toEqual(['属实']);
  });

  it('INT-06 what says nothing to a reader is left to the JSON, what no list knows keeps its content', () => {
    expect(valueLines('visit', 'visitors', [{ staffId: 's1', name: '周老师' }])).toEqual(['姓名 周老师']);
    expect(valueLines('visit', 'location', { latitude: 30.5, longitude: 114.3, accuracy: 12 })).toEqual(['纬度：30.5', '经度：114.3']); // prettier-ignore
    expect(valueLines('visit', 'guardian', null)).toEqual([]);
    expect(labelOf('visit', 'unheardOf')).toBe('其他内容');
    expect(labelOf('service_receipt', 'place')).toBe('送达地点');
  });
});
