import { useEffect, useState } from 'react';
import { App, Button } from 'antd';
import { EyeOutlined, PhoneOutlined } from '@ant-design/icons';
import { revealChild } from '#contract/population.ts';
import { requestApproval } from '#contract/security.ts';
import { Failure } from '#domain/basics/failure.ts';
import { call } from '#web/api/call.ts';
import { issuesOf } from '#web/api/problem.ts';
import { useSend } from '#web/api/use.ts';
import { usePhone } from '#web/ui/phone.ts';
import { useKept } from './kept.ts';
import { askReason } from './reason.tsx';

const secondsOpen = 60;

/**
 * A masked number that can be opened for 60 seconds; every opening is audited. A phone of one's own class or findings opens with
 * one tap (on a handset it is dialled at once), everything else after a reason is given. In mode
 * `approval` a second named person has to approve first: the request is made here, and its number is remembered so
 * that the next press opens it once approved.
 */
export function Reveal({
  childId,
  mask,
  what,
  mode,
}: {
  childId: string;
  mask: string | null;
  what: 'document' | 'phone';
  mode: 'open' | 'approval' | 'no';
}) {
  const { message } = App.useApp();
  const [open, setOpen] = useState<string | null>(null);
  const [asked, setAsked] = useKept<string | null>(`approval.${childId}.${what}`, null);
  const request = useSend(requestApproval, { done: '已提交申请。批准后，再按“打开”即可查看。' });
  const [waiting, setWaiting] = useState(false);
  const handset = usePhone();
  const subject = what === 'document' ? '证件号码' : '电话';
  useEffect(() => {
    if (open === null) return;
    const timer = setTimeout(() => {
      setOpen(null);
    }, secondsOpen * 1000);
    return () => {
      clearTimeout(timer);
    };
  }, [open]);

  const openWith = (reason: string | undefined) =>
    call(revealChild, { id: childId, what, reason, ...(asked === null ? {} : { approvalId: asked }) });
  const openAsked = async () => {
    const reason = await askReason({
      title: `打开完整${subject}`,
      words: `号码显示 ${String(secondsOpen)} 秒，用途将记入审计。`,
      placeholder: '请写明用途，例如：入户核对户口本。',
    });
    return reason === null ? null : openWith(reason);
  };
  // a guardian of one's own class or findings is called with one tap; for the others the server asks for the purpose
  const openPhone = async () => {
    try {
      return await openWith(undefined);
    } catch (error) {
      if (issuesOf(error).some((issue) => issue.path === 'reason')) return openAsked();
      throw error;
    }
  };
  const show = async () => {
    setWaiting(true);
    try {
      const answer = await (what === 'phone' ? openPhone() : openAsked());
      if (answer === null) return;
      const number = what === 'document' ? answer.documentNumber : answer.phone;
      if (number === null) void message.info(`没有登记${subject}。`);
      else {
        setOpen(number);
        if (what === 'phone' && handset) window.location.assign(`tel:${number}`);
      }
    } catch (error) {
      if (error instanceof Failure && error.code === 'not-found') setAsked(null);
      void message.error(error instanceof Failure ? error.message : '没有打开，请稍后再试。', 6);
    } finally {
      setWaiting(false);
    }
  };
  const apply = async () => {
    const purpose = await askReason({
      title: `申请批准打开${subject}`,
      words: '由另一位有权批准的人员审批。',
      placeholder: '请写明用途，至少 4 个字。',
      least: 4,
    });
    if (purpose === null) return;
    const answer = await request.send({ kind: 'revealDocument', purpose, childId });
    setAsked(answer.id);
  };
  if (open !== null) {
    return (
      <span className="reveal reveal-open">
        <span>{open}</span>
        {what === 'phone' ? (
          <a href={`tel:${open}`} className="reveal-call" aria-label={`拨打 ${open}`}>
            <PhoneOutlined aria-hidden /> 拨打
          </a>
        ) : null}
        <Button
          type="link"
          size="small"
          onClick={() => {
            setOpen(null);
          }}
        >
          遮住
        </Button>
      </span>
    );
  }
  return (
    <span className="reveal">
      <span>{mask ?? '—'}</span>
      {mask === null || mask === '' || mode === 'no' ? null : (
        <>
          {mode === 'open' || asked !== null ? (
            <Button
              type="link"
              size="small"
              icon={what === 'phone' ? <PhoneOutlined /> : <EyeOutlined />}
              loading={waiting}
              onClick={() => void show()}
              aria-label={what === 'phone' ? '拨打电话' : `打开完整${subject}`}
              title={`号码显示 ${String(secondsOpen)} 秒，用途记入审计`}
            >
              {what === 'phone' ? '拨打' : '打开'}
            </Button>
          ) : null}
          {mode === 'approval' ? (
            <Button type="link" size="small" loading={request.sending} onClick={() => void apply()}>
              {asked === null ? '申请批准' : '重新申请'}
            </Button>
          ) : null}
        </>
      )}
    </span>
  );
}
