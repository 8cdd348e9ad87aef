import { wordsOfGrade } from '#domain/basics/grade.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { dayWords, fillPlaces, valuesFrom } from '#domain/notices/fill.ts';
import type { DocumentFacts, DocumentKind, IssuingUnit, TemplateContent } from '#domain/notices/record.ts';
import { bearsRedMark, servedKinds } from '#domain/notices/rules.ts';
import { isForm } from '#domain/notices/templates.ts';
import type { ChildBrief } from '#server/areas/population/actions.ts';
import type { Block, Form, FormCell, Letter, Paper, Signer } from '#server/documents/model.ts';

/** Everything a document is made of. */
export interface Draft {
  kind: DocumentKind;
  content: TemplateContent;
  unit: IssuingUnit;
  facts: DocumentFacts;
  fields: Readonly<Record<string, string>>;
  /** Pictures of signatures by the label of the place to sign. */
  signed: ReadonlyMap<string, string>;
  watermark?: string;
}

/** The facts of a child's record that fill places. */
export function factsOfChild(
  child: ChildBrief,
): Omit<DocumentFacts, 'issuer' | 'bureau' | 'government' | 'day' | 'number' | 'days' | 'signer'> {
  return {
    childName: child.name,
    sex: sexWord(child.sex),
    birthDay: child.birthDate === null ? null : dayWords(child.birthDate),
    documentMask: child.documentMask === '' ? null : child.documentMask,
    guardian: child.guardian,
    relation: child.relation,
    phoneMask: child.phoneMask,
    address: child.address,
    community: child.communityName,
    subdistrict: child.subdistrictName,
    schoolName: child.schoolName,
    className: child.className ?? (child.grade === null ? null : wordsOfGrade(child.grade)),
  };
}

function cellsOf(draft: Draft, values: ReadonlyMap<string, string>): Block[] {
  if (draft.content.rows.length === 0) return [];
  const rows = draft.content.rows.map((row) => ({
    cells: row.cells.map((cell): FormCell => {
      const image = cell.signer === '' ? undefined : draft.signed.get(cell.signer);
      return {
        label: cell.label,
        text: fillPlaces(cell.text, values, ''),
        span: cell.span,
        centred: cell.centred,
        foot: cell.foot,
        image,
      };
    }),
    tall: row.tall,
  }));
  return [{ as: 'grid', columns: 12, rows }];
}

function paragraphsOf(content: TemplateContent, values: ReadonlyMap<string, string>): Block[] {
  return content.body.map((words): Block => {
    const text = fillPlaces(words, values);
    return /^[一二三四五六七八九十]+、/.test(words) && text.length <= 24
      ? { as: 'heading', level: 1, text }
      : { as: 'text', text };
  });
}

/** The 送达回证 that goes with a document (D§2.9). */
function receiptOf(draft: Draft, title: string): Form {
  const { facts } = draft;
  const wide = (label: string, text: string, tall?: number, foot = '') => ({
    cells: [{ label, text, span: 10, foot }],
    tall,
  });
  const signing = '　　　　年　　月　　日　　时';
  return {
    layout: 'form',
    title: '送 达 回 证',
    number: null,
    to: `送达单位：${facts.issuer ?? ''}`,
    watermark: draft.watermark,
    blocks: [
      {
        as: 'grid',
        columns: 12,
        rows: [
          {
            cells: [
              { label: '送达文书', text: title, span: 4 },
              { label: '文　号', text: facts.number ?? '', span: 4 },
            ],
          },
          wide('受送达人', `${facts.guardian ?? ''}（${facts.childName ?? ''}的${facts.relation ?? '监护人'}）`),
          wide('送达地点', ''),
          wide('送达方式', '□ 直接送达　□ 留置送达　□ 邮寄送达　□ 电子送达　□ 公告送达'),
          wide('受送达人\n签名或盖章', '', 26, signing),
          wide('代收人签名\n及与受送达\n人的关系', '', 26, signing),
          wide('拒收或拒签\n的理由', '', 26),
          wide('见证人签名\n及单位', '', 22, signing),
          wide('送达人签名', '', 22, signing),
          wide('备　注', '', 22),
        ],
      },
      {
        as: 'note',
        text: '受送达人不在时，可由其同住的成年家属签收，并注明与受送达人的关系。\n受送达人拒绝签收的，送达人应邀请社区等有关组织的代表到场，说明情况，在本回证上记明拒收理由和日期，由送达人、见证人签名，把文书留在受送达人的住所，并拍照、录像记录送达过程。',
      },
    ],
    close: null,
  };
}

/** Lays a document's words out as papers: the document itself, and its 送达回证 where it is served. */
export function papersOf(draft: Draft): Paper[] {
  const { kind, content, facts } = draft;
  const values = valuesFrom(content, facts, draft.fields);
  const title = fillPlaces(content.title, values);
  const signers = content.signers.map((label): Signer => ({ label, name: '', image: draft.signed.get(label) }));
  const note: Block[] = content.note === '' ? [] : [{ as: 'note', text: fillPlaces(content.note, values) }];
  if (isForm(kind)) {
    const placed = new Set(content.rows.flatMap((row) => row.cells.map((cell) => cell.signer)));
    const left = signers.filter((signer) => !placed.has(signer.label));
    const blocks = [...paragraphsOf(content, values), ...cellsOf(draft, values), ...note];
    const to = content.to === '' ? null : fillPlaces(content.to, values, '');
    const close = left.length === 0 ? null : { unit: '', day: '', seal: '', signers: left };
    const form: Form = { layout: 'form', title, number: facts.number, to, watermark: draft.watermark, blocks, close };
    return [form];
  }
  const red = bearsRedMark(kind, draft.unit.kind);
  const letter: Letter = {
    layout: 'letter',
    title,
    mark: red ? facts.issuer : null,
    number: facts.number,
    ...(kind === 'writtenReport' && { approver: facts.signer ?? '' }),
    to: content.to === '' ? null : fillPlaces(content.to, values),
    watermark: draft.watermark,
    blocks: [...paragraphsOf(content, values), ...cellsOf(draft, values), ...note],
    close: { unit: facts.issuer ?? '', day: facts.day ?? '', seal: '', signers },
  };
  return servedKinds.includes(kind) ? [letter, receiptOf(draft, title)] : [letter];
}
