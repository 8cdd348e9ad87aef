import { downloadDocument } from '#contract/notices.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { signaturePicture } from '#web/parts/signature-pad.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Timeline } from '#web/ui/page.tsx';
import { Status, type StatusKind } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import type { Case } from './case-words.ts';

type Standing = Case['ladder'][number];

const rungLook: Record<Standing['state'], StatusKind> = {
  open: 'quiet',
  issued: 'wait',
  running: 'wait',
  done: 'ok',
  skipped: 'warn',
};
const rungStateWords: Record<Standing['state'], string> = {
  open: '未办',
  issued: '待送达',
  running: '期限未到',
  done: '已办',
  skipped: '已跳过',
};

/** The ladder of the present round: each rung with its state, who issues it, its day and its document. */
export function CaseLadder({ record }: { record: Case }) {
  const mayOpen = useMay('notices.read');
  return (
    <Block title={record.round > 1 ? `劝返阶梯（第 ${String(record.round)} 轮）` : '劝返阶梯'}>
      <ol className="drop-ladder">
        {record.ladder.map((one, index) => (
          <li key={one.rung} className={`drop-rung drop-rung-${one.state}`}>
            <span className="drop-rung-number" aria-hidden>
              {index + 1}
            </span>
            <div>
              <strong>{one.words}</strong>
              {one.count > 1 ? `　${String(one.count)} 次` : ''}
              <div className="quiet">{one.issuer}</div>
              {one.reason === null ? null : <div className="quiet">{one.reason}</div>}
              {one.documentId === null || !mayOpen ? null : <Go to={`/notices/${one.documentId}`}>打开文书</Go>}
            </div>
            <div className="drop-rung-state">
              <Status kind={rungLook[one.state]} words={rungStateWords[one.state]} />
              {one.day === null ? null : <div className="quiet">{one.day}</div>}
              {one.dueDate === null ? null : <div className="quiet">期限 {one.dueDate}</div>}
            </div>
          </li>
        ))}
      </ol>
    </Block>
  );
}

/** The timeline of every round, newest first, with what belongs to each entry. */
export function CaseTimeline({ record }: { record: Case }) {
  const mayOpen = useMay('notices.read');
  const mayVisit = useMay('visits.read');
  const lastReturn = record.timeline.findLast((one) => one.what === 'return' && one.round === record.round);
  return (
    <Block title="经过">
      <Timeline
        items={[...record.timeline].reverse().map((one) => ({
          at: one.at,
          actor: one.actor,
          words: (
            <div className="drop-words">
              <strong>{one.words}</strong>
              {record.round > 1 ? <span className="quiet">　第 {one.round} 轮</span> : null}
              {one.detail === null ? null : <div>{one.detail}</div>}
              {one.day === momentShort(one.at).slice(0, 10) || one.what === 'skip' ? null : (
                <div className="quiet">发生日期 {one.day}</div>
              )}
              {one.dueDate === null ? null : <div className="quiet">期限 {one.dueDate}</div>}
              {one.id === lastReturn?.id && record.returnSignature !== null ? (
                <img className="drop-signature" src={signaturePicture(record.returnSignature)} alt="校长签名" />
              ) : null}
              <span className="drop-links">
                {one.visitId === null || !mayVisit ? null : <Go to={`/visits/${one.visitId}`}>打开走访记录</Go>}
                {one.documentId === null || !mayOpen ? null : (
                  <>
                    <Go to={`/notices/${one.documentId}`}>打开文书</Go>
                    <a href={fileUrl(downloadDocument, { id: one.documentId })} target="_blank" rel="noreferrer">
                      看原件
                    </a>
                  </>
                )}
              </span>
            </div>
          ),
        }))}
      />
    </Block>
  );
}
