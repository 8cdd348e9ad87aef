import type { DocumentType } from '#domain/basics/document-number.ts';
import type { Sex } from '#domain/basics/identity-check.ts';

/**
 * A record of a person as far as it can be compared. Numbers may be given plainly (needed for typing errors) or as a
 * blind index; `pinyin` (without tones), `phoneIndex` and `addressKey` are made by the caller.
 */
export interface MatchPerson {
  id: string;
  name: string;
  pinyin?: string;
  birth: string | null;
  sex: Sex;
  documentType: DocumentType;
  documentNumber?: string;
  documentIndex?: string;
  /** The citizen's number fails its check. */
  numberFails: boolean;
  registryNo?: string;
  guardian?: string;
  phoneIndex?: string;
  addressKey?: string;
  community?: string;
  schoolName?: string;
  /** 1–12, 0 unknown. */
  grade?: number;
}
