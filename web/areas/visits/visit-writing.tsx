import { PrinterOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import type { getChild } from '#contract/population.ts';
import { correctVisit, recordVisit } from '#contract/visits.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { contentText } from '#domain/visits/content.ts';
import type { Party } from '#domain/visits/record.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { Reveal } from '#web/parts/reveal.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { Block, Facts } from '#web/ui/page.tsx';
import {
  draftFault,
  entryOf,
  linesOf,
  signersOf,
  textOf,
  withoutStrokes,
  writingFault,
  type SigningDraft,
  type VisitDraft,
} from './visit-draft.ts';
import { VisitForm } from './visit-form.tsx';
import { VisitSheet } from './visit-sheet.tsx';
import { PartySigning } from './visit-signing.tsx';
import { visitRefreshes, type Visit } from './visits-words.ts';

type Child = OutputOf<typeof getChild>;
const onForm = ['学生姓名', '年级班级', '家庭住址', '家访教师', '家访目的'];

/** Writing a visit: what was found on the left, the text as it will be signed with its signatures on the right. */
export function VisitWriting({
  start,
  child,
  corrected,
  caseId,
}: {
  start: VisitDraft;
  child: Child;
  /** The visit that is corrected; null for a new one. */
  corrected: Visit | null;
  caseId: string | undefined;
}) {
  const { today } = useMe();
  const go = useGo();
  const [draft, setDraft] = useState(start);
  const [reason, setReason] = useState('');
  const [sent, setSent] = useState(false);
  const record = useSend(recordVisit, { done: '已登记走访。', refresh: visitRefreshes });
  const correct = useSend(correctVisit, { done: '已更正，原记录保留。', refresh: visitRefreshes });
  const written = draft !== start;
  useEffect(() => {
    if (!written || sent) return undefined;
    const hold = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', hold);
    return () => {
      window.removeEventListener('beforeunload', hold);
    };
  }, [written, sent]);
  const writing = writingFault(draft);
  const fault = draftFault(draft) ?? (corrected !== null && reason.trim().length < 2 ? '请写明更正原因。' : null);
  const submit = async () => {
    const entry = entryOf(draft);
    try {
      const done =
        corrected === null
          ? await record.send({ ...entry, childId: child.id, ...(caseId === undefined ? {} : { caseId }) })
          : await correct.send({ ...entry, visitId: corrected.id, reason: reason.trim() });
      setSent(true);
      go(`/visits/${done.id}`);
    } catch {
      // the refusal has been shown; what was written stays
    }
  };
  const sign = (party: Party, signing: SigningDraft) => {
    setDraft((before) => ({ ...before, signing: { ...before.signing, [party]: signing } }));
  };
  const names: Record<Party, string> = {
    teacher: draft.visitors[0]?.name ?? '教师',
    guardian: draft.guardian.trim() === '' ? '家长' : draft.guardian.trim(),
    pupil: child.name,
  };
  const signers = signersOf(draft);
  return (
    <>
      <div className="vis-task">
        <div>
          <ChildBlock child={child} />
          <Block title={corrected === null ? '走访情况' : '更正后的走访情况'}>
            <VisitForm
              draft={draft}
              childId={child.id}
              today={today}
              change={(part) => {
                setDraft((before) => ({ ...before, ...part }));
              }}
              unlock={() => {
                setDraft(withoutStrokes);
              }}
            />
          </Block>
        </div>
        <div>
          <Block
            title={signers.length === 0 ? '登记内容' : '核对后签名'}
            extra={
              corrected === null ? (
                <Button
                  icon={<PrinterOutlined />}
                  onClick={() => {
                    window.print();
                  }}
                >
                  打印空白表
                </Button>
              ) : undefined
            }
          >
            <Lines draft={draft} />
            {draft.paperForm && draft.mode === 'door' && draft.met ? (
              <p className="quiet">登记后为“待附扫描件”，附上签好的记录表即与当面签名等效。</p>
            ) : null}
            {signers.length > 0 && writing !== null ? <p className="quiet">写好内容后在这里签名。{writing}</p> : null}
            {signers.length > 0 && writing === null
              ? signers.map((party) => (
                  <PartySigning
                    key={party}
                    party={party}
                    signing={draft.signing[party]}
                    onChange={(signing) => {
                      sign(party, signing);
                    }}
                    childId={child.id}
                    signer={names[party]}
                    mayKeep={corrected?.signatures.some((one) => one.party === party) === true}
                  />
                ))
              : null}
            {corrected === null ? null : <Correction corrected={corrected} draft={draft} />}
            {corrected === null ? null : (
              <Form layout="vertical" component={false} requiredMark={false}>
                <Form.Item label="更正原因">
                  <Input
                    aria-label="更正原因"
                    maxLength={200}
                    value={reason}
                    onChange={(event) => {
                      setReason(event.target.value);
                    }}
                  />
                </Form.Item>
              </Form>
            )}
            <div className="vis-sticky">
              {fault === null ? null : <p className="vis-fault">{fault}</p>}
              <Button
                type="primary"
                size="large"
                block
                disabled={fault !== null}
                loading={record.sending || correct.sending}
                onClick={() => void submit()}
              >
                {corrected !== null ? '提交更正' : draft.met ? '登记走访' : '登记未遇'}
              </Button>
            </div>
          </Block>
        </div>
      </div>
      {corrected === null ? (
        <VisitSheet
          lines={linesOf(start).filter((line) => onForm.includes(line.label) && line.value !== '—')}
          child={child}
          photos={[]}
          signatures={[]}
        />
      ) : null}
    </>
  );
}

function Lines({ draft }: { draft: VisitDraft }) {
  return (
    <dl className="vis-lines">
      {linesOf(draft)
        .filter((line) => line.value !== '—')
        .map((line) => (
          <div key={line.label}>
            <dt>{line.label}</dt>
            <dd>{line.label === '家访时间' && draft.time === '' ? draft.day : line.value}</dd>
          </div>
        ))}
    </dl>
  );
}

function Correction({ corrected, draft }: { corrected: Visit; draft: VisitDraft }) {
  const kept =
    corrected.signatures.length > 0 && signersOf(draft).some((party) => draft.signing[party].means === 'keep');
  if (!kept || textOf(draft) === contentText(corrected.contentVersion, corrected)) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title="内容与签名时不同。保留的原签名会注明“签名后内容有改动”；要有效签名，请重新签名。"
    />
  );
}

function ChildBlock({ child }: { child: Child }) {
  const mayReveal = useMay('children.reveal');
  return (
    <Block title={child.name} extra={<Go to={`/children/${child.id}`}>打开档案</Go>}>
      <Facts
        items={[
          { label: '性别', value: child.sex },
          { label: '学校', value: child.enrolment?.schoolName ?? child.schoolName },
          { label: '班级', value: child.enrolment?.className ?? child.className },
          { label: '住址', value: child.household?.address },
          {
            label: '监护人',
            value:
              child.guardian.name === null ? null : `${child.guardian.name}（${child.guardian.relation ?? '监护人'}）`,
          },
          {
            label: '联系电话',
            value: (
              <Reveal
                key={child.id}
                childId={child.id}
                mask={child.guardian.phoneMask}
                what="phone"
                mode={mayReveal ? 'open' : 'no'}
              />
            ),
          },
        ]}
      />
    </Block>
  );
}
