/** Lists that do not take the day and the moment, each with the reason why; docs/areas/platform.md tells the same. */
export const withoutPair: Readonly<Record<string, string>> = {
  'attendance.listCorrections':
    'Each correction is an entry of a moment, with both versions of the mark, who asked when and who decided when; nothing of it changes after.',
  'attendance.listFirstDayPupils':
    'Of the one first day of a term; what counts of it is the signed list, of which every version stays (ATT-26).',
  'attendance.listFirstDays':
    'Of the one first day of a term; what counts of it is the signed list, of which every version stays (ATT-26).',
  'attendance.listLeaves':
    'Of a leave the last state alone is kept: its end and its prolongation replace what stood. What held on a day is told by the marks of the roll calls.',
  'attendance.listMyFirstDays':
    'Work of the own class on the first day of a term; what counts of it is the signed list, of which every version stays (ATT-26).',
  'attendance.listSubstitutes':
    'Who stands in for a class on which days, as a post does; it is asked for a day and is no fact about a child.',
  'books.listBooks': 'The kinds of books that can be made: a catalogue. The books themselves take the pair.',
  'books.listFields': 'The fields that a bureau added to its forms: a catalogue with its versions.',
  'books.listFiles': 'Files that were made, each with the day and the moment it prints.',
  'comparison.listFindings':
    'Findings as of a moment are read with the comparison that found them; each names its events with their moments.',
  'comparison.listProposals':
    'Decisions on whether two records are one person: who is one person holds for all times, and each decision has its moment.',
  'comparison.listRuns': 'Runs that were made, each with its day and its moment, frozen.',
  'duties.listCatalogue': 'The catalogue of clauses and rules, with the version of each.',
  'duties.listChannels': 'Addresses to which messages go out now.',
  'duties.listMessages':
    'Messages to one person, each with its moment; what they tell of stands in the list of duties.',
  'enrolment.listDifferences': 'Of one check of the registry, which is frozen with its day.',
  'enrolment.listHomeLessons':
    'The lessons of one home teaching, each with its day and its entry; nothing of them changes after.',
  'enrolment.listRegistryChecks': 'Checks of the registry that were made, each frozen with its day.',
  'enrolment.listSheets': 'Sheets that were handed in, each with its moment.',
  'imports.listHeld': 'Rows that wait for a correction now: work, not facts.',
  'imports.listImports': 'Files that were handed in, each with its moment.',
  'interchange.listCopies': 'Copies of a child’s data that were asked for and made, each with its moment.',
  'notices.listJobs': 'Bulk issues with their progress; the documents they made take the pair.',
  'notices.listTemplateVersions': 'Versions of a template, each with its moment.',
  'notices.listTemplates': 'The kinds of documents with their words in force: a catalogue with versions.',
  'organisations.listCalendar': 'The calendar of a school year, with the entries of the bureau.',
  'organisations.listPlaces':
    'Streets and communities with their first and last day: reference, not facts about children.',
  'organisations.listSchools':
    'Schools with their first and last day: reference; how many pupils they had on a day is a figure.',
  'organisations.listSettings': 'Settings with every version, its day and its name.',
  'organisations.listStaff': 'Staff and posts with their first and last day; rights follow those of today.',
  'papers.listPapers': 'Papers that were handed in, each with its moment; a void one stays with who voided it when.',
  'risk.listScoreSheets': 'Sheets that were handed in, each with its moment.',
  'risk.listSigns':
    'Signs advise on today: each day they are reckoned anew from the records, and what they rested on stands in those records with both times.',
  'security.listAccounts': 'Accounts as they may sign in now.',
  'security.listApprovals': 'Requests that wait for a decision, or were decided, each with its moments.',
  'security.listAudit': 'The trail: every entry has its moment and none changes.',
  'security.listSessions': 'Sign-ins that are open now.',
  'security.listTokens': 'Keys of other programs that are in force now.',
  'statistics.listFormulas': 'The formulas in force, each with its version.',
  'statistics.listReports': 'Reports of a period, of which every signed version stays as it was signed (STA-14).',
  'attendance.listRollCallSheets': 'Sheets that were handed in, each with its moment.',
  'enrolment.listPlacementSheets': 'Sheets that were handed in, each with its moment.',
};
