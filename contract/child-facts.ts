import { z } from 'zod';
import { documentTypes, documentTypeWords } from '#domain/basics/document-number.ts';
import { relations, relationWords } from '#domain/basics/relation.ts';
import { childTags, studyStatuses } from '#domain/population/record.ts';
import { childTagWords, studyStatusWords } from '#domain/population/words.ts';

/** A choice of a closed list: its code, or the label that screens show for it; nothing else, and no words of sheets. */
function choiceOf(words: Readonly<Record<string, string>>) {
  return z.enum([...Object.keys(words), ...Object.values(words)]);
}

/** The facts of a child that are chosen from a list, as calls send them. */
export const childChoices = {
  documentType: choiceOf(documentTypeWords),
  studyStatus: choiceOf(studyStatusWords),
  relation: choiceOf(relationWords),
  tag: choiceOf(childTagWords),
} as const;

/** The same facts as codes, as a record answers them beside their words, so that a form starts from what is stored. */
export const ChildCodes = z.object({
  documentType: z.enum(documentTypes),
  studyStatus: z.enum(studyStatuses).nullable(),
  relation: z.enum(relations).nullable(),
  /** Of the register alone: what rosters and lists add is not corrected here. */
  tags: z.array(z.enum(childTags)),
});
