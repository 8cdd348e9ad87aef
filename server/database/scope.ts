import type pg from 'pg';
import { tables as allTables } from './manifest.ts';
import type { TableEntry } from './manifest.ts';

/**
 * The start-up check of row-level security: a read without a scope returns no row from any district table. Throws, naming the
 * tables, when one does — then the server must not answer. A table the application may not read at all passes.
 */
export async function checkScope(appPool: pg.Pool, tables: TableEntry[] = allTables): Promise<void> {
  const client = await appPool.connect();
  const open: string[] = [];
  try {
    for (const { name } of tables.filter(({ kind }) => kind === 'district')) {
      const found = await client.query(`SELECT 1 FROM ${name} LIMIT 1`).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === '42501') return { rowCount: 0 };
        throw error;
      });
      if (found.rowCount) open.push(name);
    }
  } finally {
    client.release();
  }
  if (open.length > 0)
    throw new Error(`行级安全检查未通过，未限定范围的查询读到了数据：${open.join('、')}。系统拒绝启动。`);
}
