import { signaturePicture, type Block, type Picture } from '#server/areas/notices/actions.ts';
import { openPaper } from '#server/areas/papers/actions.ts';
import { visitInFull } from '#server/areas/visits/actions.ts';
import type { Context } from '#server/http/context.ts';
import type { CaseShown } from './case.ts';

/** Blocks of a book with the pictures that they name. */
interface Illustrated {
  blocks: Block[];
  pictures: Picture[];
}

/** Pictures of one visit that a book prints; the others stay with the visit, and the book says how many. */
const mostPictures = 6;
const endings: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png' };

type Visit = Awaited<ReturnType<typeof visitInFull>>;

async function photosOf(context: Context, visit: Visit): Promise<Illustrated> {
  const all = visit.papers.filter((paper) => paper.voided === null && paper.contentType in endings);
  const pictures: Picture[] = [];
  for (const paper of all.slice(0, mostPictures)) {
    const { body } = await openPaper(context, paper.id);
    if (body instanceof Uint8Array)
      pictures.push({ name: `${paper.id}.${endings[paper.contentType] ?? 'jpg'}`, content: body });
  }
  if (pictures.length === 0) return { blocks: [], pictures };
  const left = all.length - pictures.length;
  return {
    pictures,
    blocks: [
      {
        as: 'pictures',
        pictures: pictures.map(({ name }, at) => ({ file: name, caption: `走访照片 ${String(at + 1)}` })),
      },
      ...(left > 0 ? [{ as: 'note' as const, text: `另有 ${String(left)} 张照片，见平台走访记录。` }] : []),
    ],
  };
}

async function visitBlocks(context: Context, visit: Visit, number: number): Promise<Illustrated> {
  const signed = visit.signatures.map((one) => ({
    label: `${one.partyWords}（${one.words}${one.state === 'changed' ? '，签名后内容有更正' : ''}）`,
    picture: one.strokes === null ? null : signaturePicture(`visit-${visit.id}-${one.party}`, one.strokes),
  }));
  const photos = await photosOf(context, visit);
  return {
    pictures: [...photos.pictures, ...signed.flatMap(({ picture }) => (picture === null ? [] : [picture]))],
    blocks: [
      { as: 'heading', level: 2, text: `第 ${String(number)} 次走访　${visit.day}　${visit.modeWords}` },
      {
        as: 'table',
        widths: [3, 9],
        head: ['项目', '内容'],
        rows: visit.lines.filter(({ value }) => value !== '—').map(({ label, value }) => [label, value]),
      },
      ...photos.blocks,
      ...(signed.length === 0
        ? []
        : [
            {
              as: 'signatures' as const,
              signers: signed.map(({ label, picture }) => ({
                label,
                name: '',
                ...(picture ? { image: picture.name } : {}),
              })),
            },
          ]),
    ],
  };
}

/** The visits of a case as its book prints them: what was written, the pictures, and the signatures under it. */
export async function bookVisits(context: Context, visits: CaseShown['visits']): Promise<Illustrated> {
  // The book is one entry of the trail; its parts are none of their own.
  const quiet: Context = { ...context, note: () => undefined };
  const made: Illustrated = { blocks: [], pictures: [] };
  for (const [at, { id }] of visits.entries()) {
    const one = await visitBlocks(quiet, await visitInFull(quiet, id), at + 1);
    made.blocks.push(...one.blocks);
    made.pictures.push(...one.pictures);
  }
  return made.blocks.length === 0 ? { blocks: [{ as: 'note', text: '无。' }], pictures: [] } : made;
}
