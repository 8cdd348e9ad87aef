import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useMay } from '#web/api/me.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { Block, Next } from '#web/ui/page.tsx';
import { dayWords } from '#web/ui/words.ts';
import { ActDrawer } from './act-drawer.tsx';
import { acts } from './act-table.ts';
import { actGroups, actWords, leadOf } from './case-leads.ts';
import { CaseUrgent } from './case-urgent.tsx';
import type { Case } from './case-words.ts';

/** Refusals that are of the post and not of the moment; they are told together. */
const ofPost = ['您的岗位不办理这一步。', '这一步不由您的岗位办理。', '有就读学校的个案由学校办理这一步。'];
/** Acts that the state of the case rules out are not listed: another step comes first. */
const ofState = '个案现在的状态不能这样办理，请刷新后看下一步。';

/** The next step of a case with its owner and day as the one primary button, and below it every other act in groups. */
export function CaseActs({ record }: { record: Case }) {
  const [open, setOpen] = useState<string | null>(null);
  const may = useMayAct(record);
  const { next } = record;
  const act = open === null ? undefined : acts[open];
  const button = (action: string, primary: boolean): ReactNode => {
    const words = actWords(action, record);
    if (words === null) return null;
    const to = leadOf(action, record);
    const type = primary ? { type: 'primary' as const } : {};
    if (to !== null)
      return (
        <GoButton key={action} to={to} {...type}>
          {words}
        </GoButton>
      );
    if (acts[action] === undefined) return null;
    return (
      <Button
        key={action}
        {...type}
        onClick={() => {
          setOpen(action);
        }}
      >
        {words}
      </Button>
    );
  };
  const first = next !== null && may(next.action) ? button(next.action, true) : null;
  // Where an emergency stands above, its acts stand there.
  const atTop = record.emergencies.length > 0 && record.urgent ? ['answerReferral', 'emergency'] : [];
  const groups = actGroups
    .map(({ title, actions }) => ({
      title,
      buttons: actions
        .filter((action) => may(action) && !(first !== null && action === next?.action) && !atTop.includes(action))
        .map((action) => button(action, false))
        .filter((one) => one !== null),
    }))
    .filter((group) => group.buttons.length > 0);
  return (
    <>
      <CaseUrgent
        record={record}
        buttons={['answerReferral', 'emergency'].filter(may).map((action) => button(action, false))}
      />
      <NextStep record={record} button={first} />
      <Block title={first === null ? '可以办理' : '其他办理'}>
        {groups.length === 0 ? <p className="quiet">这个个案现在没有要您办理的事项，您可以查看经过和材料。</p> : null}
        <div className="drop-groups">
          {groups.map((group) => (
            <div key={group.title} className="drop-group">
              <h3>{group.title}</h3>
              <div className="drop-acts">{group.buttons}</div>
            </div>
          ))}
        </div>
        <Refused record={record} />
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

/** Whether the pupil is back and no 复学证明 has been issued for it: the closing asks for one. */
function backAndWithout(record: Case): boolean {
  const issued = record.documents.some((one) => one.kind === 'returnCertificate' && one.state !== 'voided');
  return (record.state === 'returned' || record.state === 'followed') && !issued;
}

/** Whether this person may do an act on the case now. */
function useMayAct(record: Case): (action: string) => boolean {
  const mayVisit = useMay('visits.record');
  const mayServe = useMay('notices.issue');
  const living = record.state !== 'closed' && record.state !== 'dismissed';
  return (action) => {
    if (action === 'visit') return mayVisit && living;
    if (action === 'returnCertificate') return mayServe && backAndWithout(record);
    if (action === 'serve') {
      const waiting = record.ladder.find((one) => one.state === 'issued');
      return mayServe && waiting !== undefined && record.next?.mine === true;
    }
    return record.allowed[action]?.may === true;
  };
}

function NextStep({ record, button }: { record: Case; button: ReactNode }) {
  const { next } = record;
  if (next === null)
    return (
      <Next
        words={
          record.state === 'closed'
            ? `已销号${record.categoryWords === null ? '' : `（${record.categoryWords}）`}，没有要办的事。`
            : '现在没有要办的事。'
        }
      />
    );
  return (
    <Next
      words={
        <>
          <span className="quiet drop-next-label">下一步　</span>
          {next.words}
          <span className="drop-next-owner">
            {next.mine ? '由您办理' : `由${next.ownerWords}办理${button === null ? '' : '，您也可以办理'}`}
            {next.waitsUntil === null ? '' : `；文书期限到 ${dayWords(next.waitsUntil)}，期间继续劝返`}
          </span>
        </>
      }
      due={next.dueDate}
      overdue={record.overdue}
      button={button}
    />
  );
}

/** What cannot be done now, with the reason; what belongs to other posts in one line. */
function Refused({ record }: { record: Case }) {
  const refused = actGroups
    .flatMap((group) => group.actions)
    .flatMap((action) => {
      const words = actWords(action, record);
      const answer = record.allowed[action];
      return words === null || answer === undefined || answer.may ? [] : [{ words, why: answer.why ?? '' }];
    });
  const now = refused.filter((one) => one.why !== ofState && !ofPost.includes(one.why));
  const others = refused.filter((one) => ofPost.includes(one.why));
  if (now.length + others.length === 0) return null;
  return (
    <details className="drop-refused">
      <summary>现在不能办的</summary>
      <ul className="drop-plain">
        {now.map((one) => (
          <li key={one.words}>
            <span>
              <strong>{one.words}</strong>　<span className="quiet">{one.why}</span>
            </span>
          </li>
        ))}
        {others.length === 0 ? null : (
          <li>
            <span>
              <strong>由其他岗位办理</strong>　
              <span className="quiet">{others.map((one) => one.words).join('、')}</span>
            </span>
          </li>
        )}
      </ul>
    </details>
  );
}
