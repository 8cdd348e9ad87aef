/** What may be asked of the platform; one permission stands on each endpoint. */
export const permissions = [
  'session.own', // one's own session, password, second factor
  'desk.read', // 工作台
  'cockpit.read', // aggregate figures
  'clauses.read', // 方案落实: how each clause of the plan stands at the schools
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
