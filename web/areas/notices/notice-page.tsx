import { Alert, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { copyDocument, downloadDocument, getDocument, voidDocument } from '#contract/notices.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { askReason } from '#web/parts/reason.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Facts, Next, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { dayWords, momentWords } from '#web/ui/words.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { DownloadButton } from '#web/parts/download-button.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { documentLook, documentRefreshes, type DocumentRecord } from './notices-words.ts';
import { ServeDrawer } from './serve-drawer.tsx';
import { Services } from './services.tsx';
import { useRecordId } from '#web/parts/use-record-id.ts';
import './notices.css';

/** 一份文书: number, fingerprint, what was filled in, how it was served; serves, voids and gives the issued file again. */
export function NoticePage() {
  const id = useRecordId();
  const answer = useAnswer(getDocument, { id }, { enabled: id !== '' });
  const [serving, setServing] = useState(false);
  const document = answer.data?.id === id ? answer.data : undefined;
  if (document === undefined)
    return (
      <Page title="一份文书" extra={<GoButton to="/notices">回到列表</GoButton>}>
        <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />
      </Page>
    );
  const serve = document.allowed.serve ? (
    <Button
      type="primary"
      onClick={() => {
        setServing(true);
      }}
    >
      登记送达
    </Button>
  ) : undefined;
  return (
    <Page
      title={
        <>
          {document.childName}：{document.kindWords}{' '}
          <span className="not-head">
            <Status kind={documentLook(document)} words={document.stateWords} />
          </span>
        </>
      }
      extra={<Actions document={document} />}
    >
      {document.voided === null ? (
        <NextStep document={document} serve={serve} />
      ) : (
        <Alert
          type="warning"
          showIcon
          title={`已作废：${document.voided.reason}`}
          description={`${document.voided.byName}，${momentWords(document.voided.at)}。文号不再使用，原件保留。`}
        />
      )}
      <div className="not-record">
        <div className="not-stack">
          <Block title="填写的内容">
            {document.fields.length === 0 ? (
              <p className="quiet">这种文书没有要填写的内容，全部取自记录。</p>
            ) : (
              <dl className="not-lines">
                {document.fields.map((field) => (
                  <div key={field.key}>
                    <dt>{field.label}</dt>
                    <dd>{field.value === '' ? '—' : field.value}</dd>
                  </div>
                ))}
              </dl>
            )}
          </Block>
          {document.needsService || document.services.length > 0 ? (
            <Block title="送达">
              <Services services={document.services} />
            </Block>
          ) : null}
        </div>
        <Block title="文书">
          <NoticeFacts document={document} />
        </Block>
      </div>
      {serving ? (
        <ServeDrawer
          document={document}
          onClose={() => {
            setServing(false);
          }}
        />
      ) : null}
    </Page>
  );
}

function NextStep({ document, serve }: { document: DocumentRecord; serve: ReactNode }) {
  if (!document.needsService) return <Next words="已签发，这种文书不需要送达回证。" />;
  if (document.servedDay === null)
    return (
      <Next words="送达后登记送达回证；期限自送达之日起算。" {...(serve === undefined ? {} : { button: serve })} />
    );
  if (document.dueDate === null) return <Next words={`${dayWords(document.servedDay)}送达，没有期限。`} />;
  return (
    <Next
      words={`${dayWords(document.servedDay)}送达。${document.overdue ? '期限已满，请到个案里办理下一步。' : '等待期限届满。'}`}
      due={document.dueDate}
      overdue={document.overdue}
      button={document.caseId === null ? undefined : <GoButton to={`/cases/${document.caseId}`}>打开个案</GoButton>}
    />
  );
}

function Actions({ document }: { document: DocumentRecord }) {
  const mayEdit = useMay('notices.issue');
  const { send, sending } = useSend(voidDocument, { done: '已作废，原件保留。', refresh: documentRefreshes });
  const end = async () => {
    const reason = await askReason({
      title: `作废${document.kindWords}${document.numberWords === null ? '' : `（${document.numberWords}）`}`,
      words: '作废后不能恢复，文号不再使用，原件仍可查看。',
      danger: true,
    });
    if (reason !== null) await send({ id: document.id, reason }).catch(() => undefined);
  };
  return (
    <>
      <GoButton to="/notices">回到列表</GoButton>
      <DownloadButton url={fileUrl(downloadDocument, { id: document.id })} words="下载原件重印" />
      {mayEdit ? <DownloadButton url={fileUrl(copyDocument, { id: document.id })} words="Word 副本" /> : null}
      {document.voided === null ? (
        <Button
          danger
          loading={sending}
          disabled={!document.allowed.void}
          title={document.allowed.void ? undefined : '作废由签发单位办理。'}
          onClick={() => void end()}
        >
          作废
        </Button>
      ) : null}
    </>
  );
}

function NoticeFacts({ document }: { document: DocumentRecord }) {
  const mayChild = useMay('children.read');
  return (
    <Facts
      items={[
        { label: '文号', value: document.numberWords ?? '不编号' },
        {
          label: '学生',
          value: mayChild ? <Go to={`/children/${document.childId}`}>{document.childName}</Go> : document.childName,
        },
        ...(document.caseId === null
          ? []
          : [{ label: '个案', value: <Go to={`/cases/${document.caseId}`}>打开个案</Go> }]),
        { label: '签发单位', value: document.unitWords },
        { label: '签发人', value: document.signerName },
        { label: '签发', value: `${momentWords(document.issuedAt)}，${document.issuedName}经办` },
        { label: '送达日期', value: document.servedDay },
        {
          label: '期限',
          value:
            document.dueDate ??
            (document.deadline === null
              ? '没有期限'
              : `送达后 ${String(document.deadline.days)} ${unitWords[document.deadline.unit]}`),
        },
        { label: '原件', value: `${String(document.pages)} 页，${String(Math.ceil(document.bytes / 1024))} KB` },
        { label: '模板', value: `第 ${String(document.templateVersion)} 版` },
        { label: '指纹', value: <span className="not-print">{document.fingerprint}</span> },
      ]}
    />
  );
}

const unitWords = { calendar: '日', working: '个工作日', school: '个上课日' } as const;
