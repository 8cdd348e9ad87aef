import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';

/** Where the passwords of the database roles come from: derived from the master key, so nothing is stored. */
export type RoleKeys = { rolePassword(role: string): string };

/** The roles of the platform. */
export type RoleName = 'baoxue_owner' | 'baoxue_app' | 'baoxue_loader';

const roles: { name: RoleName; rights: string }[] = [
  { name: 'baoxue_owner', rights: 'LOGIN NOINHERIT' },
  { name: 'baoxue_app', rights: 'LOGIN NOINHERIT' },
  { name: 'baoxue_loader', rights: 'LOGIN NOINHERIT BYPASSRLS' },
];

/**
 * Makes the three roles and sets their passwords. The password is sent as a SCRAM verifier, never in the clear.
 * The administrator needs superuser rights, or CREATEROLE with BYPASSRLS.
 */
export async function ensureRoles(adminUrl: string, keys: RoleKeys): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Two processes altering one role at once is an error in PostgreSQL.
    await client.query(`SELECT pg_advisory_lock(hashtext('baoxue roles'))`);
    const found = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [
      roles.map(({ name }) => name),
    ]);
    const present = new Set(found.rows.map(({ rolname }) => rolname));
    for (const { name, rights } of roles) {
      const verb = present.has(name) ? 'ALTER' : 'CREATE';
      await client.query(`${verb} ROLE ${name} ${rights} PASSWORD '${scramVerifier(keys.rolePassword(name))}'`);
    }
    // The closed compartment (health lists) opens only after SET LOCAL ROLE; on Citus it is granted LOGIN by the operator.
    const closed = await client.query(`SELECT 1 FROM pg_roles WHERE rolname = 'baoxue_closed'`);
    if (closed.rowCount === 0) await client.query('CREATE ROLE baoxue_closed NOLOGIN NOINHERIT');
    await client.query('GRANT baoxue_closed TO baoxue_app WITH INHERIT FALSE, SET TRUE');
    // Restore loads as the loader inside the owner's transaction; the owner could switch row-level security off anyway.
    await client.query('GRANT baoxue_loader TO baoxue_owner WITH INHERIT FALSE, SET TRUE');
    const superuser = await client.query<{ rolsuper: boolean }>(
      'SELECT rolsuper FROM pg_roles WHERE rolname = current_user',
    );
    if (superuser.rows[0]?.rolsuper === false) await client.query('GRANT baoxue_owner TO CURRENT_USER WITH SET TRUE');
    // A bulk import checks the foreign keys of all its rows at once; where this cannot be granted, they are checked row by row.
    else await client.query('GRANT SET ON PARAMETER session_replication_role TO baoxue_loader');
  } finally {
    await client.end();
  }
}

/** RFC 5803 form of a password, as PostgreSQL stores it. */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
  const sign = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(sign('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${sign('Server Key').toString('base64')}`;
}
