import { rosterColumns } from '#domain/enrolment/columns.ts';
import { writeXlsx } from '#server/spreadsheets/write.ts';
import { generateMatchData, type GeneratedChild } from './match-data.ts';
import { rosterRow } from './match-rows.ts';

/** Writes a roster in the national template (72 columns) with the children as rows. */
export async function writeRosterFile(file: string, children: readonly GeneratedChild[]): Promise<number> {
  const extra: Record<string, string> = {
    birthPlace: '420102',
    nationality: '中国',
    overseas: '否',
    health: '健康或良好',
    householdType: '非农业户口',
    registeredArea: '420102',
    entryWay: '就近入学',
    studyWay: '走读',
    source: '正常入学',
    disability: '无残疾',
    onlyChild: '否',
    leftBehind: '否',
    orphan: '否',
    ethnicity: '汉族',
  };
  const written = await writeXlsx(file, {
    columns: rosterColumns.map((column) => ({ label: column.label })),
    rows: children.map((child) => {
      const row = rosterRow(child);
      return rosterColumns.map((column) => row[column.key] ?? extra[column.key] ?? '');
    }),
  });
  return written.rows;
}

/** Children of a made-up district, some thousand a second; the seed decides everything. */
export function makeChildren(count: number, seed = 20261120): GeneratedChild[] {
  return generateMatchData({ seed, children: count, damaged: 0, lookalikes: 0, onlyRegister: 0, onlyRoster: 0 }).roster;
}
