import type { Permission } from '#domain/basics/permissions.ts';
import { comparisonKindWords } from '#domain/comparison/words.ts';
import { useMe } from '#web/api/me.ts';
import { addressOf } from '#web/ui/address.ts';
import { Go } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { isPast, type Asked } from './asked.ts';
import type { Cockpit } from './cockpit.ts';
import { Kept, keptWords } from './kept-number.tsx';

/** What stands beside the rate and may still change it: held rows, proposals, double enrolments and the like, as they stood at the moment asked. */
export function Beside({ figures, asked }: { figures: Cockpit; asked: Asked }) {
  const { permissions } = useMe();
  const units = { subdistrict: asked.street, schoolId: asked.schoolId };
  const findings = (kind: keyof typeof comparisonKindWords, value: number | null) => ({
    words: comparisonKindWords[kind],
    value,
    to: addressOf('/compare', { kind, ...units }),
    needs: 'findings.read' as const,
  });
  const items: { words: string; value: number | null; to: string; needs: Permission }[] = [
    { words: '待更正的行', value: figures.heldRows, to: '/compare/held', needs: 'lists.import' },
    { words: '待核对的同一人', value: figures.openProposals, to: '/compare/proposals', needs: 'proposals.decide' },
    findings('doubleEnrolled', figures.doubleEnrolled),
    findings('enrolledElsewhere', figures.statedElsewhere),
    findings('onRollAbsent', figures.onRollAbsent),
    findings('notInRegister', figures.notInRegister),
    findings('deferred', figures.deferred),
  ];
  // lists are of now; of a past day or moment there is none that says the same
  const live = !isPast(asked);
  return (
    <Block
      title="与入学率并列的数字"
      extra={<span className="quiet">{live ? '这些情况落实前，入学率还可能变动' : keptWords(figures)}</span>}
    >
      <div className="beside">
        {items.map((item) =>
          live && permissions.includes(item.needs) ? (
            <Go key={item.words} to={item.to}>
              <Kept value={item.value} />
              <span>{item.words}</span>
            </Go>
          ) : (
            <div key={item.words}>
              <Kept value={item.value} />
              <span>{item.words}</span>
            </div>
          ),
        )}
      </div>
    </Block>
  );
}
