import { Alert, Button, Collapse, Drawer, Skeleton } from 'antd';
import { useState } from 'react';
import { getRecord } from '#contract/books-records.ts';
import { helpKindWords, workKindWords, workStateWords } from '#domain/books/work-words.ts';
import { useAnswer } from '#web/api/use.ts';
import { Go } from '#web/ui/go.tsx';
import { Facts } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { Status, type StatusKind } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { ActDialog, actWords, type RecordAct } from './record-act.tsx';
import type { RecordRow } from './record-fields.ts';
import { RecordPapers } from './record-papers.tsx';

/** How the state of a record reads. */
export function RecordState({ row }: { row: RecordRow }) {
  const kinds: Record<RecordRow['state'], StatusKind> = {
    stands: 'ok',
    withdrawn: 'quiet',
    open: row.late ? 'bad' : 'warn',
    mended: 'wait',
    settled: 'ok',
    helped: 'wait',
    ended: 'ok',
  };
  return <Status kind={kinds[row.state]} words={row.late ? '待整改，已超期' : workStateWords[row.state]} />;
}

const personLabels: Partial<Record<RecordRow['kind'], string>> = {
  plan: '制订人',
  inspection: '督查人员',
  pairing: '其他帮扶人',
};

function factsOf(row: RecordRow) {
  const { content } = row;
  const { mended, rechecked } = content;
  const withPapers = (words: string, place: 'mended' | 'rechecked') => (
    <>
      {words} <RecordPapers row={row} place={place} />
    </>
  );
  const own = row.papers.some((one) => one.place === 'record');
  return [
    ...(row.kind === 'pairing' ? [] : [{ label: '形式', value: row.sortWords }]),
    { label: '状态', value: <RecordState row={row} /> },
    { label: '学校', value: row.schoolName },
    ...(row.kind === 'inspection' ? [] : [{ label: '范围', value: row.className ?? '全校' }]),
    { label: row.kind === 'pairing' ? '结对日期' : '日期', value: row.day },
    ...(row.kind === 'pairing' ? [{ label: '困难', value: content.difficulties.join('、') }] : []),
    ...(row.staff.length === 0 ? [] : [{ label: row.kind === 'pairing' ? '帮扶教师' : `教师 ${String(row.staff.length)} 人`, value: row.staff.map((one) => one.name).join('、') }]), // prettier-ignore
    ...(content.people === '' ? [] : [{ label: personLabels[row.kind] ?? '负责人', value: content.people }]),
    ...(content.words === '' || row.kind === 'plan' ? [] : [{ label: row.kind === 'pairing' ? '措施' : '说明', value: content.words }]), // prettier-ignore
    ...(own ? [{ label: '扫描件', value: <RecordPapers row={row} place="record" /> }] : []),
    ...(row.dueDate === null ? [] : [{ label: '整改期限', value: row.dueDate }]),
    ...(mended === null ? [] : [{ label: '整改', value: withPapers(`${mended.day} ${mended.byName}：${mended.words}`, 'mended') }]), // prettier-ignore
    ...(rechecked === null ? [] : [{ label: '复查', value: withPapers(`${rechecked.day} ${rechecked.byName}，${rechecked.passed ? '通过' : '未通过'}：${rechecked.words}`, 'rechecked') }]), // prettier-ignore
    { label: '登记', value: `${row.byName} ${momentShort(row.knownAt)}${row.version > 1 ? `，第 ${String(row.version)} 版` : ''}${row.reason === null ? '' : `，${row.reason}`}` }, // prettier-ignore
  ];
}

/** What a version says: its facts with the scans, the text of a plan, findings, pupils, and the help given. */
function VersionBody({ row }: { row: RecordRow }) {
  const { content } = row;
  return (
    <>
      <Facts items={factsOf(row)} />
      {row.kind === 'plan' && content.words !== '' ? <div className="books-text">{content.words}</div> : null}
      {content.findings.length === 0 ? null : (
        <>
          <h3 className="books-part">发现的问题</h3>
          <ol className="books-findings">
            {content.findings.map((one, at) => (
              <li key={`${String(at)} ${one}`}>{one}</li>
            ))}
          </ol>
        </>
      )}
      {row.children.length === 0 ? null : (
        <>
          <h3 className="books-part">学生 {row.children.length} 人</h3>
          <p className="books-names">
            {row.children.map((one) => (
              <Go key={one.id} to={`/children/${one.id}`}>
                {one.name}
              </Go>
            ))}
          </p>
        </>
      )}
      {content.help.length === 0 ? null : (
        <>
          <h3 className="books-part">帮扶记录</h3>
          <ol className="books-help">
            {content.help.map((one, index) => (
              <li key={index}>
                <span className="quiet">
                  {one.day} {one.byName} · {helpKindWords[one.what]}
                </span>
                <div>{one.words}</div>
                <RecordPapers row={row} place="help" entry={index} />
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}

const acts = ['mend', 'recheck', 'help'] as const;

/** One record whole, with what may be done with it and the versions before. */
export function RecordView({
  firstId,
  onCorrect,
  onClose,
}: {
  firstId: string;
  onCorrect: (row: RecordRow) => void;
  onClose: () => void;
}) {
  const phone = usePhone();
  const [act, setAct] = useState<RecordAct | null>(null);
  const answer = useAnswer(getRecord, { firstId });
  const [row, ...before] = answer.data ?? [];
  return (
    <Drawer
      open
      onClose={onClose}
      size={phone ? '100%' : 560}
      title={row === undefined ? '工作记录' : `${workKindWords[row.kind]}：${row.content.title}`}
    >
      {answer.isError ? <Alert type="error" showIcon title={answer.error.message} /> : null}
      {answer.isPending ? <Skeleton active /> : null}
      {row === undefined ? null : (
        <>
          <VersionBody row={row} />
          <div className="books-take">
            {acts
              .filter((one) => row.allowed[one])
              .map(
                (one) =>
                <Button key={one} type="primary" onClick={() => { setAct(one); }}>{actWords[one]}</Button>, // prettier-ignore
              )}
            {
              row.allowed.change ? <Button onClick={() => { onCorrect(row); }}>更正</Button> : null /* prettier-ignore */
            }
            {row.allowed.change && row.kind !== 'inspection' ? (
              <Button danger onClick={() => { setAct('withdraw'); }}>撤销</Button> // prettier-ignore
            ) : null}
          </div>
          {before.length === 0 ? null : (
            <Collapse
              className="books-versions"
              size="small"
              items={before.map((one) => ({
                key: one.id,
                label: `第 ${String(one.version)} 版：${one.byName} ${momentShort(one.knownAt)}`,
                children: <VersionBody row={one} />,
              }))}
            />
          )}
          {act === null ? null : (
            <ActDialog
              row={row}
              act={act}
              onClose={() => {
                setAct(null);
              }}
            />
          )}
        </>
      )}
    </Drawer>
  );
}
