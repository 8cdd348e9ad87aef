import type { DocumentKind, TemplateContent } from './record.ts';
import { formTemplates } from './template-forms.ts';
import { letterTemplates } from './template-letters.ts';

/** The words of every kind as they are shipped; version 0 of a district that has adjusted nothing. */
export const shippedTemplates: Record<DocumentKind, TemplateContent> = { ...letterTemplates, ...formTemplates };

/** The shipped kinds that are forms: laid out as a table, without number and page number. */
export function isForm(kind: DocumentKind): boolean {
  return kind in formTemplates;
}
