import { blindIndex, openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { closeRolls, insertRoll, readChildFacts, readLastRoll, readRolls, type RollRow } from './store-roll.ts';

/** Where a child is to be on roll from a day on; null: on none. */
export interface RollTarget {
  schoolId: string;
  classId: string | null;
  grade: number;
}

/** A roll entry written again under a new id, its sealed part sealed for that id; a list that repeats the old row is not its repetition. */
function again(context: Context, row: RollRow, change: Partial<RollRow>): RollRow {
  const { keys, district } = context;
  const id = context.newId();
  const place = (of: string) => ({ table: 'enrolment', column: 'sealed', district, id: of });
  return {
    ...row,
    id,
    sealed: row.sealed && sealJson(keys, place(id), openJson(keys, place(row.id), row.sealed)),
    rowPrint: blindIndex(keys, 'row', `change\n${id}`),
    ...change,
  };
}

async function fromRecord(context: Context, childId: string): Promise<RollRow> {
  const { client, district, keys } = context;
  const child = await readChildFacts(client, district, childId);
  if (!child) throw new Error('no such child');
  const id = context.newId();
  // as: sealed by the import, at the door, or with a change that brought him (newcomer.ts)
  const opened = (
    child.sealed ? openJson(keys, { table: 'child', column: 'sealed', district, id: childId }, child.sealed) : {}
  ) as Partial<Record<'guardian' | 'guardianPhone' | 'address', string>>;
  return {
    id,
    childId,
    schoolId: '',
    classId: null,
    grade: 0,
    name: child.name,
    sex: child.sex,
    birthDate: child.birthDate,
    guardian: opened.guardian || null,
    address: opened.address || null,
    tags: [],
    phoneIndex: opened.guardianPhone ? blindIndex(keys, 'phone', opened.guardianPhone) : null,
    registryIndex: child.registryIndex,
    sealed: sealJson(keys, { table: 'enrolment', column: 'sealed', district, id }, opened),
    rowPrint: blindIndex(keys, 'row', `change\n${id}`),
    importId: null,
    rowNo: null,
    fromDate: '',
    toDate: null,
  };
}

/** Where a child is to be on roll from a day on. */
export interface RollMove {
  childId: string;
  day: string;
  target: RollTarget | null;
}

function stands(held: readonly RollRow[], { day, target }: RollMove): boolean {
  const [first] = held;
  if (target === null || first === undefined) return target === null && first === undefined;
  return (
    held.length === 1 &&
    first.toDate === null &&
    first.fromDate <= day &&
    first.schoolId === target.schoolId &&
    first.classId === target.classId &&
    first.grade === target.grade
  );
}

/**
 * Puts children on the roll of a school from a day on, or on none: what was known of the roll from that day on is superseded, what began
 * before ends on it. Answers the children whose roll changed.
 */
export async function moveRolls(context: Context, moves: readonly RollMove[]): Promise<string[]> {
  const [earliest] = moves.map((move) => move.day).sort();
  if (earliest === undefined) return [];
  const { client, district } = context;
  const rolls = new Map<string, RollRow[]>();
  for (const row of await readRolls(
    client,
    district,
    moves.map((move) => move.childId),
    earliest,
  ))
    // prettier-ignore
    rolls.set(row.childId, [...(rolls.get(row.childId) ?? []), row]);
  const heldOf = (move: RollMove) =>
    (rolls.get(move.childId) ?? []).filter((row) => row.toDate === null || row.toDate > move.day);
  const changing = moves.filter((move) => !stands(heldOf(move), move));
  if (changing.length === 0) return [];
  const knownAt = await context.knownAt();
  // The pattern of a new entry is read before what it repeats is closed.
  const patterns = new Map<string, RollRow | null>();
  for (const move of changing.filter((one) => one.target !== null))
    patterns.set(move.childId, heldOf(move).at(-1) ?? (await readLastRoll(client, district, move.childId)));
  const closing = changing.flatMap((move) => heldOf(move).map((row) => row.id));
  await closeRolls(client, district, closing, knownAt);
  for (const move of changing) {
    const [first] = heldOf(move);
    if (first !== undefined && first.fromDate < move.day)
      await insertRoll(client, district, again(context, first, { toDate: move.day }), knownAt, []);
    if (move.target === null) continue;
    const { schoolId, classId, grade } = move.target;
    const moved = { schoolId, classId, grade, fromDate: move.day, toDate: null };
    const pattern = patterns.get(move.childId) ?? null;
    const row = pattern ? again(context, pattern, moved) : { ...(await fromRecord(context, move.childId)), ...moved };
    await insertRoll(client, district, row, knownAt, []);
  }
  return changing.map((move) => move.childId);
}
