import type { ReactNode } from 'react';
import { openReply } from '#contract/dropout-views.ts';
import { downloadDocument } from '#contract/notices.ts';
import { referralPartyWords } from '#domain/dropout/words.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { Go } from '#web/ui/go.tsx';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { referralWords, type Case } from './case-words.ts';
import { PaperLinks } from './paper-links.tsx';

/** Whether a letter to a bureau elsewhere may still be issued as a document, which then bears its number. */
function letterLacking(record: Case, letter: Case['referrals'][number]): boolean {
  return (
    record.allowed['refer']?.may === true &&
    letter.partyWords === referralPartyWords.educationElsewhere &&
    letter.waits &&
    !record.documents.some((one) => one.numberWords === letter.number)
  );
}

/** What belongs to the case: documents, visits, referrals, follow-ups, call-back, emergencies, reports and rounds. */
export function CaseSide({ record }: { record: Case }) {
  const mayDocument = useMay('notices.read');
  const mayVisit = useMay('visits.read');
  const { callBack } = record;
  return (
    <>
      {record.emergencies.length + record.hiddenEmergencies > 0 ? (
        <Rows title="紧急情况" empty="">
          {record.emergencies.map((one) => (
            <li key={one.id}>
              <Status kind="bad" words={one.kinds.join('、')} />
              <span className="drop-words">{one.words}</span>
              <span className="quiet">
                {one.reporter}，{momentShort(one.at)}
                {one.policeAt === null
                  ? '；没有报警'
                  : `；${momentShort(one.policeAt)}报警，${one.policeReceipt === null ? '没有回执号' : `回执 ${one.policeReceipt}`}`}
              </span>
            </li>
          ))}
          {record.hiddenEmergencies > 0 ? <li>另有 {record.hiddenEmergencies} 件只有办理人员可以看。</li> : null}
        </Rows>
      ) : null}
      <Rows title="文书" empty="还没有发过文书。">
        {record.documents.map((one) => (
          <li key={one.id}>
            {mayDocument ? (
              <span className="drop-links">
                <Go to={`/notices/${one.id}`}>
                  {one.kindWords} {one.numberWords}
                </Go>
                <a href={fileUrl(downloadDocument, { id: one.id })} target="_blank" rel="noreferrer">
                  看原件
                </a>
              </span>
            ) : (
              <span>
                {one.kindWords} {one.numberWords}
              </span>
            )}
            <Status
              kind={one.overdue ? 'bad' : 'wait'}
              words={`${one.stateWords}${one.dueDate === null ? '' : `，期限 ${one.dueDate}`}`}
            />
          </li>
        ))}
      </Rows>
      <Rows title="走访" empty="还没有走访。">
        {record.visits.map((one) => (
          <li key={one.id}>
            {mayVisit ? <Go to={`/visits/${one.id}`}>{momentShort(one.at)}</Go> : <span>{momentShort(one.at)}</span>}
            <Status
              kind={one.met ? 'ok' : 'warn'}
              words={`${one.modeWords} · ${one.met ? '见到' : `未遇：${one.notMetWords ?? '未写明'}`}`}
            />
          </li>
        ))}
      </Rows>
      <Rows title="协查与转介" empty="">
        {record.referrals.map((one) => (
          <li key={one.id}>
            <span>
              {one.urgent ? <Status kind="bad" words="紧急" /> : null} {referralWords(one)}
            </span>
            {one.withdrawnOn !== null ? (
              <Status kind="quiet" words={`${one.withdrawnOn} 文书作废，不再等候回复`} />
            ) : one.repliedOn === null ? (
              <Status kind={one.overdue ? 'bad' : 'wait'} words={`应于 ${momentShort(one.dueAt)} 前回复`} />
            ) : (
              <Status kind="ok" words={`${one.repliedOn} 回复`} />
            )}
            <span className="drop-words">{one.hidden ? '内容只有办理人员可以看。' : one.words}</span>
            {letterLacking(record, one) ? (
              <Go to={`/notices/new?kind=assistLetter&child=${record.childId}`}>签发协查函（用这个编号）</Go>
            ) : null}
            {one.reply === null ? null : <span className="drop-words">回复：{one.reply}</span>}
            {one.replyPaperId === null ? null : one.urgent ? (
              <a href={fileUrl(openReply, { id: record.id, referralId: one.id })} target="_blank" rel="noreferrer">
                打开材料
              </a>
            ) : (
              <PaperLinks ids={[one.replyPaperId]} />
            )}
          </li>
        ))}
      </Rows>
      <Rows title="复学后跟踪" empty="">
        {record.followUps.map((one) => (
          <li key={one.number}>
            <Status
              kind={one.doneOn === null ? (one.overdue ? 'bad' : 'wait') : one.present === false ? 'bad' : 'ok'}
              words={
                one.doneOn === null
                  ? `第 ${String(one.number)} 次，期限 ${one.dueDate}`
                  : `第 ${String(one.number)} 次，${one.doneOn}，${one.present === false ? '不在校' : '在校'}`
              }
            />
            <span className="drop-words">{one.words}</span>
          </li>
        ))}
        {callBack === null ? null : (
          <li>
            <Status
              kind={callBack.isBack === null ? 'wait' : callBack.isBack ? 'ok' : 'bad'}
              words={`区级回访：${
                callBack.doneOn === null
                  ? '被抽中，待办'
                  : `${callBack.doneOn}，${callBack.isBack === null ? '没有联系上，须再回访' : callBack.isBack ? '在校' : '不在校'}`
              }`}
            />
            <span className="drop-words">{callBack.words}</span>
          </li>
        )}
      </Rows>
      <Rows title="报告" empty={`没有疑似辍学的报告，来源：${record.rounds.at(-1)?.sourceWords ?? '不明'}。`}>
        {record.reports.map((one) => (
          <li key={one.id}>
            <span>
              {one.reporter}，{momentShort(one.reportedAt)}，发现于 {one.discoveredOn}
            </span>
            <span className="drop-words">{[one.reason, one.whereabouts, one.done].filter(Boolean).join('；')}</span>
          </li>
        ))}
      </Rows>
      <Rows title="轮次" empty="">
        {record.rounds.map((one) => (
          <li key={one.round}>
            第 {one.round} 轮：{one.openedOn} {one.sourceWords}
            {one.confirmedOn === null ? '' : `，${one.confirmedOn} 确认`}
            {one.returnedOn === null ? '' : `，${one.returnedOn} 复学`}
            {one.closedOn === null ? '' : `，${one.closedOn} ${one.categoryWords ?? '结案'}`}
          </li>
        ))}
      </Rows>
    </>
  );
}

function Rows({ title, empty, children }: { title: string; empty: string; children: ReactNode[] | ReactNode }) {
  const flat = Array.isArray(children)
    ? children.flat(2).filter((one) => one !== null && one !== undefined)
    : [children];
  if (flat.length === 0 && empty === '') return null;
  return (
    <Block title={title}>
      {flat.length === 0 ? <p className="quiet">{empty}</p> : <ul className="drop-plain">{children}</ul>}
    </Block>
  );
}
