import { z } from 'zod';
import { needed, note } from './dropout.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const openValue = z.number().int().nullable();
/** One row of the open-data form: a school year, street and level; null is a count left blank because it, or one computable from it, is small. */
export const OpenRow = z.object({
  schoolYear: z.number().int(),
  street: z.string(),
  streetName: z.string(),
  level: z.enum(['primary', 'junior', 'all']),
  levelName: z.string(),
  values: z.record(z.string(), openValue),
  retention: z.number().nullable(),
  dropoutRate: z.number().nullable(),
});
/** The open-data form with what a reader must know to use it. */
export const OpenForm = z.object({
  title: z.string(),
  districtCode: z.string(),
  districtName: z.string(),
  asOf: Day,
  knownAt: z.string(),
  formula: z.array(z.object({ id: z.string(), version: z.number().int(), name: z.string(), words: z.string() })),
  smallest: z.number().int(),
  suppression: z.string(),
  measures: z.array(z.object({ id: z.string(), words: z.string() })),
  hidden: z.number().int(),
  cells: z.number().int(),
  rows: z.array(OpenRow),
});
export const getOpenData = endpoint({
  name: 'interchange.getOpenData',
  method: 'GET',
  path: '/api/open-data',
  summary: '开放数据：分学年、街道、学段的汇总（小数值不公布）',
  permission: 'open.read',
  audit: null,
  input: z.object({}),
  output: OpenForm,
});
export const downloadOpenData = endpoint({
  name: 'interchange.downloadOpenData',
  method: 'GET',
  path: '/api/open-data/file',
  summary: '下载开放数据（CSV 或 JSON，含元数据）',
  permission: 'open.read',
  audit: 'interchange.downloadOpenData',
  download: true,
  input: z.object({ form: z.enum(['csv', 'json']).default('csv') }),
  output: z.unknown(),
});

/** The figures of a district as it handed them up. */
export const ProvinceRow = z.object({
  districtCode: z.string(),
  districtName: z.string(),
  version: z.number().int(),
  asOf: Day,
  closedAt: z.string(),
  pupils: z.number().int(),
  dropouts: z.number().int(),
  untraced: z.number().int(),
  open: z.number().int(),
  retention: z.number().nullable(),
  dropoutRate: z.number().nullable(),
});
export const getProvince = endpoint({
  name: 'interchange.getProvince',
  method: 'GET',
  path: '/api/province',
  summary: '上级汇总：所辖各区已报送的数据，只有数没有名单',
  permission: 'province.read',
  audit: 'interchange.getProvince',
  input: z.object({ schoolYear: z.coerce.number().int().min(2000).max(2100), level: z.enum(['all', 'primary', 'junior']).default('all') }), // prettier-ignore
  output: z.object({
    schoolYear: z.number().int(),
    above: z.string(),
    total: ProvinceRow.omit({ districtCode: true, districtName: true, version: true, asOf: true, closedAt: true }),
    rows: z.array(ProvinceRow),
    /** Districts known here that have handed nothing up. */
    missing: z.array(z.object({ districtCode: z.string(), districtName: z.string() })),
  }),
});
export const closeFigures = endpoint({
  name: 'interchange.closeFigures',
  method: 'POST',
  path: '/api/province/close',
  summary: '把本区一学年的数据汇总报送上级（每次一个新版本）',
  permission: 'reports.accept',
  audit: 'interchange.closeFigures',
  input: z.object({ schoolYear: z.number().int().min(2000).max(2100) }),
  output: z.object({ version: z.number().int(), asOf: Day }),
});

/** How a request reached the bureau. */
export const requestMeans = ['inPerson', 'letter', 'message'] as const;
/** Words of the ways. */
export const requestMeansWords: Record<(typeof requestMeans)[number], string> = {
  inPerson: '当面申请',
  letter: '书面来信',
  message: '电子申请',
};

/** A request for a copy of everything about one child or one school. */
export const CopyRequest = z.object({
  id: Id,
  subjectKind: z.enum(['child', 'school']),
  subjectId: Id,
  subjectName: z.string(),
  requester: z.string(),
  relation: z.string(),
  meansWords: z.string(),
  proof: z.string(),
  purpose: z.string(),
  receivedOn: Day,
  askedName: z.string(),
  askedAt: z.string(),
  state: z.enum(['asked', 'made']),
  approvalId: Id.nullable(),
  /** Why the copy cannot be made yet; null when it can. */
  waits: z.string().nullable(),
  approvedName: z.string().nullable(),
  madeAt: z.string().nullable(),
  madeName: z.string().nullable(),
  fingerprint: z.string().nullable(),
  records: z.number().int().nullable(),
  mine: z.boolean(),
});
export const askCopy = endpoint({
  name: 'interchange.askCopy',
  method: 'POST',
  path: '/api/copies',
  summary: '登记查阅、复制申请（监护人或移交），同时申请另一人批准',
  permission: 'copies.make',
  audit: 'interchange.askCopy',
  input: z.object({
    /** Chosen by the asking page; the same sent twice stands once. */
    id: Id,
    subjectKind: z.enum(['child', 'school']),
    subjectId: Id,
    requester: needed('请写明申请人姓名。', 60),
    relation: needed('请写明与儿童的关系或单位职务。', 60),
    means: z.enum(requestMeans),
    proof: needed('请写明核验了什么证件或文书。', 200),
    purpose: z.string().trim().min(4, '请写明用途。').max(300),
    receivedOn: Day,
    note: note(300).default(''),
  }),
  output: z.object({ id: Id, approvalId: Id }),
});
export const listCopies = endpoint({
  name: 'interchange.listCopies',
  method: 'GET',
  path: '/api/copies',
  summary: '查阅、复制申请',
  permission: 'copies.make',
  audit: 'interchange.listCopies',
  input: Paging.extend({ state: z.enum(['asked', 'made']).optional() }),
  output: pageOf(CopyRequest),
});
export const makeCopy = endpoint({
  name: 'interchange.makeCopy',
  method: 'POST',
  path: '/api/copies/:id/make',
  summary: '经批准生成全部信息副本',
  permission: 'copies.make',
  audit: 'interchange.makeCopy',
  input: z.object({ id: Id }),
  output: z.object({ id: Id, records: z.number().int(), fingerprint: z.string() }),
});
export const downloadCopy = endpoint({
  name: 'interchange.downloadCopy',
  method: 'GET',
  path: '/api/copies/:id/file',
  summary: '下载已生成的副本',
  permission: 'copies.make',
  audit: 'interchange.downloadCopy',
  download: true,
  input: z.object({ id: Id, form: z.enum(['json', 'pdf']).default('pdf') }),
  output: z.unknown(),
});
