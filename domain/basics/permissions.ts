import type { Role } from './roles.ts';

/** What may be asked of the platform; one permission stands on each endpoint. */
export const permissions = [
  'session.own', // one's own session, password, second factor
  'desk.read', // 工作台
  'cockpit.read', // aggregate figures
  'children.read', // masked lists and records
  'children.edit', // corrections, at the door or at the school
  'children.reveal', // open a full number or phone
  'survey.record', // door survey
  'roster.read', // schools, classes, pupils
  'lists.import', // import wizard
  'runs.manage', // start, sign a comparison run
  'findings.read',
  'findings.handle', // verify, explain
  'findings.assign',
  'proposals.decide', // confirm, reject, merge, split
  'organisations.read',
  'organisations.edit',
  'staff.read',
  'staff.edit',
  'settings.read',
  'settings.edit',
  'accounts.manage',
  'tokens.manage',
  'audit.read',
  'approvals.decide', // second person's approval (未成年人网络保护条例 36)
  'export.lists',
  'attendance.read', // roll calls, leaves, absences
  'attendance.mark', // mark a class, answer for an absent pupil, leave
  'attendance.sheet', // hand in the roll call by sheet
  'attendance.consent', // consent to corrections that remove an alarm, name a substitute
  'risks.read', // signs that advise
  'risks.dismiss',
  'scores.read', // marks of a pupil: of the own school and class alone, never of the district
  'scores.sheet', // hand in marks by sheet
  'duties.handle', // hand over or waive a duty of one's unit
  'papers.read', // open scans and pictures within reach
  'papers.add', // upload and void them
  'visits.read',
  'visits.record',
  'visits.plan',
  'cases.read',
  'cases.report', // report a suspected dropout or an emergency
  'cases.handle', // steps of a case at the school
  'cases.confirm', // confirm or dismiss at the school, sign returns (principal)
  'cases.check', // check closings and dismissals, referrals, issue at the bureau
  'notices.read',
  'notices.issue', // issue, serve, void documents of one's own unit
  'notices.templates', // adjust the templates
  'notices.schemes', // set the words before the numbers of one's own unit
  'changes.read', // registry changes, courses
  'changes.ask', // start a registry change, withdraw it
  'changes.decide', // approve, refuse, confirm arrival at one's own unit
  'changes.lessons', // log of home teaching
  'changes.place', // place leavers of grade 6 into junior schools
  'reports.read', // week, month, term and year reports
  'reports.sign', // sign the school's report (principal)
  'reports.accept', // accept or send back at the bureau
  'books.read', // books and sheets: preview
  'books.design', // layouts and own fields of the bureau
  'books.fill', // values of own fields
  'records.keep', // plans, letters, aid, help to pupils, activities; what was mended after an inspection
  'records.inspect', // inspections, their findings and rechecks
  'copies.make', // a copy of everything about one child or school, after a second person's approval
  'open.read', // open-data form of the aggregates
  'province.read', // aggregates of the districts below, no names
] as const;
/** A permission of the closed list. */
export type Permission = (typeof permissions)[number];

/** How far a grant reaches: the whole district, or the unit of the post. */
export type Grant = 'district' | 'unit';

const everyone = { 'session.own': 'district', 'organisations.read': 'district' } as const;
const office = { ...everyone, 'desk.read': 'unit', 'settings.read': 'district' } as const;
const school = {
  ...office,
  'cockpit.read': 'unit',
  'children.read': 'unit',
  'roster.read': 'unit',
  'staff.read': 'unit',
  'findings.read': 'unit',
  'attendance.read': 'unit',
  'risks.read': 'unit',
  'papers.read': 'unit',
  'visits.read': 'unit',
  'cases.read': 'unit',
  'notices.read': 'unit',
  'changes.read': 'unit',
  'reports.read': 'unit',
  'books.read': 'unit',
} as const;

/** Who keeps a school's records. */
const staff = { ...school, 'records.keep': 'unit', 'changes.lessons': 'unit' } as const;

/** Role → permission → reach. Absent means refused. Administrators see no child (product, section 1). */
export const grants: Record<Role, Partial<Record<Permission, Grant>>> = {
  bureauLeader: {
    ...office,
    'desk.read': 'district',
    'cockpit.read': 'district',
    'findings.read': 'district',
    'approvals.decide': 'district',
    'children.read': 'district',
    'roster.read': 'district',
    'staff.read': 'district',
    'settings.edit': 'district',
    'attendance.read': 'district',
    'risks.read': 'district',
    'papers.read': 'district',
    'visits.read': 'district',
    'cases.read': 'district',
    'cases.check': 'district',
    'notices.read': 'district',
    'notices.issue': 'district',
    'notices.schemes': 'district',
    'changes.read': 'district',
    'reports.read': 'district',
    'books.read': 'district',
    'open.read': 'district',
    'province.read': 'district',
  },
  bureauOfficer: {
    ...office,
    'desk.read': 'district',
    'cockpit.read': 'district',
    'children.read': 'district',
    'children.edit': 'district',
    'children.reveal': 'district',
    'survey.record': 'district',
    'roster.read': 'district',
    'lists.import': 'district',
    'runs.manage': 'district',
    'findings.read': 'district',
    'findings.handle': 'district',
    'findings.assign': 'district',
    'proposals.decide': 'district',
    'organisations.edit': 'district',
    'staff.read': 'district',
    'staff.edit': 'district',
    'settings.edit': 'district',
    'approvals.decide': 'district',
    'export.lists': 'district',
    'tokens.manage': 'district',
    'attendance.read': 'district',
    'risks.read': 'district',
    'risks.dismiss': 'district',
    'duties.handle': 'district',
    'papers.read': 'district',
    'visits.read': 'district',
    'visits.record': 'district',
    'visits.plan': 'district',
    'cases.read': 'district',
    'papers.add': 'district',
    'cases.report': 'district',
    'cases.handle': 'district',
    'cases.check': 'district',
    'notices.read': 'district',
    'notices.issue': 'district',
    'notices.templates': 'district',
    'notices.schemes': 'district',
    'changes.read': 'district',
    'changes.ask': 'district',
    'changes.decide': 'district',
    'changes.place': 'district',
    'changes.lessons': 'district',
    'reports.read': 'district',
    'reports.accept': 'district',
    'books.read': 'district',
    'books.design': 'district',
    'books.fill': 'district',
    'records.keep': 'district',
    'records.inspect': 'district',
    'copies.make': 'district',
    'open.read': 'district',
    'province.read': 'district',
  },
  inspector: { ...school, 'papers.add': 'unit', 'records.inspect': 'unit' },
  principal: {
    ...staff,
    'children.reveal': 'unit',
    'findings.handle': 'unit',
    'approvals.decide': 'unit',
    'export.lists': 'unit',
    'attendance.consent': 'unit',
    'risks.dismiss': 'unit',
    'scores.read': 'unit',
    'duties.handle': 'unit',
    'visits.record': 'unit',
    'visits.plan': 'unit',
    'papers.add': 'unit',
    'cases.report': 'unit',
    'cases.handle': 'unit',
    'cases.confirm': 'unit',
    'reports.sign': 'unit',
    'books.fill': 'unit',
    'notices.issue': 'unit',
    'notices.schemes': 'unit',
    'changes.decide': 'unit',
  },
  registrar: {
    ...staff,
    'attendance.sheet': 'unit',
    'notices.schemes': 'unit',
    'books.fill': 'unit',
    'changes.ask': 'unit',
    'changes.decide': 'unit',
    'children.edit': 'unit',
    'children.reveal': 'unit',
    'findings.handle': 'unit',
    'export.lists': 'unit',
    'papers.add': 'unit',
    'cases.report': 'unit',
  },
  schoolOfficer: {
    ...staff,
    'changes.ask': 'unit',
    'children.reveal': 'unit',
    'findings.handle': 'unit',
    'attendance.mark': 'unit',
    'attendance.sheet': 'unit',
    'attendance.consent': 'unit',
    'risks.dismiss': 'unit',
    'scores.read': 'unit',
    'scores.sheet': 'unit',
    'duties.handle': 'unit',
    'visits.record': 'unit',
    'visits.plan': 'unit',
    'papers.add': 'unit',
    'cases.report': 'unit',
    'cases.handle': 'unit',
    'notices.issue': 'unit',
  },
  classTeacher: {
    ...staff,
    'books.fill': 'unit',
    'children.reveal': 'unit',
    'findings.handle': 'unit',
    'attendance.mark': 'unit',
    'attendance.sheet': 'unit',
    'risks.dismiss': 'unit',
    'scores.read': 'unit',
    'scores.sheet': 'unit',
    'visits.record': 'unit',
    'papers.add': 'unit',
    'cases.report': 'unit',
    'cases.handle': 'unit',
    'notices.issue': 'unit',
  },
  subjectTeacher: {
    ...office,
    'children.read': 'unit',
    'roster.read': 'unit',
    'attendance.read': 'unit',
    'papers.read': 'unit',
    'visits.read': 'unit',
    'visits.record': 'unit',
    'papers.add': 'unit',
    'cases.report': 'unit',
  },
  subdistrictOfficer: {
    ...office,
    'cockpit.read': 'unit',
    'children.read': 'unit',
    'children.edit': 'unit',
    'children.reveal': 'unit',
    'survey.record': 'unit',
    'findings.read': 'unit',
    'findings.handle': 'unit',
    'findings.assign': 'unit',
    'staff.read': 'unit',
    'papers.read': 'unit',
    'visits.read': 'unit',
    'visits.record': 'unit',
    'cases.read': 'unit',
    'papers.add': 'unit',
    'cases.report': 'unit',
    'cases.handle': 'unit',
    'notices.read': 'unit',
    'notices.issue': 'unit',
    'notices.schemes': 'unit',
  },
  communityWorker: {
    ...office,
    'children.read': 'unit',
    'children.edit': 'unit',
    'children.reveal': 'unit',
    'survey.record': 'unit',
    'findings.read': 'unit',
    'findings.handle': 'unit',
    'papers.read': 'unit',
    'visits.read': 'unit',
    'visits.record': 'unit',
    'papers.add': 'unit',
    'cases.report': 'unit',
  },
  sysAdmin: { ...everyone, 'settings.read': 'district', 'settings.edit': 'district', 'organisations.edit': 'district' },
  secAdmin: {
    ...everyone,
    'settings.read': 'district',
    'accounts.manage': 'district',
    'staff.read': 'district',
    'staff.edit': 'district',
    'tokens.manage': 'district',
  },
  auditAdmin: { ...everyone, 'settings.read': 'district', 'audit.read': 'district' },
};
