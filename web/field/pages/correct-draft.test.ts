import { describe, expect, it } from 'vitest';
import { VisitEntry } from '#contract/visits.ts';
import { VisitContent } from '#domain/visits/record.ts';
import {
  againFault,
  correctionFault,
  correctionInput,
  correctionOf,
  refusedOf,
  takenOver,
  type KeptVisit,
} from './correct-draft.ts';

const content = VisitContent.parse({
  shown: { name: '云小满', className: '一年级（1）班', address: '丹水池街道 9 栋' },
  visitors: [
    { staffId: '0199a7c0-0000-7000-8000-000000000001', name: '周老师' },
    { staffId: null, name: '社区网格员' },
  ],
  companions: '村干部',
  guardian: { name: '云建国', relation: '父亲' },
  purpose: '家访',
  family: '父亲在家务农',
  location: { latitude: 30.6, longitude: 114.3, accuracy: 15 },
});
// as: what a correction reads of a visit
const visit = {
  id: '0199a7c0-0000-7000-8000-00000000000a',
  mode: 'door',
  at: '2026-11-26T09:30:12.000Z',
  content,
  paperForm: false,
  signatures: [{ party: 'teacher' }],
} as unknown as KeptVisit;
const id = '0199a7c0-0000-7000-8000-00000000000b';
const today = '2026-11-27';

describe('a correction on the phone', () => {
  it('FLD-34 leaves everything that is not touched as it was, to the second', () => {
    const draft = { ...correctionOf(id, visit), family: '母亲在家务农', reason: '家长写错' };
    const sent = correctionInput(draft, visit);
    expect(sent).toEqual({
      id,
      visitId: visit.id,
      reason: '家长写错',
      mode: 'door',
      at: visit.at,
      content: { ...content, family: '母亲在家务农' },
      paperForm: false,
      signatures: [],
      papers: [],
    });
    expect(VisitEntry.safeParse(sent).success).toBe(true);
  });

  it('FLD-34 another time, other visitors, and a visit where nobody was met after all', () => {
    const draft = {
      ...correctionOf(id, visit),
      time: '16:05',
      visitors: '周老师， 吴老师',
      met: false,
      reason: '当时没有见到人',
    };
    const sent = correctionInput(draft, visit);
    expect(sent.at).toBe('2026-11-26T08:05:00.000Z');
    expect(sent.content.visitors).toEqual([content.visitors[0], { staffId: null, name: '吴老师' }]);
    expect([sent.content.guardian, sent.content.notMet]).toEqual([null, { reason: 'notHome', words: '' }]);
    expect(correctionFault(draft, visit, today)).toBeNull();
  });

  it('FLD-36 FLD-34 says what is missing before anybody signs', () => {
    const draft = correctionOf(id, visit);
    expect(correctionFault(draft, visit, today)).toBe('请写明更正原因。');
    const reasoned = { ...draft, reason: '写错' };
    expect(correctionFault({ ...reasoned, day: '2026-11-28' }, visit, today)).toContain('不能晚于今天');
    expect(correctionFault({ ...reasoned, visitors: ' ' }, visit, today)).toContain('请填写走访教师');
    expect(correctionFault({ ...reasoned, family: '' }, visit, today)).toBe('请至少填写一项了解到的情况或措施。');
    expect(correctionFault({ ...reasoned, guardian: '' }, visit, today)).toContain('请填写受访家长及关系');
    const attempt = { ...reasoned, met: false, notMetReason: 'noAnswer' as const };
    expect(correctionFault(attempt, visit, today)).toBe('上门未遇不能选“无人接听”。');
    expect(againFault(reasoned)).toBeNull();
    expect(againFault({ ...reasoned, sign: 'again' })).toBe('请教师签名。');
  });

  it('FLD-35 what a correction that was not taken had changed is carried into the newest version, and what others changed stays', () => {
    const input = correctionInput({ ...correctionOf(id, visit), family: '祖母照看', reason: '写错' }, visit);
    const refused = refusedOf({ ...input, papers: ['0199a7c0-0000-7000-8000-00000000000d'] });
    const newest = {
      ...visit,
      at: '2026-11-26T08:00:00.000Z',
      content: { ...content, companions: '社区主任', family: '务农' },
    };
    const next = takenOver(correctionOf('next', newest), correctionOf('before', visit), refused);
    expect(next).toMatchObject({
      visitId: 'next',
      time: '16:00',
      family: '祖母照看',
      companions: '社区主任',
      reason: '写错',
      photos: [{ id: '0199a7c0-0000-7000-8000-00000000000d', name: '走访照片 1' }],
    });
  });
});
