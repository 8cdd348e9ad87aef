import { useState } from 'react';
import { Button } from 'antd';
import { HistoryOutlined } from '@ant-design/icons';
import { asOfWords } from '#domain/basics/as-of.ts';
import { useMe } from '#web/api/me.ts';
import { DayField } from './day-field.tsx';
import { useListState } from './list-state.ts';
import { MomentField } from './moment-field.tsx';

/** How a list takes the pair: the day and the moment, or the moment alone where the list names its own days. */
export type AsOfKind = 'pair' | 'moment';

/** The past that stands in the address, in words; null where what stands now is shown. */
interface ShownThen {
  day: string | null;
  knownAt: string | null;
  words: string;
  /** Why nothing can be done here meanwhile. */
  why: string;
}

/** Reads the past that the page shows from the address. */
export function useThen(kind: AsOfKind = 'pair'): ShownThen | null {
  const { state } = useListState();
  const { today } = useMe();
  const chosen = kind === 'moment' ? null : (state['day'] ?? null);
  const knownAt = state['knownAt'] ?? null;
  if ((chosen === null || chosen === today) && knownAt === null) return null;
  const day = kind === 'moment' ? null : (chosen ?? today);
  return {
    day,
    knownAt,
    words: asOfWords({ day, knownAt }),
    why: '正在看过去的情况，不能办理。回到现在后再办。',
  };
}

/** The pair as calls and addresses take it; empty for now. */
export function pairOf(then: ShownThen | null): { day?: string; knownAt?: string } {
  return {
    ...(then === null || then.day === null ? {} : { day: then.day }),
    ...(then === null || then.knownAt === null ? {} : { knownAt: then.knownAt }),
  };
}

/** What an act of a page takes while the past is shown: it is off and says why. */
export function offThen(then: ShownThen | null): { disabled?: true; title?: string } {
  return then === null ? {} : { disabled: true, title: then.why };
}

/** The button that opens the fields of day and moment. */
export function AsOfButton({ kind, open, onOpen }: { kind: AsOfKind; open: boolean; onOpen: (open: boolean) => void }) {
  const then = useThen(kind);
  if (then !== null) return null;
  return (
    <Button
      icon={<HistoryOutlined />}
      aria-expanded={open}
      onClick={() => {
        onOpen(!open);
      }}
    >
      看过去
    </Button>
  );
}

/** The fields of day and moment, and over the rows in one sentence what they show, with one tap back to now. */
export function AsOfLine({ kind, open, onOpen }: { kind: AsOfKind; open: boolean; onOpen: (open: boolean) => void }) {
  const { state, set } = useListState();
  const { today } = useMe();
  const then = useThen(kind);
  if (!open && then === null) return null;
  return (
    <div className="as-of" role="group" aria-label="看过去的情况">
      <div className="as-of-fields">
        {kind === 'moment' ? null : (
          <DayField
            words="截至哪一天"
            width={150}
            latest={today}
            value={state['day'] ?? today}
            onChange={(day) => {
              set({ day: day === today ? undefined : day });
            }}
          />
        )}
        <MomentField
          value={state['knownAt'] ?? null}
          back={false}
          onChange={(moment) => {
            set({ knownAt: moment });
          }}
        />
        <Button
          onClick={() => {
            onOpen(false);
            set(kind === 'moment' ? { knownAt: undefined } : { day: undefined, knownAt: undefined });
          }}
        >
          {then === null ? '收起' : '回到现在'}
        </Button>
      </div>
      {then === null ? null : (
        <p className="as-of-words" role="status">
          <strong>{then.words}</strong>
          <span>。这是过去的情况，可以查看和导出，不能办理。</span>
        </p>
      )}
    </div>
  );
}

/** Button and line together, for what is no list. */
export function AsOf({ kind = 'pair' }: { kind?: AsOfKind }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <AsOfButton kind={kind} open={open} onOpen={setOpen} />
      <AsOfLine kind={kind} open={open} onOpen={setOpen} />
    </>
  );
}
