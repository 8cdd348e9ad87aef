import { findingStateWords } from '#domain/comparison/words.ts';
import { useMay } from '#web/api/me.ts';
import { Go } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';
import type { Cockpit } from './cockpit.ts';

const steps = Object.entries(findingStateWords).map(([state, words]) => ({ state, words }));

/** How far the findings are, from found to settled, and how many are past their day. */
export function Handling({ figures }: { figures: Cockpit }) {
  const may = useMay('findings.read');
  return (
    <Block
      title="办理到哪一步"
      extra={
        figures.overdue > 0 ? (
          may ? (
            <Go to="/compare?overdue=yes">
              <Status kind="bad" words={`超期 ${count(figures.overdue)} 条`} />
            </Go>
          ) : (
            <Status kind="bad" words={`超期 ${count(figures.overdue)} 条`} />
          )
        ) : (
          <Status kind="ok" words="没有超期" />
        )
      }
    >
      <div className="beside">
        {steps.map((step) => {
          const value = figures.findingStates[step.state] ?? 0;
          const inside = (
            <>
              <strong>{count(value)}</strong>
              <span>{step.words}</span>
            </>
          );
          return may ? (
            <Go key={step.state} to={`/compare?state=${step.state}`}>
              {inside}
            </Go>
          ) : (
            <div key={step.state}>{inside}</div>
          );
        })}
      </div>
    </Block>
  );
}
