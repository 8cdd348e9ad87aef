import { randomUUID } from 'node:crypto';
import { downloadFile, listFiles, orderFile } from '#contract/books.ts';
import type { Endpoint, InputOf } from '#contract/endpoint.ts';
import { decideReport, exportReport, exportRoll } from '#contract/statistics-reports.ts';
import { signReport } from '#server/areas/statistics/report-acts.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import type { Platform } from '#server/http/context.ts';
import { layFigures } from './figure-data.ts';
import { addressOf, install, loadWords, option, printTable } from './installation.ts';

// Monday after the week that is closed: every report of it can be signed.
const [clock, friday] = ['2026-11-23T02:00:00Z', '2026-11-20'];
// `-- --schools 5 --book 300 --pupils 3000`: how many schools close their week, the pupils of the book's school, and of the district.
const pupils = option('pupils', 85_000);
const asked = option('schools', 100);
const bookPupils = option('book', 2000);
const bookSchool = '00000000-0000-4000-8001-000000000003';

process.env['BAOXUE_TEST_CLOCK'] = clock;

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
  schools = found.rows.slice(0, asked).map((row) => row.id);
});
try {
  const { platform, district } = installation;
  const download = async <E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<Buffer> => {
    const { url } = addressOf(installation.url, endpoint, input as Record<string, unknown>); // as: inputs are plain objects
    const answered = await fetch(url, { headers: installation.headers });
    if (!answered.ok) throw new Error(`${String(answered.status)} ${await answered.text()}`);
    return Buffer.from(await answered.arrayBuffer());
  };
  const spent = { sign: 0, accept: 0, pdf: 0, xlsx: 0, roll: 0 };
  const bytes = { pdf: 0, xlsx: 0, roll: 0 };
  const during = async <T>(what: keyof typeof spent, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const made = await work();
    spent[what] += (performance.now() - started) / 1000;
    return made;
  };
  const week = { period: 'week', day: friday } as const;
  const reason = '年度演练，点名未全部完成';
  const principal = { actor: platformActor(district, '校长'), reach: { all: true, tokens: [] }, audit: 'statistics.signReport' }; // prettier-ignore
  let begun = performance.now();
  for (const schoolId of schools) {
    const { id, version } = await during('sign', () =>
      runAs(platform, principal, (context) =>
        signReport(context, { ...week, schoolId, nil: false, reason, explanations: [], summary: null }),
      ),
    );
    await during('accept', () => installation.call(decideReport, { id, version, accept: true }));
    for (const format of ['pdf', 'xlsx'] as const)
      bytes[format] += (await during(format, () => download(exportReport, { ...week, schoolId, format }))).length;
  }
  for (const format of ['pdf', 'xlsx'] as const)
    bytes.roll += (await during('roll', () => download(exportRoll, { ...week, format }))).length;
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
  const book = await download(downloadFile, { id });
  const bookSeconds = (performance.now() - begun) / 1000;
  const [row] = (await installation.call(listFiles, { size: 5 })).rows;
  const round = (seconds: number) => Number(seconds.toFixed(1));
  const sized = (size: number) => `${String(Math.round(size / 1024))} KB`;
  printTable([
    { what: 'reports signed', seconds: round(spent.sign), size: `${String(schools.length)} schools` },
    { what: 'reports accepted', seconds: round(spent.accept), size: '' },
    { what: 'their PDF', seconds: round(spent.pdf), size: sized(bytes.pdf) },
    { what: 'their workbook', seconds: round(spent.xlsx), size: sized(bytes.xlsx) },
    { what: "the district's PDF and workbook", seconds: round(spent.roll), size: sized(bytes.roll) },
    { what: '一校一册', seconds: round(bookSeconds), size: `${String(bookPupils)} pupils, ${String(row?.pages ?? 0)} pages, ${sized(book.length)}` }, // prettier-ignore
  ]);
  process.stdout.write(`${String(pupils)} pupils in the district; ${loadWords()}\n`);
  const result = { schools: schools.length, weekSeconds: round(weekSeconds), bookSeconds: round(bookSeconds) };
  process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);
} finally {
  await installation.stop();
}
