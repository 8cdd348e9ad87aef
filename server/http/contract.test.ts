import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '#contract/endpoint.ts';
import { endpoints } from '#contract/index.ts';
import { grants, roleUnit, roles, type Role } from '#domain/basics/permissions.ts';
import { shippedTemplates } from '#domain/notices/templates.ts';
import { drawn } from '#server/areas/visits/testing.ts';
import { openWorld, send, type Person, type World } from '#server/testing/world.ts';
import { loadBinjiang } from '#server/testing/binjiang.ts';
import { routes } from '#server/routes.ts';

let world: World;
const people = new Map<Role, Person>();

/** An input whose ids are well formed and belong to nobody. */
function strangerInput(endpoint: Endpoint): Record<string, unknown> {
  const ids = [...endpoint.path.matchAll(/:(\w+)/g)].map((found) => [found[1] ?? '', randomUUID()] as const);
  return { ...Object.fromEntries(ids), ...(given[endpoint.name] ?? {}) };
}

/** A visit that could stand. */
const someVisit = {
  mode: 'door',
  at: '2026-11-20T01:00:00Z',
  content: {
    visitors: [{ staffId: null, name: '教师' }],
    notMet: { reason: 'notHome' },
  },
};

/** The least that each write needs to pass the parse; ids belong to nobody. */
const given: Record<string, Record<string, unknown>> = {
  'security.changePassword': { current: 'x', next: 'y' },
  'security.startSecondFactor': { password: 'x' },
  'security.confirmSecondFactor': { code: '000000' },
  'security.createAccount': { staffId: randomUUID(), login: 'nobody' },
  'security.resetPassword': { reason: '核对' },
  'security.setAccountState': { action: 'disable', reason: '核对' },
  'security.createToken': { name: '令牌', permissions: ['organisations.read'], days: 1 },
  'security.requestApproval': { kind: 'revealDocument', purpose: '核对身份', childId: randomUUID() },
  'security.decideApproval': { approve: true },
  'organisations.savePlace': {
    code: '420102999',
    kind: 'subdistrict',
    parentCode: null,
    name: '测试街道',
    contact: null,
    fromDate: '2026-09-01',
    toDate: null,
  },
  'organisations.saveSchool': {
    code: '2142999999',
    name: '测试小学',
    stage: '小学',
    subdistrictCode: null,
    contact: null,
    fromDate: '2026-09-01',
    toDate: null,
  },
  'organisations.setCatchment': { communityCodes: [], fromDate: '2026-09-01' },
  'organisations.saveStaff': { name: '测试', phone: null, note: null },
  'organisations.appoint': {
    role: 'principal',
    unitId: randomUUID(),
    fromDate: '2026-09-01',
    toDate: null,
    approvedBy: '局长',
  },
  'organisations.endPost': { toDate: '2026-12-01' },
  'organisations.setSetting': { key: 'target.enrolment', value: 99, fromDate: '2026-11-20', reason: '测试' },
  'organisations.listCalendar': { schoolYear: 2026 },
  'population.editChild': { reason: '核对', note: '一' },
  'population.revealChild': { what: 'phone', reason: '家访' },
  'population.recordSurvey': {
    id: randomUUID(),
    householdId: randomUUID(),
    day: '2026-11-20',
    result: 'empty',
    signature: 'x',
  },
  'population.searchAll': { q: '王' },
  'imports.uploadList': { kind: 'schools', fileName: 'a.csv', asOf: '2026-11-20' },
  'imports.correctHeld': { changes: {}, reason: '核对' },
  'imports.discardHeld': { reason: '核对' },
  'attendance.getRollCall': { classId: randomUUID(), day: '2026-11-20' },
  'attendance.markRollCall': { id: randomUUID(), classId: randomUUID(), day: '2026-11-20', absent: [] },
  'attendance.answerAbsence': { answer: 'arrived' },
  'attendance.correctMark': {
    id: randomUUID(),
    childId: randomUUID(),
    day: '2026-11-20',
    to: 'present',
    reason: '核对',
  },
  'attendance.decideCorrection': { accept: true, evidence: '看过记录' },
  'attendance.getMarkHistory': { childId: randomUUID(), day: '2026-11-20' },
  'attendance.requestLeave': {
    id: randomUUID(),
    childId: randomUUID(),
    kind: 'illness',
    fromDay: '2026-11-20',
    toDay: '2026-11-20',
  },
  'attendance.decideLeave': { approve: true },
  'attendance.endLeave': { day: '2026-11-20' },
  'attendance.addLeavePaper': { paperId: randomUUID() },
  'attendance.verifyLeave': { outcome: 'returned', note: '核对情况' },
  'attendance.listSubstitutes': { classId: randomUUID() },
  'attendance.nameSubstitute': {
    id: randomUUID(),
    classId: randomUUID(),
    staffId: randomUUID(),
    fromDay: '2026-11-20',
    toDay: '2026-11-20',
  },
  'attendance.listGaps': { from: '2026-11-20', to: '2026-11-20' },
  'attendance.listTallies': { from: '2026-11-20', to: '2026-11-20' },
  'attendance.getChildAttendance': { childId: randomUUID() },
  'attendance.exportClassMonth': { classId: randomUUID(), month: '2026-11' },
  'attendance.takeOverSheet': { schoolId: randomUUID(), day: '2026-11-20' },
  'risk.getChildSigns': { childId: randomUUID() },
  'risk.dismissSign': { note: '核对' },
  'comparison.runComparison': { asOf: '2026-11-20' },
  'comparison.explainFinding': { category: 'elsewhere', evidence: '看过证明' },
  'comparison.checkExplanation': { accept: true },
  'comparison.assignFinding': { ownerKind: 'district', ownerUnit: '420102', dueDate: '2026-12-01', reason: '改派' },
  'comparison.decideProposal': { decision: 'reject', reason: '核对' },
  'comparison.mergeChildren': { keptId: randomUUID(), mergedId: randomUUID(), reason: '核对' },
  'comparison.undoMerge': { reason: '核对' },
  'notices.previewDocument': { kind: 'persuasionNotice', childId: randomUUID() },
  'notices.issueDocument': { id: randomUUID(), kind: 'persuasionNotice', childId: randomUUID() },
  'notices.recordService': { serviceId: randomUUID(), mode: 'post', day: '2026-11-20' },
  'notices.voidDocument': { reason: '核对' },
  'notices.listTemplateVersions': { kind: 'persuasionNotice' },
  'notices.previewTemplate': { kind: 'persuasionNotice', content: shippedTemplates.persuasionNotice },
  'notices.saveTemplate': {
    kind: 'persuasionNotice',
    content: shippedTemplates.persuasionNotice,
    reason: '核对',
  },
  'notices.saveScheme': { kind: 'persuasionNotice', unit: { kind: 'school', id: randomUUID() }, scheme: '义劝通字' },
  'notices.issueBulk': { id: randomUUID(), kind: 'persuasionNotice', items: [{ childId: randomUUID() }] },
  'papers.uploadPaper': { id: randomUUID(), kind: 'photo', fileName: 'a.png' },
  'papers.voidPaper': { reason: '核对' },
  'dropout.reportDropout': {
    id: randomUUID(),
    childId: randomUUID(),
    discovered: '2026-11-20',
    reasonGroup: 'study',
    whereabouts: 'home',
  },
  'dropout.reportEmergency': {
    id: randomUUID(),
    childId: randomUUID(),
    kinds: ['missing'],
    words: '下落不明',
    day: '2026-11-20',
  },
  'dropout.dismissCase': { reason: '已返校' },
  'dropout.checkDismissal': { accept: true },
  'dropout.planCase': { goal: '返校', people: [{ name: '周老师', task: '上门', day: '2026-11-20' }] },
  'dropout.addContact': {
    contactId: randomUUID(),
    day: '2026-11-20',
    mode: 'phone',
    reached: true,
    words: '已联系',
  },
  'dropout.addStep': { stepId: randomUUID(), rung: 'persuade', day: '2026-11-20', words: '劝返' },
  'dropout.linkDocument': { documentId: randomUUID(), rung: 'correctionOrder' },
  'dropout.recordFinding': { day: '2026-11-20', facts: '事实', evidence: '证据', statement: '陈述' },
  'dropout.addReferral': { party: 'police', partyName: '派出所', sent: '2026-11-20', words: '查找' },
  'dropout.answerReferral': { referralId: randomUUID(), replied: '2026-11-20', words: '回复' },
  'dropout.handOver': { to: 'district', reason: '移交' },
  'dropout.markReturned': { placement: '三年级一班', signature: drawn(0.5) },
  'dropout.followUp': { number: 1, day: '2026-11-20', present: true, words: '在校' },
  'dropout.callBack': { day: '2026-11-20', reached: true, isBack: true, words: '在校' },
  'dropout.proposeClosing': { category: 'deceased' },
  'dropout.checkClosing': { accept: true },
  'dropout.reopenCase': { discovered: '2026-11-20', reason: '又未到校' },
  'dropout.listLedger': { ledger: 'suspected' },
  'dropout.exportLedger': { ledger: 'suspected' },
  'visits.recordVisit': { id: randomUUID(), childId: randomUUID(), ...someVisit },
  'visits.correctVisit': { id: randomUUID(), ...someVisit, reason: '核对' },
  'visits.attachScan': { papers: [randomUUID()], parties: ['teacher'] },
  'visits.makePlan': {
    id: randomUUID(),
    kind: 'term',
    name: '学期家访',
    schoolId: randomUUID(),
    from: '2026-11-20',
    to: '2026-12-20',
    preview: true,
  },
  'visits.assignVisits': { itemIds: [randomUUID()], staffId: randomUUID(), reason: '请假' },
  'visits.endPlan': { reason: '核对' },
  'duties.waiveDuty': { reason: '核对' },
  'duties.handOverDuty': { staffId: randomUUID(), reason: '请假' },
  'duties.getTimeliness': { from: '2026-11-01', to: '2026-11-30' },
  'duties.saveEmail': { email: null },
  'duties.addChannel': { kind: 'wecom', label: '测试群', schoolId: null, url: 'https://robot.example/send' },
};

beforeAll(async () => {
  world = await openWorld();
  await loadBinjiang(world);
  const school = await world.platform.database.loaderPool.query<{ id: string }>(
    `SELECT id FROM school WHERE district_code = $1 AND code = '2142010201'`,
    [world.district],
  );
  const room = await world.platform.database.loaderPool.query<{ id: string }>(
    `SELECT id FROM school_class WHERE district_code = $1 AND school_id = $2 ORDER BY grade LIMIT 1`,
    [world.district, school.rows[0]?.id],
  );
  const unit: Record<string, string> = {
    district: world.district,
    school: '2142010201',
    class: room.rows[0]?.id ?? '',
    subdistrict: '420102012',
    community: '420102012010',
  };
  for (const role of roles) people.set(role, await world.person(role, unit[roleUnit[role]] ?? ''));
});
afterAll(() => world.stop());

const closed = endpoints.filter((endpoint) => endpoint.permission !== null);
const asOf = (role: Role): Person => {
  const found = people.get(role);
  if (!found) throw new Error(role);
  return found;
};

describe('every endpoint', () => {
  it('SEC-01 is answered by exactly one route, and every route has an endpoint', () => {
    expect(routes.map((route) => route.endpoint.name).sort()).toEqual(
      endpoints.map((endpoint) => endpoint.name).sort(),
    );
  });

  it.each(closed.map((endpoint) => [endpoint.name, endpoint] as const))(
    'SEC-01 %s refuses a caller who is not signed in',
    async (_name, endpoint) => {
      const answered = await send(
        world.app,
        endpoint,
        strangerInput(endpoint),
        endpoint.upload ? { 'content-type': 'application/octet-stream' } : {},
      );
      expect(answered.status).toBe(401);
      expect(answered.body).toMatchObject({ code: 'signed-out' });
    },
  );

  it.each(closed.map((endpoint) => [endpoint.name, endpoint] as const))(
    'SEC-01 %s refuses every role without its permission',
    async (_name, endpoint) => {
      for (const role of roles) {
        if (endpoint.permission === null || grants[role][endpoint.permission] !== undefined) continue;
        const answered = await asOf(role).ask(
          endpoint,
          strangerInput(endpoint),
          endpoint.upload ? { headers: { 'content-type': 'application/octet-stream' } } : {},
        );
        expect([role, answered.status]).toEqual([role, 403]);
      }
    },
  );

  it.each(
    closed.filter((endpoint) => /:\w+/.test(endpoint.path)).map((endpoint) => [endpoint.name, endpoint] as const),
  )('SEC-02 %s answers not found for an id of nobody', async (_name, endpoint) => {
    for (const role of roles) {
      if (endpoint.permission === null || grants[role][endpoint.permission] === undefined) continue;
      const answered = await asOf(role).ask(endpoint, strangerInput(endpoint));
      expect([role, endpoint.name, answered.status]).toEqual([
        role,
        endpoint.name,
        endpoint.name === 'imports.exportHeld' ? 409 : 404,
      ]);
      break;
    }
  });

  it.each(
    closed
      .filter((endpoint) => endpoint.method === 'POST' && !endpoint.upload)
      .map((endpoint) => [endpoint.name, endpoint] as const),
  )('SEC-03 %s refuses malformed input', async (_name, endpoint) => {
    const role = roles.find((one) => endpoint.permission !== null && grants[one][endpoint.permission] !== undefined);
    if (!role) throw new Error(`nobody may ${endpoint.name}`);
    const malformed = Object.fromEntries(
      Object.keys({ ...strangerInput(endpoint), everywhere: 1 }).map((key) => [key, { wrong: true }]),
    );
    const answered = await asOf(role).ask(endpoint, malformed);
    if (endpoint.name === 'security.verifyAudit') expect(answered.status).toBe(200);
    else expect([endpoint.name, answered.status]).toEqual([endpoint.name, 422]);
  });

  it('SEC-04 a write sent twice under one request id gives the first answer; another input is refused', async () => {
    const officer = asOf('bureauOfficer');
    const requestId = randomUUID();
    const { saveStaff } = await import('#contract/organisations.ts');
    const first = await officer.ask(saveStaff, { name: '重复测试', phone: null, note: null }, { requestId });
    const second = await officer.ask(saveStaff, { name: '重复测试', phone: null, note: null }, { requestId });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    const third = await officer.ask(saveStaff, { name: '另一个人', phone: null, note: null }, { requestId });
    expect(third.status).toBe(409);
    const count = await world.platform.database.loaderPool.query(
      `SELECT 1 FROM staff WHERE district_code = $1 AND name IN ('重复测试', '另一个人')`,
      [world.district],
    );
    expect(count.rowCount).toBe(1);
  });

  it('SEC-09 a write without our header or from another origin is refused', async () => {
    const { saveStaff } = await import('#contract/organisations.ts');
    const officer = asOf('bureauOfficer');
    const input = { name: '来源', phone: null, note: null };
    expect((await officer.ask(saveStaff, input, { headers: { 'x-baoxue': '0' } })).body).toMatchObject({
      code: 'origin-wrong',
    });
    expect(
      (await officer.ask(saveStaff, input, { headers: { origin: 'https://elsewhere.example' } })).body,
    ).toMatchObject({ code: 'origin-wrong' });
  });

  it('SEC-10 the three administrators have no permission that reads a child, and the database returns them none', async () => {
    for (const role of ['sysAdmin', 'secAdmin', 'auditAdmin'] as const) {
      for (const endpoint of closed.filter(
        (one) =>
          one.permission !== null &&
          /^(children|findings|roster|proposals|survey|lists|cockpit)\./.test(one.permission),
      )) {
        expect(
          (
            await asOf(role).ask(
              endpoint,
              strangerInput(endpoint),
              endpoint.upload ? { headers: { 'content-type': 'application/octet-stream' } } : {},
            )
          ).status,
        ).toBe(403);
      }
    }
  });
});

describe('the audit trail', () => {
  it('SEC-05 grows by one chained row for a write and is whole after everything above', async () => {
    const { saveStaff } = await import('#contract/organisations.ts');
    const { verifyAudit } = await import('#contract/security.ts');
    const before = await asOf('auditAdmin').call(verifyAudit, {});
    await asOf('bureauOfficer').call(saveStaff, { name: '留痕', phone: null, note: null });
    const after = await asOf('auditAdmin').call(verifyAudit, {});
    expect(before.brokenAt).toBeNull();
    expect(after.brokenAt).toBeNull();
    expect(after.links - before.links).toBe(2);
  });

  it('SEC-05 tells a changed row', async () => {
    const { verifyAudit } = await import('#contract/security.ts');
    const owner = await world.platform.database.ownerPool.connect();
    try {
      await owner.query('BEGIN');
      await owner.query('ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY');
      await owner.query(`UPDATE audit_entry SET reason = 'forged' WHERE district_code = $1 AND sequence = 3`, [
        world.district,
      ]);
      await owner.query('ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY');
      await owner.query('COMMIT');
    } finally {
      owner.release();
    }
    expect((await asOf('auditAdmin').call(verifyAudit, {})).brokenAt).toBe(3);
  });
});

describe('row-level security', () => {
  it('SEC-14 a scoped read sees only its district and reach', async () => {
    const client = await world.platform.database.appPool.connect();
    try {
      const count = async (district: string, all: string, reach: string) => {
        await client.query('BEGIN');
        await client.query('SELECT platform.enter_scope($1, $2, $3, $4)', [district, 'test', all, reach]);
        const found = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM child');
        await client.query('COMMIT');
        return found.rows[0]?.count ?? -1;
      };
      expect(await count('420103', '1', '')).toBe(0);
      expect(await count('420102', '', '{}')).toBe(0);
      expect(await count('420102', '1', '')).toBe(883);
      const one = await count('420102', '', '{"subdistrict:420102012"}');
      expect(one).toBeGreaterThan(10);
      expect(one).toBeLessThan(883);
      expect((await client.query('SELECT 1 FROM child')).rowCount).toBe(0);
    } finally {
      client.release();
    }
  });
});
