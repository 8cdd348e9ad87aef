import { install, printTable } from './installation.ts';
import { measureDuties, type DutiesMeasured } from './jobs-duties.ts';
import { measureNotices, prepareNotices } from './jobs-notices.ts';

/** `npm run -s bench:jobs [part]`: the part `notices`, the part `duties`, or both. */
const part = process.argv[2] ?? 'both';
const count = 1000;
const measured: DutiesMeasured[] = [];
const installation = await install(async (platform, district) => {
  if (part !== 'notices') measured.push(await measureDuties(platform, district));
  if (part !== 'duties') await prepareNotices(platform, district, count);
});
try {
  const notices = part === 'duties' ? null : await measureNotices(installation, count);
  const [duties] = measured;
  if (notices) printTable([{ ...notices }]);
  if (duties) printTable([{ ...duties }]);
  const result = {
    ...(notices && { notices: notices.notices, noticesSeconds: notices.noticesSeconds }),
    ...(duties && { duties: duties.duties, dutiesSeconds: duties.dutiesSeconds }),
  };
  process.stdout.write(`RESULT ${JSON.stringify(result)}\n`);
} finally {
  await installation.stop();
}
