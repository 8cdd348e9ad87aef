import { Button } from 'antd';
import { useState } from 'react';
import { Block, Next } from '#web/ui/page.tsx';
import { dayWords } from '#web/ui/words.ts';
import { ActDrawer } from './act-drawer.tsx';
import { acts } from './act-table.ts';
import type { Case } from './case-words.ts';
import { GoButton } from './go-button.tsx';

const links: Readonly<Record<string, { words: string; to: (record: Case) => string }>> = {
  report: { words: '补充报告', to: (record) => `/cases/report?child=${record.childId}` },
  emergency: { words: '报告紧急情况', to: (record) => `/cases/report?child=${record.childId}&emergency=yes` },
};

/** The next step of a case as its one primary button, and below it every other step, those that may not be taken with the reason. */
export function CaseActs({ record }: { record: Case }) {
  const [open, setOpen] = useState<string | null>(null);
  const { next } = record;
  const act = open === null ? undefined : acts[open];
  const start = next === null ? undefined : acts[next.action];
  const mayStart = next !== null && record.allowed[next.action]?.may === true;
  const offered = [...Object.keys(acts), ...Object.keys(links)].flatMap((action) => {
    const may = record.allowed[action];
    return may === undefined ? [] : [{ action, ...may }];
  });
  const wordsOf = (action: string) => acts[action]?.words ?? links[action]?.words ?? action;
  const refused = offered.filter((one) => !one.may);
  return (
    <>
      {next === null ? (
        <Next words="现在没有要办的事。" />
      ) : (
        <Next
          words={
            <>
              {next.words}
              <span className="quiet">
                　{next.ownerWords}
                {next.waitsUntil === null ? '' : `，等到${dayWords(next.waitsUntil)}`}
              </span>
            </>
          }
          due={next.dueDate}
          overdue={record.overdue}
          button={
            start !== undefined && mayStart ? (
              <Button
                type="primary"
                onClick={() => {
                  setOpen(next.action);
                }}
              >
                {start.words}
              </Button>
            ) : undefined
          }
        />
      )}
      <Block title="办理">
        <div className="drop-acts">
          {offered
            .filter((one) => one.may && (one.action !== next?.action || !mayStart || start === undefined))
            .map(({ action }) => {
              const link = links[action];
              return link === undefined ? (
                <Button
                  key={action}
                  onClick={() => {
                    setOpen(action);
                  }}
                >
                  {wordsOf(action)}
                </Button>
              ) : (
                <GoButton key={action} to={link.to(record)}>
                  {link.words}
                </GoButton>
              );
            })}
          <GoButton to={`/visits/new?child=${record.childId}&case=${record.id}`}>登记走访</GoButton>
        </div>
        {refused.length === 0 ? null : (
          <details>
            <summary className="quiet">现在不能办的（{refused.length}）</summary>
            <ul className="drop-plain">
              {refused.map((one) => (
                <li key={one.action}>
                  <span>
                    <Button disabled title={one.why ?? undefined}>
                      {wordsOf(one.action)}
                    </Button>{' '}
                    <span className="quiet">{one.why}</span>
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </Block>
      {open !== null && act !== undefined ? (
        <ActDrawer
          key={open}
          act={act}
          action={open}
          record={record}
          onClose={() => {
            setOpen(null);
          }}
        />
      ) : null}
    </>
  );
}
