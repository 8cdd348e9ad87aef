import { addCalendarDays, dayNumber } from '#domain/basics/calendar.ts';
import { residentCheckCharacter, type DocumentType } from '#domain/basics/document-number.ts';
import { completedYears } from '#domain/basics/school-year.ts';
import { alike, areas, given, streets, surnames } from './match-names.ts';

/** An invented child of one list. Register rows are known by `householdNo`, roster rows by `registryNo`, both unique. */
export interface GeneratedChild {
  id: string;
  name: string;
  sex: 'male' | 'female';
  birth: string;
  documentType: DocumentType;
  documentNumber: string;
  numberFails: boolean;
  registryNo: string;
  householdNo: string;
  guardian: string;
  phone: string;
  address: string;
  community: string;
  schoolCode: string;
  schoolName: string;
  grade: number;
}

/** How a roster row was damaged, or why a pair of different children looks alike. */
export type PairKind =
  | 'wrong-digit'
  | 'swapped-digits'
  | 'name-variant'
  | 'no-document'
  | 'other-document'
  | 'siblings'
  | 'twins'
  | 'same-name';

/** A pair of rows of the two lists, by their ids. */
export interface GeneratedPair {
  registerId: string;
  rosterId: string;
  kind: PairKind;
}

/** What the generator makes: sizes of the lists and of each group; the same seed gives the same lists. */
export interface MatchDataOptions {
  seed: number;
  /** Rows of the register, and of the roster but for the two groups known to one list only. */
  children: number;
  damaged: number;
  lookalikes: number;
  onlyRegister: number;
  onlyRoster: number;
  asOf?: string;
}

/** Two lists with the truth about their damaged rows and the pairs that must not be proposed. */
export interface MatchData {
  schools: { code: string; name: string; stage: string; street: string }[];
  register: GeneratedChild[];
  roster: GeneratedChild[];
  damaged: GeneratedPair[];
  lookalikes: GeneratedPair[];
}

/** A repeatable source of numbers from 0 to below 1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Makes a register and a roster of invented children with damaged rows and look-alike pairs of known truth. */
export function generateMatchData(options: MatchDataOptions): MatchData {
  const random = seededRandom(options.seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(items: readonly [T, ...T[]] | readonly T[]): T => items[below(items.length)] as T; // the list is never empty
  const asOf = options.asOf ?? '2026-11-20';
  const opening = `${asOf.slice(0, 4)}-08-31`;
  const schools = makeSchools(Math.max(4, Math.ceil(options.children / 1200)));
  const usedNumbers = new Set<string>();
  let serial = 0;

  function makeName(surname: string): string {
    return surname + pick(given) + (random() < 0.78 ? pick(given) : '');
  }
  function makeNumber(birth: string, sex: 'male' | 'female'): string {
    for (;;) {
      const order = below(499) * 2 + (sex === 'male' ? 1 : 0) + (sex === 'male' ? 0 : 2);
      const first17 = pick(areas) + birth.replaceAll('-', '') + String(order % 1000).padStart(3, '0');
      const number = first17 + residentCheckCharacter(first17);
      if (usedNumbers.has(number)) continue;
      usedNumbers.add(number);
      return number;
    }
  }
  const makePhone = (): string => `1${pick(['3', '5', '7', '8'])}${String(below(1e9)).padStart(9, '0')}`;
  function place(birth: string): Pick<GeneratedChild, 'grade' | 'schoolCode' | 'schoolName'> {
    const grade = Math.min(9, Math.max(1, completedYears(birth, opening) - 5));
    const fitting = schools.filter((school) => (school.stage === '小学') === grade <= 6);
    const school = pick(fitting);
    return { grade, schoolCode: school.code, schoolName: school.name };
  }
  function makeChild(known: Partial<GeneratedChild> = {}): GeneratedChild {
    serial++;
    const sex = known.sex ?? (random() < 0.53 ? 'male' : 'female');
    const birth =
      known.birth ?? addCalendarDays('2011-09-01', below(dayNumber('2020-08-31') - dayNumber('2011-09-01') + 1));
    const number = makeNumber(birth, sex);
    const street = pick(streets);
    const community = `${street}第${String(below(12) + 1)}社区`;
    return {
      id: String(serial),
      name: makeName(pick(surnames)),
      sex,
      birth,
      documentType: 'residentId',
      documentNumber: number,
      numberFails: false,
      registryNo: `G${number}`,
      householdNo: `420102${String(serial).padStart(12, '0')}`,
      guardian: makeName(pick(surnames)),
      phone: makePhone(),
      address: `江岸区${community}${String(below(40) + 1)}栋${String(below(2500) + 101)}`,
      community,
      ...place(birth),
      ...known,
    };
  }
  /** The same child as its school writes it down: phone, guardian and address often given otherwise. */
  function asRoster(child: GeneratedChild): GeneratedChild {
    const row = { ...child, id: `${child.id}r` };
    if (random() < 0.2) row.phone = makePhone();
    if (random() < 0.2) row.guardian = makeName(pick(surnames));
    if (random() < 0.3) row.address = `江岸区${row.community}`;
    return row;
  }
  function spoilNumber(number: string, kind: PairKind): string {
    for (;;) {
      const at = below(16);
      const old = number.charAt(at);
      const next = number.charAt(at + 1);
      const changed = kind === 'swapped-digits' ? next + old : String(below(10)) + next;
      const spoilt = number.slice(0, at) + changed + number.slice(at + 2);
      if (spoilt !== number && residentCheckCharacter(spoilt) !== spoilt.charAt(17)) return spoilt;
    }
  }
  function varyName(name: string): string {
    const characters = Array.from(name);
    const at = 1 + below(characters.length - 1);
    const old = characters[at] ?? '';
    const way = random();
    if (way < 0.4 && alike[old] !== undefined) characters[at] = alike[old];
    else if (way < 0.55 && characters.length === 3) characters.splice(at, 1);
    else if (way < 0.7 && characters.length === 2) characters.push(pick(given));
    else characters[at] = pick(given.filter((character) => character !== old));
    return characters.join('');
  }
  function damage(child: GeneratedChild, kind: PairKind): GeneratedChild {
    const row = asRoster(child);
    switch (kind) {
      case 'wrong-digit':
      case 'swapped-digits':
        row.documentNumber = spoilNumber(row.documentNumber, kind);
        return { ...row, numberFails: true, registryNo: `G${row.documentNumber}` };
      case 'name-variant':
        return { ...row, name: varyName(row.name) };
      case 'no-document':
        return {
          ...row,
          documentType: 'none',
          documentNumber: '',
          registryNo: `J${String(serial++).padStart(18, '0')}`,
        };
      default:
        return {
          ...row,
          documentType: 'passport',
          documentNumber: `E${String(10000000 + below(89999999))}`,
          registryNo: `J${String(serial++).padStart(18, '0')}`,
        };
    }
  }
  function lookalikeOf(child: GeneratedChild, kind: PairKind): GeneratedChild {
    const surname = Array.from(child.name)[0] ?? '王';
    const family = { guardian: child.guardian, phone: child.phone, address: child.address, community: child.community };
    if (kind === 'twins') {
      const characters = Array.from(child.name);
      characters[characters.length - 1] = pick(given.filter((character) => character !== characters.at(-1)));
      return makeChild({
        ...family,
        name: characters.join(''),
        birth: child.birth,
        schoolCode: child.schoolCode,
        schoolName: child.schoolName,
      });
    }
    if (kind === 'siblings') {
      const later = addCalendarDays(child.birth, (random() < 0.5 ? 1 : -1) * (330 + below(1500)));
      const birth =
        later < '2011-09-01' || later > '2020-08-31'
          ? addCalendarDays(child.birth, child.birth < '2016-01-01' ? 500 : -500)
          : later;
      const shared = Array.from(child.name)[1] ?? '';
      return makeChild({ ...family, birth, name: random() < 0.5 ? surname + shared + pick(given) : makeName(surname) });
    }
    const day = addCalendarDays(`${child.birth.slice(0, 4)}-01-01`, below(243));
    return makeChild({ name: child.name, birth: day < '2011-09-01' ? '2011-10-12' : day });
  }

  const register: GeneratedChild[] = [];
  const roster: GeneratedChild[] = [];
  const damaged: GeneratedPair[] = [];
  const lookalikes: GeneratedPair[] = [];
  for (let i = 0; i < options.damaged; i++) {
    const child = makeChild();
    const kind =
      (['wrong-digit', 'swapped-digits', 'name-variant', i % 8 < 4 ? 'no-document' : 'other-document'] as const)[
        i % 4
      ] ?? 'wrong-digit';
    const row = damage(child, kind);
    register.push(child);
    roster.push(row);
    damaged.push({ registerId: child.id, rosterId: row.id, kind });
  }
  for (let i = 0; i < options.lookalikes; i++) {
    const kind = (['siblings', 'twins', 'same-name'] as const)[i % 3] ?? 'siblings';
    const child = makeChild();
    const other = lookalikeOf(child, kind);
    register.push(child);
    roster.push(other);
    lookalikes.push({ registerId: child.id, rosterId: other.id, kind });
  }
  for (let i = 0; i < options.onlyRegister; i++) register.push(makeChild());
  for (let i = 0; i < options.onlyRoster; i++) roster.push(makeChild());
  for (let i = options.damaged + options.lookalikes + options.onlyRegister; i < options.children; i++) {
    const child = makeChild();
    register.push(child);
    roster.push(asRoster(child));
  }
  shuffle(register, below);
  shuffle(roster, below);
  return { schools, register, roster, damaged, lookalikes };
}

function makeSchools(count: number): MatchData['schools'] {
  return Array.from({ length: count }, (_, i) => {
    const primary = i % 3 !== 2;
    return {
      code: `${primary ? '2142' : '3142'}${String(900001 + i)}`,
      name: primary ? `样例第${String(i + 1)}小学` : `样例第${String(i + 1)}初级中学`,
      stage: primary ? '小学' : '初中',
      street: streets[i % streets.length] ?? '',
    };
  });
}

function shuffle<T>(items: T[], below: (limit: number) => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [items[i], items[j]] = [items[j] as T, items[i] as T]; // both indexes are within the list
  }
}
