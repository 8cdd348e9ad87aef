import { Failure } from '#domain/basics/failure.ts';
import { loadConfig } from '#server/config.ts';
import { loadKeys } from '#server/crypto/keys.ts';
import { connectDatabase } from '#server/database/open.ts';
import { platformActor } from '#server/http/run.ts';
import { assemble } from '#server/platform.ts';
import { performImport } from './perform.ts';

const [district = '', id = ''] = process.argv.slice(2);
const config = loadConfig(process.env);
const keys = loadKeys(config.keyFile, { production: config.production });
const database = await connectDatabase(
  process.env['BAOXUE_WORKER_DATABASE'] ?? '',
  process.env['BAOXUE_WORKER_NAME'] ?? 'baoxue',
  keys,
);
try {
  await performImport(assemble(config, keys, database), platformActor(district, '导入'), id);
} catch (error) {
  // A refusal of the file stands on the import's own page; anything else is worth another try.
  if (!(error instanceof Failure)) process.exitCode = 1;
} finally {
  await database.stop();
}
