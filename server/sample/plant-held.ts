import type { Planting } from './entries.ts';
import { registerEntry, rosterEntry } from './entries.ts';
import { dayBetween, wrongCheck } from './invented.ts';
import type { InventedChild } from './people.ts';
import type { PlantCounts } from './plan.ts';
import type { HeldCode } from './planted.ts';

const UNREADABLE = ['不详', '2015年13月45日', '二〇一五年春', '2016-02-30', '201X0412', '待核'];
const CODES = [
  ['name-missing', 'nameMissing'],
  ['birth-unreadable', 'birthUnreadable'],
  ['id-check-digit', 'idCheckDigit'],
  ['birth-id-mismatch', 'birthIdMismatch'],
  ['sex-id-mismatch', 'sexIdMismatch'],
] as const satisfies readonly (readonly [HeldCode, keyof PlantCounts['held']])[];

interface Fault {
  readonly held: HeldCode;
  readonly name?: string;
  readonly sex?: string;
  readonly birth?: string;
  readonly documentNumber?: string;
}

/** Adds register rows that must be held; no other list knows these children. */
export function plantHeldRegisterRows(planting: Planting): void {
  for (const [code, key] of CODES) {
    for (let at = 0; at < planting.plan.counts.held[key]; at += 1) {
      const child = planting.people.child({});
      planting.district.register.push({ ...registerEntry(child), ...fault(planting, code, child, at) });
    }
  }
}

/** Adds roster rows that must be held; no other list knows these children. */
export function plantHeldRosterRows(planting: Planting): void {
  for (const [code, key] of CODES) {
    for (let at = 0; at < planting.plan.counts.rosterHeld[key]; at += 1) {
      const seat = planting.people.seat();
      const child = planting.people.child({ grade: seat.grade });
      planting.district.rosters.push({ ...rosterEntry(child, seat), ...fault(planting, code, child, at) });
    }
  }
}

function fault({ chance }: Planting, held: HeldCode, child: InventedChild, at: number): Fault {
  switch (held) {
    case 'name-missing':
      return { held, name: '' };
    case 'birth-unreadable':
      return { held, birth: UNREADABLE[at % UNREADABLE.length] ?? '不详' };
    case 'id-check-digit':
      return { held, documentNumber: wrongCheck(chance, child.documentNumber) };
    case 'birth-id-mismatch': {
      const year = child.birth.slice(0, 4);
      let birth = child.birth;
      while (birth === child.birth) birth = dayBetween(chance, `${year}-01-01`, `${year}-12-31`);
      return { held, birth };
    }
    case 'sex-id-mismatch':
      return { held, sex: child.sex === '男' ? '女' : '男' };
  }
}
