import { openPaper } from '#contract/papers.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { Facts } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentWords } from '#web/ui/words.ts';
import type { DocumentRecord } from './notices-words.ts';

type Service = DocumentRecord['services'][number];

/** The receipts of service of a document and the attempts that failed, with their papers. */
export function Services({ services }: { services: readonly Service[] }) {
  const mayOpen = useMay('papers.read');
  if (services.length === 0) return <p className="quiet">还没有送达记录。未能送达的也要登记，公告送达以此为前提。</p>;
  return (
    <ul className="not-services">
      {services.map((one) => (
        <li key={one.id}>
          <Status
            kind={one.outcome === 'served' ? 'ok' : 'warn'}
            words={`${one.modeWords}：${one.outcome === 'served' ? `${one.servedDay ?? one.day} 送达` : '未能送达'}`}
          />
          <Facts items={factsOf(one)} />
          {one.papers.length === 0 ? null : (
            <p className="not-papers">
              {one.papers.map((id, index) =>
                mayOpen ? (
                  <a key={id} href={fileUrl(openPaper, { id })} target="_blank" rel="noreferrer">
                    送达材料 {index + 1}
                  </a>
                ) : (
                  <span key={id}>送达材料 {index + 1}</span>
                ),
              )}
            </p>
          )}
          <p className="quiet">
            {one.recordedName}登记，{momentWords(one.recordedAt)}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Only what was written of this service; an empty field of another mode is left out. */
function factsOf(one: Service): { label: string; value: string }[] {
  const witnesses = one.witnesses.map((each) => (each.unit === '' ? each.name : `${each.name}（${each.unit}）`));
  const recipient = one.relation === '' ? one.recipient : `${one.recipient}（${one.relation}）`;
  return [
    { label: one.mode === 'public' ? '公告日期' : '日期', value: one.day },
    { label: '地点', value: one.place },
    { label: '签收人', value: one.recipient === '' ? '' : `${recipient}${one.signed ? '，已签名' : ''}` },
    { label: '送达人', value: one.servers.join('、') },
    { label: '拒收情况', value: one.refusal },
    { label: '见证人', value: witnesses.join('、') },
    { label: one.mode === 'public' ? '公告载体' : '号码或地址', value: one.reference },
    { label: '同意电子送达', value: one.consent },
    { label: '说明', value: one.note },
  ].filter((fact) => fact.value !== '');
}
