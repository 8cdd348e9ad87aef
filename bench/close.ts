import { loadavg } from 'node:os';
import { randomUUID } from 'node:crypto';
import { downloadFile, listFiles, orderFile } from '#contract/books.ts';
import { makeSheet, type MadeSheet } from '#server/areas/books/make.ts';
import { printSheet } from '#server/areas/books/print.ts';
import { signReport } from '#server/areas/statistics/report-acts.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import type { Context, Platform } from '#server/http/context.ts';
import { layFigures } from './figure-data.ts';
import { addressOf, install, printTable } from './installation.ts';

// Monday after the week that is closed: every report of it can be signed.
const [clock, friday] = ['2026-11-23T02:00:00Z', '2026-11-20'];
const pupils = Number(process.argv[2] ?? 85_000);
const bookPupils = 2000;
const bookSchool = '00000000-0000-4000-8001-000000000003';

process.env['BAOXUE_TEST_CLOCK'] = clock;

function asPlatform<T>(
  platform: Platform,
  district: string,
  audit: string,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  // prettier-ignore
  return runAs(platform, { actor: platformActor(district, '校长'), reach: { all: true, tokens: [] }, audit }, work);
}

/** Puts so many pupils onto the roll of one school, in the classes of its grades. */
async function layRoll(platform: Platform, district: string): Promise<void> {
  await platform.database.loaderPool.query(
    `INSERT INTO enrolment (district_code, child_id, school_id, class_id, grade, name, sex, birth_date, guardian, address, tags, during, from_date, known, row_print, reach)
     SELECT c.district_code, c.child_id, $2::uuid, k.id, 1 + (c.place % 6)::int, '学生' || c.place, 'male', '2017-03-02', '监护人' || c.place, '江岸区某某街道某某社区某某路 ' || c.place || ' 号', '{}', '[2026-09-01,)', '2026-09-01',
       '["2026-11-01 00:00:00+00",)', '\\x00', ARRAY['school:' || $2::text]
     FROM (SELECT c.district_code, c.child_id, row_number() OVER (ORDER BY c.child_id) AS place FROM course c WHERE c.district_code = $1 AND c.to_date IS NULL AND c.state = 'inSchool' AND c.grade <= 6 ORDER BY c.child_id LIMIT $3) c
     JOIN school_class k ON k.district_code = $1 AND k.school_id = $2::uuid AND k.school_year = 2026 AND k.grade = 1 + (c.place % 6)::int AND k.class_no = (1 + (c.place / 6) % 6)::text`,
    [district, bookSchool, bookPupils],
  );
  await platform.database.ownerPool.query('ANALYZE enrolment');
}

let schools: string[] = [];
const installation = await install(async (platform, district) => {
  await layFigures(platform, district, pupils);
  await layRoll(platform, district);
  const found = await platform.database.loaderPool.query<{ id: string }>(
    `SELECT id FROM school WHERE district_code = $1 AND code LIKE '21429%' ORDER BY code`,
    [district],
  );
  schools = found.rows.map((row) => row.id);
});
try {
  const { platform, district } = installation;
  const maker = { name: '校长', approvedBy: null };
  const reason = '年度演练，点名未全部完成';
  let begun = performance.now();
  let [signSeconds, paperSeconds, bytes] = [0, 0, 0];
  for (const schoolId of schools) {
    const started = performance.now();
    await asPlatform(platform, district, 'statistics.signReport', (context) =>
      signReport(context, {
        schoolId,
        period: 'week',
        day: friday,
        nil: false,
        reason,
        explanations: [],
        summary: null,
      }),
    );
    const signed = performance.now();
    signSeconds += (signed - started) / 1000;
    const ask = { schoolId, day: friday, knownAt: '2026-11-23T02:00:00.000000Z', level: 'all', period: 'week', full: false } as const; // prettier-ignore
    const file = await asPlatform(platform, district, 'books.exportSheet', async (context) => {
      const made: MadeSheet = await makeSheet(context, 'table1', ask);
      return printSheet(context, made, 'pdf', maker);
    });
    bytes += file.body.length;
    paperSeconds += (performance.now() - signed) / 1000;
  }
  const weekSeconds = (performance.now() - begun) / 1000;

  const id = randomUUID();
  begun = performance.now();
  await installation.call(orderFile, { id, what: 'schoolBook', schoolId: bookSchool });
  for (;;) {
    const row = (await installation.call(listFiles, { size: 5 })).rows.find((one) => one.id === id);
    if (row?.state === 'failed') throw new Error(row.problem ?? 'failed');
    if (row?.state === 'done') break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { url } = addressOf(installation.url, downloadFile, { id });
  const book = Buffer.from(await (await fetch(url, { headers: installation.headers })).arrayBuffer());
  const bookSeconds = (performance.now() - begun) / 1000;
  const [row] = (await installation.call(listFiles, { size: 5 })).rows;
  const round = (seconds: number) => Number(seconds.toFixed(1));
  printTable([
    { what: '100 reports signed', seconds: round(signSeconds), size: `${String(schools.length)} schools` },
    { what: 'their documents laid out', seconds: round(paperSeconds), size: `${String(Math.round(bytes / 1024))} KB` },
    { what: '一校一册', seconds: round(bookSeconds), size: `${String(bookPupils)} pupils, ${String(row?.pages ?? 0)} pages, ${String(Math.round(book.length / 1024))} KB` }, // prettier-ignore
  ]);
  process.stdout.write(`load ${loadavg().map((one) => one.toFixed(1)).join(' ')}; ${String(pupils)} pupils in the district\n`); // prettier-ignore
  const result = { schools: schools.length, weekSeconds: round(weekSeconds), bookSeconds: round(bookSeconds) };
  process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);
} finally {
  await installation.stop();
}
