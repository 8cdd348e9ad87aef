import { z } from 'zod';
import { AsOf } from './as-of.ts';
import { caseFilters } from './dropout-views.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

/** The cases of a list's filters as a sheet, numbers masked. */
export const exportCases = endpoint({
  name: 'dropout.exportCases',
  method: 'GET',
  path: '/api/cases/export',
  summary: '导出个案清单',
  permission: 'cases.read',
  alsoNeeds: 'export.lists',
  audit: 'dropout.exportCases',
  download: true,
  input: caseFilters,
  output: z.unknown(),
});

/** The ledgers: 适龄儿童, 疑似辍学, 辍学. */
export const ledgers = ['schoolAge', 'suspected', 'dropout'] as const;
export const ledgerFilters = z.object({
  ledger: z.enum(ledgers),
  ...AsOf.shape,
  schoolId: Id.optional(),
  subdistrict: z.string().max(12).optional(),
});
/** A line of a ledger; `cells` in the order of `columns`. */
export const LedgerRow = z.object({ childId: Id, caseId: Id.nullable(), cells: z.array(z.string()) });
export const listLedger = endpoint({
  name: 'dropout.listLedger',
  method: 'GET',
  path: '/api/ledgers',
  summary: '三本台账',
  permission: 'cases.read',
  audit: 'dropout.listLedger',
  input: Paging.extend(ledgerFilters.shape),
  output: pageOf(LedgerRow).extend({ asOf: Day, title: z.string(), columns: z.array(z.string()) }),
});
export const exportLedger = endpoint({
  name: 'dropout.exportLedger',
  method: 'GET',
  path: '/api/ledgers/export',
  summary: '导出台账',
  permission: 'cases.read',
  audit: 'dropout.exportLedger',
  download: true,
  input: ledgerFilters.extend({ identities: z.enum(['masked', 'full']).default('masked'), approvalId: Id.optional() }),
  output: z.unknown(),
});
