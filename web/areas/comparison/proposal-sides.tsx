import { documentTypeWords } from '#domain/basics/document-number.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import type { listProposals } from '#contract/comparison.ts';
import { Fragment, type ReactNode } from 'react';
import { differCharacters } from './character-difference.ts';
import { DifferingText } from './differing-text.tsx';

/** A proposal as the list answers it. */
export type ProposalRow = OutputOf<typeof listProposals>['rows'][number];
type Side = ProposalRow['left'];

const lines: readonly { label: string; value: (side: Side) => string }[] = [
  { label: '姓名', value: (side) => side.name },
  { label: '性别', value: (side) => side.sex ?? '' },
  { label: '出生日期', value: (side) => side.birthDate ?? '' },
  { label: '证件类型', value: (side) => documentWord(side.documentType) },
  { label: '证件号码', value: (side) => side.documentMask },
  { label: '学籍号', value: (side) => side.registryMask ?? '' },
  { label: '监护人', value: (side) => side.guardian ?? '' },
  { label: '联系电话', value: (side) => side.phoneMask ?? '' },
  { label: '住址', value: (side) => side.address ?? '' },
  { label: '学校', value: (side) => side.schoolName ?? '' },
  { label: '年级', value: (side) => (side.grade === null ? '' : wordsOfGrade(side.grade)) },
];

/** Two records of a proposal side by side; characters that differ are marked. `actions` stands under each number. */
export function ProposalSides({ proposal, actions }: { proposal: ProposalRow; actions: (side: Side) => ReactNode }) {
  const { left, right } = proposal;
  return (
    <div className="cmp-sides" role="table" aria-label="两份记录对照">
      <div className="cmp-sides-label" aria-hidden />
      <div className="cmp-sides-head">{left.source}</div>
      <div className="cmp-sides-head">{right.source}</div>
      {lines.map((line) => {
        const first = line.value(left);
        const second = line.value(right);
        if (first === '' && second === '') return null;
        const oneMissing = first === '' || second === '';
        const pieces = oneMissing ? { left: plain(first), right: plain(second) } : differCharacters(first, second);
        return (
          <Fragment key={line.label}>
            <div className="cmp-sides-label">{line.label}</div>
            <div>
              <DifferingText pieces={pieces.left} />
              {line.label === '证件号码' ? actions(left) : null}
            </div>
            <div>
              <DifferingText pieces={pieces.right} />
              {line.label === '证件号码' ? actions(right) : null}
            </div>
          </Fragment>
        );
      })}
    </div>
  );
}

/** Whether the two numbers look alike only because their middle is hidden. */
export function hidesDifference(proposal: ProposalRow): boolean {
  const { left, right } = proposal;
  return (
    left.documentMask !== '' &&
    left.documentMask === right.documentMask &&
    proposal.reasons.some((reason) => reason.feature === 'document' && reason.words !== '证件号码相同')
  );
}

function plain(text: string) {
  return text === '' ? [] : [{ text, same: true }];
}

function documentWord(code: string): string {
  const words: Readonly<Record<string, string>> = documentTypeWords;
  return words[code] ?? code;
}
