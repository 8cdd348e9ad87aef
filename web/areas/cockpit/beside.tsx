import type { Permission } from '#domain/basics/permissions.ts';
import { comparisonKindWords } from '#domain/comparison/words.ts';
import { useMe } from '#web/api/me.ts';
import { Go } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { count } from '#web/ui/words.ts';
import type { Cockpit } from './cockpit.ts';

/** What stands beside the rate and may still change it: held rows, proposals, double enrolments and the like. */
export function Beside({ figures }: { figures: Cockpit }) {
  const { permissions } = useMe();
  const items: { words: string; value: number; to: string; needs: Permission }[] = [
    { words: '待更正的行', value: figures.heldRows, to: '/compare/held', needs: 'lists.import' },
    { words: '待核对的同一人', value: figures.openProposals, to: '/compare/proposals', needs: 'proposals.decide' },
    {
      words: comparisonKindWords.doubleEnrolled,
      value: figures.doubleEnrolled,
      to: '/compare?kind=doubleEnrolled',
      needs: 'findings.read',
    },
    {
      words: comparisonKindWords.enrolledElsewhere,
      value: figures.statedElsewhere,
      to: '/compare?kind=enrolledElsewhere',
      needs: 'findings.read',
    },
    {
      words: comparisonKindWords.onRollAbsent,
      value: figures.onRollAbsent,
      to: '/compare?kind=onRollAbsent',
      needs: 'findings.read',
    },
    {
      words: comparisonKindWords.notInRegister,
      value: figures.notInRegister,
      to: '/compare?kind=notInRegister',
      needs: 'findings.read',
    },
    {
      words: comparisonKindWords.deferred,
      value: figures.deferred,
      to: '/compare?kind=deferred',
      needs: 'findings.read',
    },
  ];
  return (
    <Block title="与入学率并列的数字" extra={<span className="quiet">这些情况落实前，入学率还可能变动</span>}>
      <div className="beside">
        {items.map((item) =>
          permissions.includes(item.needs) ? (
            <Go key={item.words} to={item.to}>
              <strong>{count(item.value)}</strong>
              <span>{item.words}</span>
            </Go>
          ) : (
            <div key={item.words}>
              <strong>{count(item.value)}</strong>
              <span>{item.words}</span>
            </div>
          ),
        )}
      </div>
    </Block>
  );
}
