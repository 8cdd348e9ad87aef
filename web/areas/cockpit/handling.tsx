import { findingStateWords } from '#domain/comparison/words.ts';
import { useMay } from '#web/api/me.ts';
import { addressOf } from '#web/ui/address.ts';
import { Go } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';
import { isPast, type Asked } from './asked.ts';
import type { Cockpit } from './cockpit.ts';
import { Kept, keptWords, notKept } from './kept-number.tsx';

const steps = Object.entries(findingStateWords).map(([state, words]) => ({ state, words }));

function Overdue({ overdue, to }: { overdue: number | null; to: string | null }) {
  if (overdue === null) return <span className="quiet">超期：{notKept}</span>;
  if (overdue === 0) return <Status kind="ok" words="没有超期" />;
  const status = <Status kind="bad" words={`超期 ${count(overdue)} 条`} />;
  return to === null ? status : <Go to={to}>{status}</Go>;
}

/** How far the findings are, from found to settled, and how many are past their day, as they stood at the moment asked. */
export function Handling({ figures, asked }: { figures: Cockpit; asked: Asked }) {
  const may = useMay('findings.read') && !isPast(asked);
  const units = { subdistrict: asked.street, schoolId: asked.schoolId };
  const states = figures.findingStates;
  return (
    <Block
      title="办理到哪一步"
      extra={
        <>
          {figures.foundAt === null ? null : <span className="quiet">{keptWords(figures)}　</span>}
          <Overdue overdue={figures.overdue} to={may ? addressOf('/compare', { overdue: 'yes', ...units }) : null} />
        </>
      }
    >
      <div className="beside">
        {steps.map((step) => {
          const inside = (
            <>
              <Kept value={states === null ? null : (states[step.state] ?? 0)} />
              <span>{step.words}</span>
            </>
          );
          return may ? (
            <Go key={step.state} to={addressOf('/compare', { state: step.state, ...units })}>
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
