import { App, Button } from 'antd';
import { useState } from 'react';
import { decideReport, signReport } from '#contract/statistics-reports.ts';
import { useMe } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { readDraft } from '#web/parts/draft.ts';
import { askReason } from '#web/parts/reason.tsx';
import { Next } from '#web/ui/page.tsx';
import { draftKey } from './report-draft.ts';
import { SignDrawer } from './report-sign.tsx';
import type { Report } from './report-words.ts';

/** What is next on a report, until when, and the buttons of what this person may do now. */
export function ReportActs({ record }: { record: Report }) {
  const { modal } = App.useApp();
  const [open, setOpen] = useState<'sign' | 'revise'>();
  const refresh = ['statistics', 'duties'];
  const nil = useSend(signReport, { done: '零报告已签报。', refresh });
  const decide = useSend(decideReport, { done: '已办。', refresh });
  const { accountId } = useMe();
  const begun = (action: 'sign' | 'revise') => readDraft(draftKey(accountId, record, action)) !== null;
  const { allowed, schoolId, period, from, id, frozen } = record;
  const unsigned = record.state === 'open' || record.state === 'returned';
  const returned =
    record.state === 'returned' ? record.history.findLast((one) => one.action === 'sendBack')?.note : null;
  const signNil = () => {
    modal.confirm({
      title: `零报告：${record.schoolName} ${record.words}`,
      content:
        '各班每个上课日都已点名，没有学籍变动、辍学和超期事项。签报后报告固定，文字小结按数据起草的内容一并签报。',
      okText: '零报告',
      cancelText: '返回',
      onOk: () => nil.send({ schoolId, period, day: from, nil: true }).catch(() => undefined),
    });
  };
  const accept = () => {
    if (id === null || frozen === null) return;
    modal.confirm({
      title: `审核通过：${record.schoolName} ${record.words}`,
      content: `第 ${String(frozen.version)} 版，${frozen.signedName}签报。`,
      okText: '审核通过',
      cancelText: '返回',
      onOk: () => decide.send({ id, version: frozen.version, accept: true }).catch(() => undefined),
    });
  };
  const sendBack = async () => {
    if (id === null || frozen === null) return;
    const reason = await askReason({
      title: `退回：${record.schoolName} ${record.words}`,
      words: '学校按原因补正后重新签报。',
      danger: true,
      least: 4,
      placeholder: '请写明要补正什么。',
    });
    if (reason !== null)
      await decide.send({ id, version: frozen.version, accept: false, reason }).catch(() => undefined);
  };
  return (
    <>
      <Next
        words={
          <>
            {record.next}
            {returned == null ? null : <div className="rep-returned">退回原因：{returned}</div>}
            {unsigned && !allowed.sign.may && allowed.sign.why !== null ? (
              <div className="quiet rep-why">{allowed.sign.why}</div>
            ) : null}
          </>
        }
        due={unsigned ? (record.deadline?.dueAt ?? null) : null}
        overdue={unsigned && record.deadline?.overdue === true}
        button={
          <span className="rep-acts">
            {allowed.sign.may && record.nilOffered ? (
              <Button type="primary" loading={nil.sending} onClick={signNil}>
                零报告
              </Button>
            ) : null}
            {allowed.sign.may ? (
              <Button
                type={record.nilOffered ? 'default' : 'primary'}
                onClick={() => {
                  setOpen('sign');
                }}
              >
                {begun('sign') ? '接着写签报' : record.gaps.length > 0 ? '说明缺口并签报' : '签报'}
              </Button>
            ) : null}
            {allowed.accept.may ? (
              <Button type="primary" loading={decide.sending} onClick={accept}>
                审核通过
              </Button>
            ) : null}
            {allowed.sendBack.may ? (
              <Button danger onClick={() => void sendBack()}>
                退回
              </Button>
            ) : null}
            {allowed.revise.may ? (
              <Button
                onClick={() => {
                  setOpen('revise');
                }}
              >
                {begun('revise') ? '接着写更正重报' : '更正重报'}
              </Button>
            ) : null}
          </span>
        }
      />
      {open === undefined ? null : (
        <SignDrawer
          action={open}
          record={record}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </>
  );
}
