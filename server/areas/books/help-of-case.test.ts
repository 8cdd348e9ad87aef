import { afterAll, beforeAll, expect, it } from 'vitest';
import { addHelp, keepRecord, withdrawRecord } from '#contract/books-records.ts';
import { listLedger } from '#contract/dropout-ledgers.ts';
import { exportCase } from '#contract/dropout-views.ts';
import { confirmCase } from '#contract/dropout.ts';
import { confirmedCase, openCaseWorld, phoneId, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { rows } from '#server/testing/reach.ts';
import { wordsOfPdf } from '#server/testing/pdf.ts';
import { wordsOfWord } from '#server/testing/word.ts';

let on: CaseWorld;
beforeAll(async () => {
  on = await openCaseWorld();
});
afterAll(() => on.world.stop());

it('DRP-50 DRP-51 aid and help to a pupil stand in the ledger of dropouts and in the book of the case, withdrawn ones do not', async () => {
  const pupil = pupilOf(on, 0);
  const id = await confirmedCase(on, 0, (of) => on.principal.call(confirmCase, { id: of }));
  const empty = wordsOfPdf((await on.principal.ask(exportCase, { id, form: 'pdf' })).body);
  expect(empty).toMatch(/帮扶\s+无。/);
  const [post] = await rows<{ staff_id: string }>(
    on.world,
    `SELECT staff_id FROM post WHERE district_code = $1 AND role = 'classTeacher' AND unit_id = $2 AND approved_by IS NOT NULL ORDER BY id DESC LIMIT 1`,
    [pupil.class_id],
  );
  const written = { schoolId: pupil.school_id, day: '2026-11-19', childIds: [pupil.id] };
  await on.principal.call(keepRecord, {
    id: phoneId(),
    written: { ...written, kind: 'aid', sort: 'subsidy', title: '秋季生活补助', words: '区财政' },
  });
  const pairing = phoneId();
  await on.principal.call(keepRecord, {
    id: pairing,
    written: {
      ...written,
      kind: 'pairing',
      sort: 'teacherPupil',
      classId: pupil.class_id,
      title: '回到课堂',
      words: '每周补课两次',
      staffIds: [post?.staff_id ?? ''],
      difficulties: ['学习困难', '家庭经济困难'],
    },
  });
  await on.principal.call(addHelp, {
    firstId: pairing,
    id: phoneId(),
    seen: 1,
    what: 'contact',
    day: '2026-11-20',
    words: '第一次补课，愿意回校',
  });
  await on.principal.call(keepRecord, {
    id: phoneId(),
    written: { ...written, childIds: [pupil.id, pupilOf(on, 1).id], kind: 'aid', sort: 'fund', title: '两名学生的事', words: '密语另一名学生家里' },
  }); // prettier-ignore
  const wrong = phoneId();
  await on.principal.call(keepRecord, {
    id: wrong,
    written: { ...written, kind: 'aid', sort: 'goods', title: '登记错的物资', words: '学校' },
  });
  await on.principal.call(withdrawRecord, { firstId: wrong, id: phoneId(), seen: 1, reason: '登记错误' });

  await on.move('2026-11-20T03:00:00Z');
  const ledger = await on.officer.call(listLedger, { ledger: 'dropout', day: '2026-11-20', size: 200 });
  const cells = ledger.rows.find((row) => row.childId === pupil.id)?.cells ?? [];
  const measures = cells[ledger.columns.indexOf('帮扶措施')] ?? '';
  expect(measures.split('；').sort()).toEqual(
    ['社会资助 2026-11-19', '生活补助 2026-11-19', '结对帮扶 2026-11-19'].sort(),
  );
  const printed = wordsOfPdf((await on.principal.ask(exportCase, { id, form: 'pdf' })).body).replace(/\s/g, '');
  const word = wordsOfWord((await on.principal.ask(exportCase, { id, form: 'word' })).body).text;
  for (const said of ['秋季生活补助', '每周补课两次', '第一次补课']) {
    expect(printed).toContain(said);
    expect(word).toContain(said);
  }
  expect(word).not.toContain('登记错的物资');
  // Of a record that names another pupil too no word is printed.
  expect(word).toContain('涉及几名学生，见工作记录');
  expect(word).not.toMatch(/两名学生的事|密语另一名/u);
});
