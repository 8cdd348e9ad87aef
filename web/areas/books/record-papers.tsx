import { FilePdfOutlined, PictureOutlined } from '@ant-design/icons';
import { openPaper } from '#contract/papers.ts';
import type { PaperPlace } from '#domain/books/work-record.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import type { RecordRow } from './record-fields.ts';

/** The scans of one place of a record as links that open them; only their names for who may not open them. */
export function RecordPapers({ row, place, entry = 0 }: { row: RecordRow; place: PaperPlace; entry?: number }) {
  const may = useMay('papers.read');
  const papers = row.papers.filter((one) => one.place === place && one.entry === entry);
  if (papers.length === 0) return null;
  return (
    <span className="books-papers">
      {papers.map((one) => {
        const icon = one.contentType === 'application/pdf' ? <FilePdfOutlined /> : <PictureOutlined />;
        const name = `${one.fileName}${one.voided ? '（已作废）' : ''}`;
        return may ? (
          <a key={one.id} href={fileUrl(openPaper, { id: one.id })} target="_blank" rel="noreferrer">
            {icon} {name}
          </a>
        ) : (
          <span key={one.id}>
            {icon} {name}
          </span>
        );
      })}
    </span>
  );
}
