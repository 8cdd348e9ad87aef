import { describe, expect, it } from 'vitest';
import { clusterFaults, readyCluster } from './cluster.ts';
import { startTestServer } from './test-server.ts';

const tables = [
  { name: 'child', kind: 'district' as const, backup: true },
  { name: 'code', kind: 'reference' as const, backup: true },
];
const faults = (sql: string) => clusterFaults([{ sql }], tables);

describe('the rules of a cluster', () => {
  it('INT-13 the migrations keep them', () => {
    expect(clusterFaults()).toEqual([]);
  });

  it('INT-13 each rule finds what breaks it', () => {
    const table = (more: string) =>
      faults(`CREATE TABLE child (district_code text NOT NULL, id uuid NOT NULL, ${more});`);
    expect(table('CONSTRAINT child_pk PRIMARY KEY (district_code, id)')).toEqual([]);
    expect(table('CONSTRAINT child_pk PRIMARY KEY (id)')).toEqual(['child.child_pk: district_code is no part of it']);
    expect(table('CONSTRAINT child_uq UNIQUE (id, district_code)')).toEqual([
      'child.child_uq: district_code is not first',
    ]);
    expect(table('CONSTRAINT child_ex EXCLUDE USING gist (id WITH =, district_code WITH =)')).toEqual([]);
    expect(table('CONSTRAINT child_ex EXCLUDE USING gist (id WITH =)')).toHaveLength(1);
    expect(table('CONSTRAINT child_fk FOREIGN KEY (id) REFERENCES child (id)')).toHaveLength(1);
    expect(table('CONSTRAINT child_code_fk FOREIGN KEY (id) REFERENCES code (id)')).toEqual([]);
    expect(table('UNIQUE (district_code, id)')).toEqual(['child: unnamed constraint']);
    expect(faults('CREATE TABLE child (id uuid);')).toEqual(['child: does not begin with district_code text NOT NULL']);
    expect(faults('CREATE UNIQUE INDEX child_ix ON child (id);')).toHaveLength(1);
    expect(faults('UPDATE child SET at = now() WHERE district_code = 1;')).toHaveLength(1);
    expect(faults('CREATE POLICY p ON child AS RESTRICTIVE USING (true);')).toHaveLength(1);
    expect(faults('ALTER TABLE child ADD COLUMN a int CHECK (a > 0);')).toHaveLength(1);
    expect(faults('CREATE MATERIALIZED VIEW v AS SELECT 1;')).toHaveLength(1);
  });

  it('INT-13 a server without the extension is refused with a sentence that says what to do', async () => {
    const server = await startTestServer();
    try {
      const database = await server.makeDatabase('cluster_check');
      await expect(readyCluster(server.adminUrl, database.databaseName)).rejects.toThrow(
        /没有安装 Citus 扩展.*Citus 14/,
      );
    } finally {
      await server.stop();
    }
  });
});
