import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { markRollCall } from '#contract/attendance.ts';
import { addContact } from '#contract/dropout-steps.ts';
import { reportDropout } from '#contract/dropout.ts';
import type { Endpoint, InputOf } from '#contract/endpoint.ts';
import { issueDocument } from '#contract/notices.ts';
import { uploadPaper } from '#contract/papers.ts';
import { recordVisit } from '#contract/visits.ts';
import type { Chance } from '#server/sample/chance.ts';
import type { Room } from './kill-world.ts';

/** What is written, as the table of the bench names it. */
export type Kind = 'rollCall' | 'report' | 'contact' | 'paper' | 'visit' | 'document';

/** Something entered once: its own id, the request id under which it goes until it is answered, and how it ended. */
export interface Write {
  kind: Kind;
  id: string;
  requestId: string;
  endpoint: Endpoint;
  input: Record<string, unknown>;
  file: Buffer | null;
  /** SHA-256 of the file sent, or of the document as the server answered it. */
  print: string | null;
  state: 'waiting' | 'acknowledged' | 'refused';
  /** The server's words of a refusal. */
  words: string;
  /** Times it was sent. */
  sent: number;
}

function write<const E extends Endpoint>(
  kind: Kind,
  id: string,
  endpoint: E,
  input: InputOf<E>,
  file: Buffer | null = null,
): Write {
  return {
    kind,
    id,
    requestId: randomUUID(),
    endpoint,
    input: input as Record<string, unknown>, // as: inputs are plain objects
    file,
    print: file === null ? null : createHash('sha256').update(file).digest('hex'),
    state: 'waiting',
    words: '',
    sent: 0,
  };
}

/** A JPG that is told as one by its beginning and end, with chance between. */
function picture(chance: Chance): Buffer {
  const inside = randomBytes(chance.whole(4_000, 60_000));
  for (let at = 0; at < inside.length; at += 1) if (inside[at] === 0xff) inside[at] = 0;
  return Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    inside,
    Buffer.from('ffd9', 'hex'),
  ]);
}

const line = (height: number) => [Array.from({ length: 12 }, (_, index) => ({ x: index / 12, y: height }))];

/** A class on which a teacher works: what is not yet marked or reported, and the cases known. */
export interface Desk {
  room: Room;
  /** School days not yet marked. */
  days: string[];
  unreported: string[];
  cases: string[];
  today: string;
  at: string;
}

function visit(desk: Desk, chance: Chance, papers: string[]): Write {
  const id = randomUUID();
  return write('visit', id, recordVisit, {
    id,
    childId: chance.pick(desk.room.pupils),
    mode: 'door',
    at: desk.at,
    content: {
      visitors: [{ staffId: null, name: desk.room.login }],
      guardian: { name: '李大海', relation: '父亲' },
      purpose: '了解家庭情况',
      measures: `每周联系一次 ${id.slice(0, 8)}`,
    },
    signatures: (['teacher', 'guardian', 'pupil'] as const).map((party, at) => ({
      party,
      means: 'drawn' as const,
      strokes: line(0.2 + at / 5),
    })),
    papers,
  });
}

/** What a teacher enters next: one write, or a picture and the visit that shows it. */
export function nextOf(desk: Desk, chance: Chance): Write[] {
  const turn = chance.whole(1, 10);
  const id = randomUUID();
  const [day] = desk.days;
  if (turn <= 3 && day !== undefined) {
    desk.days.shift();
    const absent = chance.shuffle(desk.room.pupils).slice(0, 2);
    return [
      write('rollCall', id, markRollCall, {
        id,
        classId: desk.room.classId,
        day,
        absent: absent.map((childId, at) => ({
          id: randomUUID(),
          childId,
          kind: at === 0 ? ('unexcused' as const) : ('illness' as const),
        })),
        ...(day === desk.today ? {} : { reason: '当天网络中断' }),
      }),
    ];
  }
  const child = turn <= 5 ? desk.unreported.pop() : undefined;
  if (child !== undefined)
    return [
      write('report', id, reportDropout, {
        id,
        childId: child,
        discovered: desk.today,
        reasonGroup: 'study',
        whereabouts: 'home',
        done: '电话两次',
      }),
    ];
  const known = turn <= 7 && desk.cases.length > 0 ? chance.pick(desk.cases) : null;
  if (known !== null)
    return [
      write('contact', id, addContact, {
        id: known,
        contactId: id,
        day: desk.today,
        mode: 'phone',
        reached: true,
        words: `电话联系 ${id.slice(0, 8)}`,
      }),
    ];
  if (turn === 8) return [visit(desk, chance, [])];
  const shown = visit(desk, chance, [id]);
  const childId = String(shown.input['childId']);
  return [
    write('paper', id, uploadPaper, { id, kind: 'photo', fileName: '门口.jpg', childId }, picture(chance)),
    shown,
  ];
}

/** A 劝学通知书 as a principal issues it. */
export function documentFor(childId: string): Write {
  const id = randomUUID();
  return write('document', id, issueDocument, {
    id,
    kind: 'persuasionNotice',
    childId,
    fields: { absentSince: '2026-11-09', contact: '周老师', contactPhone: '027-82340000' },
  });
}

/** Keeps what an answer tells for later: the case of a report, the fingerprint of a document. */
export function keepAnswer(desk: Desk | null, one: Write, answer: unknown): void {
  one.state = 'acknowledged';
  if (typeof answer !== 'object' || answer === null) return;
  if (one.kind === 'report' && desk && 'caseId' in answer) desk.cases.push(String(answer.caseId));
  if (one.kind === 'document' && 'fingerprint' in answer) one.print = String(answer.fingerprint);
}
