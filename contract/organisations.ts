import { z } from 'zod';
import { roles, unitKinds } from '#domain/basics/roles.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Done = z.object({ done: z.literal(true) });
/** A street or community. */
export const Place = z.object({
  code: z.string(),
  kind: z.enum(['subdistrict', 'community']),
  parentCode: z.string().nullable(),
  name: z.string(),
  contact: z.string().nullable(),
  fromDate: Day,
  toDate: Day.nullable(),
  workers: z.array(z.string()),
});
export const listPlaces = endpoint({
  name: 'organisations.listPlaces',
  method: 'GET',
  path: '/api/places',
  summary: '街道与社区',
  permission: 'organisations.read',
  audit: null,
  input: z.object({}),
  output: z.array(Place),
});
export const savePlace = endpoint({
  name: 'organisations.savePlace',
  method: 'POST',
  path: '/api/places',
  summary: '新增或修改街道、社区',
  permission: 'organisations.edit',
  audit: 'organisations.savePlace',
  input: z.object({
    code: z.string().regex(/^\d{9}(\d{3})?$/, '街道代码 9 位，社区代码 12 位数字。'),
    kind: z.enum(['subdistrict', 'community']),
    parentCode: z.string().nullable(),
    name: z.string().trim().min(1).max(40),
    contact: z.string().trim().max(60).nullable(),
    fromDate: Day,
    toDate: Day.nullable(),
  }),
  output: Done,
});
/** A school with its size today. */
export const School = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  stage: z.string(),
  subdistrictCode: z.string().nullable(),
  subdistrictName: z.string().nullable(),
  contact: z.string().nullable(),
  fromDate: Day,
  toDate: Day.nullable(),
  classes: z.number().int(),
  pupils: z.number().int(),
});
export const listSchools = endpoint({
  name: 'organisations.listSchools',
  method: 'GET',
  path: '/api/schools',
  summary: '学校',
  permission: 'organisations.read',
  audit: null,
  input: Paging.extend({ q: z.string().max(60).optional() }),
  output: pageOf(School),
});
export const getSchool = endpoint({
  name: 'organisations.getSchool',
  method: 'GET',
  path: '/api/schools/:id',
  summary: '一所学校',
  permission: 'organisations.read',
  audit: null,
  input: z.object({ id: Id }),
  output: School.extend({
    classList: z.array(
      z.object({
        id: Id,
        schoolYear: z.number().int(),
        grade: z.number().int(),
        classNo: z.string(),
        name: z.string(),
        pupils: z.number().int(),
        teacher: z.string().nullable(),
      }),
    ),
    catchment: z.array(z.object({ code: z.string(), name: z.string() })),
  }),
});
export const saveSchool = endpoint({
  name: 'organisations.saveSchool',
  method: 'POST',
  path: '/api/schools',
  summary: '新增或修改学校',
  permission: 'organisations.edit',
  audit: 'organisations.saveSchool',
  input: z.object({
    id: Id.optional(),
    code: z.string().regex(/^\d{10}$/, '学校标识码是 10 位数字。'),
    name: z.string().trim().min(2).max(60),
    stage: z.enum(['小学', '初中', '九年一贯制', '完全中学', '特殊教育', '专门学校']),
    subdistrictCode: z.string().nullable(),
    contact: z.string().trim().max(60).nullable(),
    fromDate: Day,
    toDate: Day.nullable(),
  }),
  output: z.object({ id: Id }),
});
export const setCatchment = endpoint({
  name: 'organisations.setCatchment',
  method: 'POST',
  path: '/api/schools/:id/catchment',
  summary: '划定对口社区',
  permission: 'organisations.edit',
  audit: 'organisations.setCatchment',
  input: z.object({ id: Id, communityCodes: z.array(z.string()).max(400), fromDate: Day }),
  output: Done,
});
/** A person with posts. */
export const StaffMember = z.object({
  id: Id,
  name: z.string(),
  phone: z.string().nullable(),
  note: z.string().nullable(),
  login: z.string().nullable(),
  posts: z.array(
    z.object({
      id: Id,
      role: z.enum(roles),
      roleName: z.string(),
      unitKind: z.enum(unitKinds),
      unitId: z.string(),
      unitName: z.string(),
      fromDate: Day,
      toDate: Day.nullable(),
      approvedBy: z.string(),
    }),
  ),
});
export const listStaff = endpoint({
  name: 'organisations.listStaff',
  method: 'GET',
  path: '/api/staff',
  summary: '人员与岗位',
  permission: 'staff.read',
  audit: null,
  input: Paging.extend({
    q: z.string().max(60).optional(),
    role: z.enum(roles).optional(),
    unitId: z.string().max(60).optional(),
  }),
  output: pageOf(StaffMember),
});
export const saveStaff = endpoint({
  name: 'organisations.saveStaff',
  method: 'POST',
  path: '/api/staff',
  summary: '新增或修改人员',
  permission: 'staff.edit',
  audit: 'organisations.saveStaff',
  input: z.object({
    id: Id.optional(),
    name: z.string().trim().min(1).max(40),
    phone: z.string().trim().max(20).nullable(),
    note: z.string().trim().max(200).nullable(),
  }),
  output: z.object({ id: Id }),
});
export const appoint = endpoint({
  name: 'organisations.appoint',
  method: 'POST',
  path: '/api/staff/:id/posts',
  summary: '任职',
  permission: 'staff.edit',
  audit: 'organisations.appoint',
  input: z.object({
    id: Id,
    role: z.enum(roles),
    unitId: z.string().max(60),
    fromDate: Day,
    toDate: Day.nullable(),
    approvedBy: z.string().trim().min(2, '请写明批准人。').max(40),
  }),
  output: z.object({ id: Id }),
});
export const endPost = endpoint({
  name: 'organisations.endPost',
  method: 'POST',
  path: '/api/posts/:id/end',
  summary: '离任',
  permission: 'staff.edit',
  audit: 'organisations.endPost',
  input: z.object({ id: Id, toDate: Day }),
  output: Done,
});
/** Thresholds, ages and targets as they stand, each with who set it. */
export const SettingRow = z.object({
  key: z.string(),
  label: z.string(),
  words: z.string(),
  value: z.unknown(),
  fromDate: Day.nullable(),
  setBy: z.string().nullable(),
  setAt: z.string().nullable(),
  isDefault: z.boolean(),
});
export const listSettings = endpoint({
  name: 'organisations.listSettings',
  method: 'GET',
  path: '/api/settings',
  summary: '设置',
  permission: 'settings.read',
  audit: null,
  input: z.object({}),
  output: z.array(SettingRow),
});
export const setSetting = endpoint({
  name: 'organisations.setSetting',
  method: 'POST',
  path: '/api/settings',
  summary: '修改设置',
  permission: 'settings.edit',
  audit: 'organisations.setSetting',
  input: z.object({
    key: z.string().max(60),
    value: z.unknown(),
    fromDate: Day,
    reason: z.string().trim().min(2, '请写明依据。').max(200),
  }),
  output: Done,
});
export const listCalendar = endpoint({
  name: 'organisations.listCalendar',
  method: 'GET',
  path: '/api/calendar',
  summary: '校历',
  permission: 'settings.read',
  audit: null,
  input: z.object({ schoolYear: z.coerce.number().int().min(2000).max(2100) }),
  output: z.object({
    schoolYear: z.number().int(),
    terms: z.array(z.object({ name: z.string(), from: Day, to: Day })),
    days: z.array(
      z.object({
        day: Day,
        kind: z.enum(['school', 'weekend', 'holiday', 'makeup', 'vacation', 'changed']),
        words: z.string(),
      }),
    ),
  }),
});
