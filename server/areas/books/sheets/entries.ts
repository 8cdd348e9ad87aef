import { maskPhone, maskRegistryNo } from '#domain/basics/masking.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';

/** The entries of the lists about a child, with what is sealed in them. */
export interface EntriesOf {
  registerId: string | null;
  registerSealed: Buffer | null;
  enrolmentId: string | null;
  enrolmentSealed: Buffer | null;
}

type Opened = Partial<Record<'registryNo' | 'phone' | 'guardianPhone' | 'registeredAddress', string>>;

/** What a row of a table has sealed, empty for none. */
export function openedOf<Fields extends object>(
  context: Context,
  table: string,
  row: { id: string | null; sealed: Buffer | null },
  column = 'sealed',
): Partial<Fields> {
  const { id, sealed } = row;
  if (id === null || sealed === null) return {};
  const opened = openJson(context.keys, { table, column, district: context.district, id }, sealed);
  // the writer of the table seals these fields
  return typeof opened === 'object' && opened !== null ? opened : {};
}

/** A number as a sheet shows it: masked unless full ones were approved; empty for none. */
export function shown(number: string | undefined, full: boolean, mask: (number: string) => string): string {
  return number === undefined || number === '' ? '' : full ? number : mask(number);
}

/** The place of the household registration as the register has it. */
export function registeredAddressOf(context: Context, row: Pick<EntriesOf, 'registerId' | 'registerSealed'>): string {
  const entry = openedOf<Opened>(context, 'register_entry', { id: row.registerId, sealed: row.registerSealed });
  return entry.registeredAddress ?? '';
}

/** Registry number, guardian's phone and place of registration as the lists say, the register first. */
export function entriesOf(
  context: Context,
  row: EntriesOf,
  full: boolean,
): { registry: string; phone: string; registered: string } {
  const register = openedOf<Opened>(context, 'register_entry', { id: row.registerId, sealed: row.registerSealed });
  const roll = openedOf<Opened>(context, 'enrolment', { id: row.enrolmentId, sealed: row.enrolmentSealed });
  const phone = [register.phone, roll.phone, roll.guardianPhone].find((one) => one !== undefined && one !== '');
  return {
    registry: shown(roll.registryNo || register.registryNo, full, (one) => maskRegistryNo(one, { besideBirth: true })),
    phone: shown(phone, full, maskPhone),
    registered: register.registeredAddress ?? '',
  };
}
