import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { roleWords, type Role } from '#domain/basics/roles.ts';
import { runComparison } from '#server/areas/comparison/actions.ts';
import { importNow, type HandIn } from '#server/areas/imports/actions.ts';
import { createStaffWithAccount } from '#server/areas/security/actions.ts';
import { createDistrict, findClassUnit, setCatchmentsByAddress } from '#server/areas/organisations/actions.ts';
import type { Platform } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { liveSomeDays } from './live.ts';
import { makeSampleFiles, SAMPLE_AS_OF, SAMPLE_DISTRICT } from './make.ts';

/** The password of every account of the sample district; there is no such account in production. */
export const samplePassword = 'Baoxue-2026';

/** Loads the sample district by the same imports and actions that users have; with `listsOnly` nothing has happened in it yet. */
export async function loadSample(
  platform: Platform,
  say: (line: string) => void,
  options: { listsOnly: boolean },
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-sample-'));
  try {
    const manifest = await makeSampleFiles(folder);
    await createDistrict(platform, SAMPLE_DISTRICT);
    const actor = platformActor(SAMPLE_DISTRICT, '示例区');
    const hand = async (kind: HandIn['kind'], file: string, list?: string) => {
      const done = await importNow(
        platform,
        actor,
        { kind, fileName: path.basename(file), asOf: SAMPLE_AS_OF, dryRun: false, ...(list ? { list } : {}) },
        await readFile(file),
      );
      say(
        `  ${path.basename(file)}：${String(done.rows)} 行，接收 ${String(done.accepted)}，待更正 ${String(done.held.length)}`,
      );
    };
    for (const file of manifest.files.schools) await hand('schools', file);
    for (const file of manifest.files.register) await hand('register', file);
    for (const file of manifest.files.rosters) await hand('roster', file);
    for (const file of manifest.files.presence) await hand('presence', file);
    for (const { path: file, list } of manifest.files.keylists) await hand('keylist', file, list);
    await setCatchmentsByAddress(platform, SAMPLE_DISTRICT, SAMPLE_AS_OF);
    const accounts = new Map<string, string>();
    for (const person of manifest.staff.filter((one) => one.shown)) {
      const unitId = await findClassUnit(platform, SAMPLE_DISTRICT, person.unitKind, person.unit);
      const { accountId } = await createStaffWithAccount(platform, {
        district: SAMPLE_DISTRICT,
        name: person.name,
        login: person.login,
        password: samplePassword,
        posts: [{ role: person.role, unitId }],
        mustChange: false,
      });
      accounts.set(person.login, accountId);
    }
    await runAs(platform, { actor, reach: { all: true, tokens: [] }, audit: 'comparison.runComparison' }, (context) =>
      runComparison(context, SAMPLE_AS_OF),
    );
    if (!options.listsOnly) await liveSomeDays(platform, accounts, say);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One line for each role of the sample's accounts; empty when the sample is not loaded. */
export async function sampleAccounts(platform: Platform): Promise<string[]> {
  const found = await platform.database.loaderPool.query<{ role: Role; login: string; name: string }>(
    `SELECT DISTINCT ON (p.role) p.role, a.login, s.name FROM account a JOIN staff s ON s.district_code = a.district_code AND s.id = a.staff_id
     JOIN post p ON p.district_code = a.district_code AND p.staff_id = a.staff_id
     WHERE a.district_code = $1 AND EXISTS (SELECT 1 FROM import_file f WHERE f.district_code = $1 AND f.started_name = '示例区') ORDER BY p.role, a.created_at`,
    [SAMPLE_DISTRICT],
  );
  if (found.rows.length === 0) return [];
  return [
    `示例账号（密码均为 ${samplePassword}）：`,
    ...found.rows.map((row) => `  ${roleWords[row.role]}　${row.login}　${row.name}`),
  ];
}
