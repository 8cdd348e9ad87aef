import { openPaper } from '#contract/papers.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';

/** The papers of an entry as links that open them; how many there are for who may not open them. */
export function PaperLinks({ ids }: { ids: readonly string[] }) {
  const may = useMay('papers.read');
  if (ids.length === 0) return <>没有材料</>;
  if (!may) return <>{ids.length} 份</>;
  return (
    <span className="drop-links">
      {ids.map((id, index) => (
        <a key={id} href={fileUrl(openPaper, { id })} target="_blank" rel="noreferrer">
          打开材料{ids.length > 1 ? ` ${String(index + 1)}` : ''}
        </a>
      ))}
    </span>
  );
}
