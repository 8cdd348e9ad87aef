import { expect, it } from 'vitest';
import type { OutputOf } from '#contract/endpoint.ts';
import type { listApprovals } from '#contract/security.ts';
import { heldApproval } from './held-approval.ts';

type Row = OutputOf<typeof listApprovals>['rows'][number];

const row: Row = {
  id: 'a',
  kind: 'exportIdentities',
  purpose: '与户口簿逐行核对',
  scopeWords: '导出待更正的行（含完整证件号码）',
  exportOf: 'held',
  requestedName: '于专干',
  requestedAt: '2026-11-20T01:00:00.000Z',
  decision: null,
  decidedName: null,
  decidedAt: null,
  note: null,
  expiresAt: null,
  usedAt: null,
  usable: false,
  mine: true,
  mayDecide: false,
};
const approved: Row = {
  ...row,
  id: 'b',
  decision: 'approved',
  decidedName: '傅局',
  expiresAt: '2026-11-21T02:00:00.000Z',
  usable: true,
};

it('IMP-12 a request of one’s own waits, is approved and stays so while a newer one waits', () => {
  expect(heldApproval([row])).toEqual({ state: 'waiting' });
  const newer = { ...row, id: 'c', requestedAt: '2026-11-20T02:00:00.000Z' };
  expect(heldApproval([newer, approved])).toEqual({
    state: 'approved',
    id: 'b',
    by: '傅局',
    until: '2026-11-21T02:00:00.000Z',
  });
});

it('IMP-12 an approval that is used up or over has to be asked for again', () => {
  expect(heldApproval([{ ...approved, usable: false }])).toBeNull();
  expect(heldApproval([{ ...approved, usable: false, usedAt: '2026-11-20T03:00:00.000Z' }])).toBeNull();
});

it('IMP-12 a refusal is told with its reason; what others asked for and other exports do not count', () => {
  expect(heldApproval([{ ...row, decision: 'refused', decidedName: '傅局', note: '请用户口簿' }])).toEqual({
    state: 'refused',
    by: '傅局',
    note: '请用户口簿',
  });
  expect(
    heldApproval([
      { ...approved, mine: false },
      { ...approved, exportOf: 'roster' },
    ]),
  ).toBeNull();
});
