import { downloadDocument } from '#contract/notices.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Timeline } from '#web/ui/page.tsx';
import { Status, type StatusKind } from '#web/ui/status.tsx';
import type { Case } from './case-words.ts';

type Standing = Case['ladder'][number]['state'];

const rungLook: Record<Standing, StatusKind> = {
  open: 'quiet',
  issued: 'wait',
  running: 'wait',
  done: 'ok',
  skipped: 'warn',
};
const rungStateWords: Record<Standing, string> = {
  open: '未办',
  issued: '待送达',
  running: '期限未到',
  done: '已办',
  skipped: '已跳过',
};

/** The ladder of the present round and the timeline of every round, newest first as given. */
export function CaseHistory({ record }: { record: Case }) {
  const mayOpen = useMay('notices.read');
  return (
    <>
      <Block title="劝返阶梯">
        <ol className="drop-plain">
          {record.ladder.map((one) => (
            <li key={one.rung}>
              <span>
                <Status kind={rungLook[one.state]} words={rungStateWords[one.state]} /> <strong>{one.words}</strong>
                {one.count > 1 ? `　${String(one.count)} 次` : ''}
                {one.day === null ? '' : `　${one.day}`}
                {one.dueDate === null ? '' : `，期限 ${one.dueDate}`}
              </span>
              <span className="quiet">
                {one.issuer}
                {one.reason === null ? '' : `；跳过原因：${one.reason}`}
              </span>
            </li>
          ))}
        </ol>
      </Block>
      <Block title="经过">
        <Timeline
          items={record.timeline.map((one) => ({
            at: one.at,
            actor: one.actor,
            words: (
              <div className="drop-words">
                <strong>{one.words}</strong>
                {record.round > 1 ? <span className="quiet">　第 {one.round} 轮</span> : null}
                {one.hidden ? <div className="quiet">内容只有办理人员可以看。</div> : null}
                {one.detail === null ? null : <div>{one.detail}</div>}
                {one.dueDate === null ? null : <div className="quiet">期限 {one.dueDate}</div>}
                {one.visitId === null ? null : <Go to={`/visits/${one.visitId}`}>打开走访记录</Go>}
                {one.documentId === null || !mayOpen ? null : (
                  <a href={fileUrl(downloadDocument, { id: one.documentId })} target="_blank" rel="noreferrer">
                    打开文书
                  </a>
                )}
              </div>
            ),
          }))}
        />
      </Block>
    </>
  );
}
