import { z } from 'zod';
import { changeKinds } from '#domain/enrolment/changes-record.ts';
import { ChangeAfter, Pieces } from './enrolment-changes.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './paging.ts';

export const printChange = endpoint({
  name: 'enrolment.printChange',
  method: 'GET',
  path: '/api/changes/:id/form',
  summary: '打印一项学籍异动的申请审批表（办结后保存首次打印的原件）',
  permission: 'changes.read',
  audit: 'enrolment.printChange',
  download: true,
  input: z.object({ id: Id }),
  output: z.unknown(),
});
export const printEmptyForm = endpoint({
  name: 'enrolment.printEmptyForm',
  method: 'GET',
  path: '/api/changes/forms/:kind',
  summary: '打印空白申请表',
  permission: 'changes.read',
  audit: null,
  download: true,
  input: z.object({ kind: z.enum(changeKinds) }),
  output: z.unknown(),
});
export const addPieces = endpoint({
  name: 'enrolment.addPieces',
  method: 'POST',
  path: '/api/changes/:id/pieces',
  summary: '补交学籍异动材料',
  permission: 'changes.ask',
  audit: 'enrolment.addPieces',
  input: z.object({ id: Id, pieces: Pieces }),
  output: ChangeAfter,
});
