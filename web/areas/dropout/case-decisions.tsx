import { decisionKindWords } from '#domain/dropout/words.ts';
import { Block, Facts } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import type { Case } from './case-words.ts';
import { PaperLinks } from './paper-links.tsx';

type Decision = Case['earlierDecisions'][number];

/** What was proposed and how it was checked: the newest of the present round, and every earlier one with its check as it was. */
export function CaseDecisions({ record }: { record: Case }) {
  const { decision, earlierDecisions } = record;
  return (
    <>
      {decision === null ? null : (
        <Block title={decisionKindWords[decision.kind]}>
          <DecisionFacts decision={decision} />
        </Block>
      )}
      {earlierDecisions.length === 0 ? null : (
        <Block title="以前的申请和复核">
          <ul className="drop-plain">
            {earlierDecisions.map((one) => (
              <li key={`${one.kind} ${one.proposedAt}`}>
                <strong>
                  {decisionKindWords[one.kind]}
                  {record.round > 1 ? `　第 ${String(one.round)} 轮` : ''}
                </strong>
                <DecisionFacts decision={one} />
              </li>
            ))}
          </ul>
        </Block>
      )}
    </>
  );
}

function DecisionFacts({ decision }: { decision: Decision }) {
  const { accepted } = decision;
  return (
    <Facts
      items={[
        ...(decision.categoryWords === null ? [] : [{ label: '类别', value: decision.categoryWords }]),
        { label: '提出', value: `${decision.proposedName}，${momentShort(decision.proposedAt)}` },
        ...decision.evidence.map((one) => ({
          label: one.label,
          value: (
            <>
              {one.value} <PaperLinks ids={one.paperIds} />
            </>
          ),
        })),
        { label: '说明', value: decision.note },
        { label: '材料', value: <PaperLinks ids={decision.paperIds} /> },
        ...(decision.endsOn === null ? [] : [{ label: '到哪天止', value: decision.endsOn }]),
        ...(decision.watchWords === null ? [] : [{ label: '以后', value: decision.watchWords }]),
        {
          label: '复核',
          value:
            accepted === null ? (
              <Status kind="wait" words="待另一人复核" />
            ) : (
              <>
                <Status kind={accepted ? 'ok' : 'bad'} words={accepted ? '同意' : '不同意'} />{' '}
                {[decision.checkedName, decision.checkedAt === null ? null : momentShort(decision.checkedAt)]
                  .filter(Boolean)
                  .join('，')}
              </>
            ),
        },
        ...(decision.checkNote === null ? [] : [{ label: '复核说明', value: decision.checkNote }]),
      ]}
    />
  );
}
