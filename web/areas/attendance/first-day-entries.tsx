import { App, Button } from 'antd';
import { useMemo, useState } from 'react';
import { saveFirstDay } from '#contract/attendance-first-day.ts';
import { newRequestId } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { LateOnRoll } from './first-day-late.tsx';
import { EntryFields, isReady, type Typed } from './first-day-entry.tsx';
import { firstDayRefreshes, saidWords, type ClassList, type MissingPupil } from './first-day-words.ts';

function begun(pupil: MissingPupil): Typed {
  const { entry } = pupil;
  return {
    reason: entry?.reason ?? pupil.suggested,
    reasonWords: entry?.reasonWords ?? '',
    whereabouts: entry?.whereabouts ?? pupil.suggestedWhereabouts,
    whereaboutsWords: entry?.whereaboutsWords ?? '',
  };
}

/** Who was not at school: reason and whereabouts of each, saved together by one button; what stands can be corrected. */
export function FirstDayEntries({ list }: { list: ClassList }) {
  const { message } = App.useApp();
  const [typed, setTyped] = useState<ReadonlyMap<string, Typed>>(new Map());
  const [correcting, setCorrecting] = useState<ReadonlySet<string>>(new Set());
  const [byHand, setByHand] = useState(false);
  // One id for each entry until it is answered, so that what is sent again stands once.
  const ids = useMemo(() => new Map(list.missing.map(({ childId }) => [childId, newRequestId()])), [list]);
  const { send, sending } = useSend(saveFirstDay, { refresh: firstDayRefreshes });
  const may = list.allowed.enter;
  const shown = list.marked || byHand || !may ? list.missing : list.missing.filter(({ entry }) => entry !== null);
  const asked = may ? shown.filter((pupil) => pupil.entry === null || correcting.has(pupil.childId)) : [];
  const of = (pupil: MissingPupil) => typed.get(pupil.childId) ?? begun(pupil);
  const ready = asked.flatMap((pupil) => {
    const said = of(pupil);
    return isReady(said) ? [{ id: ids.get(pupil.childId) ?? newRequestId(), childId: pupil.childId, ...said }] : [];
  });
  const save = async () => {
    try {
      const kept = await send({ classId: list.classId, day: list.day, entries: ready });
      setTyped(new Map());
      setCorrecting(new Set());
      void message.success(
        kept.done ? '全班核对完。' : `已登记 ${String(kept.saved)} 人，还有 ${String(kept.open)} 人待说明。`,
      );
    } catch {
      // the refusal has been shown, and what was typed stays
    }
  };
  if (list.begun && list.missing.length === 0 && list.done)
    return (
      <Block>
        <Status kind="ok" words="全班到校，不用再登记。" />
      </Block>
    );
  if (!list.marked && !byHand && may && list.missing.length > 0)
    return (
      <>
        {shown.length > 0 ? <Pupils list={list} shown={shown} may={false} of={of} asked={[]} /> : null}
        <Block>
          <Button
            onClick={() => {
              setByHand(true);
            }}
          >
            暂时不能点名，逐人登记
          </Button>
        </Block>
      </>
    );
  return (
    <>
      <Pupils
        list={list}
        shown={shown}
        may={may}
        of={of}
        asked={asked}
        onChange={(pupil, said) => {
          setTyped(new Map([...typed, [pupil.childId, said]]));
        }}
        onCorrect={(pupil) => {
          setCorrecting(new Set([...correcting, pupil.childId]));
        }}
      />
      {asked.length > 0 ? (
        <div className="att-sticky">
          <Button
            type="primary"
            size="large"
            block
            loading={sending}
            disabled={ready.length === 0}
            title={ready.length === 0 ? '请先选原因和去向。' : undefined}
            onClick={() => void save()}
          >
            {ready.length === asked.length
              ? `保存 ${String(ready.length)} 人的原因和去向`
              : `保存已填的 ${String(ready.length)} 人，还差 ${String(asked.length - ready.length)} 人`}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Pupils({
  list,
  shown,
  may,
  of,
  asked,
  onChange,
  onCorrect,
}: {
  list: ClassList;
  shown: readonly MissingPupil[];
  may: boolean;
  of: (pupil: MissingPupil) => Typed;
  asked: readonly MissingPupil[];
  onChange?: (pupil: MissingPupil, said: Typed) => void;
  onCorrect?: (pupil: MissingPupil) => void;
}) {
  return (
    <Block title={`没有到校的学生（${String(list.missing.length)} 人）`}>
      <ul className="att-absents">
        {shown.map((pupil) => (
          <li key={pupil.childId} className="att-absent">
            <div className="att-absent-head">
              <span className="att-absent-name">{pupil.name}</span>
              <Status kind={pupil.mark === 'absent' ? 'bad' : 'quiet'} words={pupil.markWords} />
              {pupil.known === null ? null : <span className="quiet">{pupil.known}</span>}
            </div>
            {asked.includes(pupil) ? (
              <EntryFields
                name={pupil.name}
                value={of(pupil)}
                onChange={(said) => {
                  onChange?.(pupil, said);
                }}
              />
            ) : (
              <Said
                pupil={pupil}
                {...(may && pupil.entry !== null
                  ? {
                      onCorrect: () => {
                        onCorrect?.(pupil);
                      },
                    }
                  : {})}
              />
            )}
            {pupil.latePart !== null && pupil.entry === null ? (
              <LateOnRoll pupil={pupil} part={pupil.latePart} day={list.day} may={may && onChange !== undefined} />
            ) : null}
            {pupil.report ? <Report pupil={pupil} /> : null}
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Said({ pupil, onCorrect }: { pupil: MissingPupil; onCorrect?: () => void }) {
  if (pupil.entry === null) return <Status kind="bad" words="待说明" />;
  const said = saidWords(pupil.entry);
  return (
    <div>
      <p>
        {said.reason}；去向：{said.whereabouts}{' '}
        <span className="quiet">
          {pupil.entry.enteredName}，{momentShort(pupil.entry.enteredAt)}
        </span>{' '}
        {onCorrect === undefined ? null : (
          <Button type="link" size="small" onClick={onCorrect} aria-label={`更正${pupil.name}的登记`}>
            更正
          </Button>
        )}
      </p>
      {pupil.earlier.map((entry) => {
        const before = saidWords(entry);
        return (
          <p key={`${entry.enteredAt} ${before.reason}`} className="quiet">
            更正前：{before.reason}；去向：{before.whereabouts}（{entry.enteredName}，{momentShort(entry.enteredAt)}）
          </p>
        );
      })}
    </div>
  );
}

function Report({ pupil }: { pupil: MissingPupil }) {
  const may = useMay('cases.report');
  if (!may) return null;
  const left = pupil.entry?.reason === 'leftSchool';
  return (
    <div className="att-next att-next-bad">
      <span>{left ? '家长称孩子不再上学，当天报告疑似辍学。' : '去向不明或联系不上，当天报告疑似辍学。'}</span>
      <GoButton
        to={addressOf('/cases/report', {
          child: pupil.childId,
          day: pupil.since,
          ...(left ? { called: 'yes' } : { lost: 'yes' }),
        })}
        type="primary"
      >
        报告疑似辍学
      </GoButton>
    </div>
  );
}
