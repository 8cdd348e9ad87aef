import { roleWords } from '#domain/basics/roles.ts';
import { reportStates, reportStateWords } from '#domain/statistics/report.ts';
import { reportSteps } from '#domain/statistics/steps.ts';
import { Block, Timeline } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { reportLook, type Report } from './report-words.ts';

/** What was done with the report, newest first, and beside it the states a report can take, drawn from the table of steps. */
export function ReportHistory({ record }: { record: Report }) {
  return (
    <div className="rep-two">
      <Block title="办理记录">
        <Timeline
          items={[...record.history].reverse().map((one) => ({
            at: one.at,
            actor: one.actorName,
            words: (
              <>
                <strong>{one.words}</strong>　第 {one.version} 版
                {one.note === null ? null : <div className="rep-text">{one.note}</div>}
              </>
            ),
          }))}
        />
      </Block>
      <Block title="报送流程">
        <ol className="rep-steps">
          {reportStates.map((state) => (
            <li key={state} {...(state === record.state ? { 'aria-current': 'step' as const } : {})}>
              <Status kind={reportLook[state]} words={<strong>{reportStateWords[state]}</strong>} />
              {state === record.state ? <span className="rep-here">现在</span> : null}
              <ul>
                {reportSteps
                  .filter((step) => step.from.includes(state))
                  .map((step) => (
                    <li key={step.action}>
                      {step.words}（{step.roles.map((role) => roleWords[role]).join('、')}）→{' '}
                      {reportStateWords[step.next]}
                    </li>
                  ))}
              </ul>
            </li>
          ))}
        </ol>
      </Block>
    </div>
  );
}
