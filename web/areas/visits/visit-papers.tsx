import { Button } from 'antd';
import { openPaper, voidPaper } from '#contract/papers.ts';
import { fileUrl } from '#web/api/call.ts';
import { useSend } from '#web/api/use.ts';
import { askReason } from '#web/parts/reason.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentWords } from '#web/ui/words.ts';
import { visitRefreshes, type Visit } from './visits-words.ts';

/** The papers of a visit: each opens, and may be voided with a reason; the original stays. */
export function VisitPapers({ papers, mayOpen }: { papers: Visit['papers']; mayOpen: boolean }) {
  const { send, sending } = useSend(voidPaper, { done: '已作废，原件保留。', refresh: visitRefreshes });
  if (papers.length === 0) return <p className="quiet">没有材料。照片、扫描件随走访一起上传后列在这里。</p>;
  const end = async (id: string, name: string) => {
    const reason = await askReason({ title: `作废材料“${name}”`, words: '作废后仍可查看，不能恢复。', danger: true });
    if (reason !== null) await send({ id, reason }).catch(() => undefined);
  };
  return (
    <ul className="vis-papers">
      {papers.map((paper) => (
        <li key={paper.id}>
          <div>
            {mayOpen ? (
              <a href={fileUrl(openPaper, { id: paper.id })} target="_blank" rel="noreferrer">
                {paper.fileName}
              </a>
            ) : (
              paper.fileName
            )}
            <div className="quiet">
              {paper.kindWords}，{Math.ceil(paper.bytes / 1024)} KB，{paper.byName}，{momentWords(paper.at)}
            </div>
            {paper.voided === null ? null : (
              <Status kind="quiet" words={`已作废（${paper.voided.byName}）：${paper.voided.reason}`} />
            )}
          </div>
          {paper.allowed.void && paper.voided === null ? (
            <Button disabled={sending} onClick={() => void end(paper.id, paper.fileName)}>
              作废
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
