import { normalizeText } from './text.ts';

/** The child's relative who answers for it (与儿童关系). */
export const relations = [
  'father',
  'mother',
  'paternalGrandfather',
  'paternalGrandmother',
  'maternalGrandfather',
  'maternalGrandmother',
  'stepParent',
  'sibling',
  'relative',
  'institution',
  'other',
  'none',
] as const;
/** A relation of the guardian to the child; `none` when the list says nothing. */
export type Relation = (typeof relations)[number];

/** Words of the guardian's relation to the child. */
export const relationWords: Record<Relation, string> = {
  father: '父亲',
  mother: '母亲',
  paternalGrandfather: '祖父',
  paternalGrandmother: '祖母',
  maternalGrandfather: '外祖父',
  maternalGrandmother: '外祖母',
  stepParent: '继父母',
  sibling: '兄姐',
  relative: '其他亲属',
  institution: '福利机构',
  other: '其他',
  none: '未填',
};

const relationTable: Record<string, Relation> = {
  父亲: 'father',
  父: 'father',
  爸爸: 'father',
  父子: 'father',
  父女: 'father',
  母亲: 'mother',
  母: 'mother',
  妈妈: 'mother',
  母子: 'mother',
  母女: 'mother',
  祖父: 'paternalGrandfather',
  爷爷: 'paternalGrandfather',
  祖母: 'paternalGrandmother',
  奶奶: 'paternalGrandmother',
  外祖父: 'maternalGrandfather',
  外公: 'maternalGrandfather',
  姥爷: 'maternalGrandfather',
  外祖母: 'maternalGrandmother',
  外婆: 'maternalGrandmother',
  姥姥: 'maternalGrandmother',
  继父: 'stepParent',
  继母: 'stepParent',
  养父: 'stepParent',
  养母: 'stepParent',
  继父母: 'stepParent',
  养父母: 'stepParent',
  哥哥: 'sibling',
  姐姐: 'sibling',
  兄: 'sibling',
  姐: 'sibling',
  兄姐: 'sibling',
  伯父: 'relative',
  叔叔: 'relative',
  叔父: 'relative',
  舅舅: 'relative',
  姑姑: 'relative',
  姑母: 'relative',
  姨妈: 'relative',
  姨母: 'relative',
  伯母: 'relative',
  舅父: 'relative',
  亲属: 'relative',
  其他亲属: 'relative',
  福利院: 'institution',
  儿童福利院: 'institution',
  民政局: 'institution',
  福利机构: 'institution',
  其他: 'other',
  其它: 'other',
  监护人: 'other',
  未填: 'none',
};

/** The guardian's relation as a code; null for words not known. */
export function parseRelation(words: string): Relation | null {
  const text = normalizeText(words);
  return text === '' ? 'none' : (relationTable[text] ?? null);
}
