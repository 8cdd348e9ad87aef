import { Alert, Button, Collapse, Input } from 'antd';
import { useState } from 'react';
import { getRollSignature, signRoll } from '#contract/statistics-roll.ts';
import type { PeriodKind } from '#domain/statistics/record.ts';
import { reportStateWords } from '#domain/statistics/report.ts';
import { newRequestId } from '#web/api/call.ts';
import { useAnswer, useSend } from '#web/api/use.ts';
import { WideTable } from '#web/parts/wide-table.tsx';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { reportLook } from './report-words.ts';

/** 签发: the bureau closes the roll-up of a period; who signed it when and with which schools, and whether the data moved since. */
export function RollSignatureBlock({ period, day }: { period: PeriodKind; day: string }) {
  const answer = useAnswer(getRollSignature, { period, day });
  const { send, sending } = useSend(signRoll, { done: '已签发，数据已冻结。' });
  const [reason, setReason] = useState('');
  const found = answer.data;
  if (found === undefined) return null;
  const { signed, history, allowed, asksReason, missing, waiting } = found;
  const sign = () =>
    void send({
      id: newRequestId(),
      period,
      day,
      reason: reason.trim() === '' ? null : reason.trim(),
      seen: signed?.version ?? 0,
    }).then(
      () => {
        setReason('');
      },
      () => undefined,
    );
  return (
    <Block title="区教育局签发">
      {signed === null ? (
        <p>
          <Status
            kind={found.overdue ? 'bad' : 'wait'}
            words={found.dueAt === null ? '尚未签发' : `尚未签发，期限 ${momentShort(found.dueAt)}`}
          />
        </p>
      ) : (
        <p>
          <Status
            kind={found.changed ? 'warn' : 'ok'}
            words={`${signed.byName} ${momentShort(signed.at)} 签发，第 ${String(signed.version)} 版`}
          />
        </p>
      )}
      {found.changed ? (
        <Alert
          type="warning"
          showIcon
          title="签发后各校签报或记录有变化。核对后可以写明原因重新签发，原来的一版保留。"
        />
      ) : null}
      {allowed.sign ? (
        <>
          {asksReason ? (
            <label className="rep-sign-reason">
              <span>
                {signed === null
                  ? `还有 ${String(missing)} 所学校未报、${String(waiting)} 所已报未审核，请写明仍然签发的原因：`
                  : '重新签发的原因：'}
              </span>
              <Input.TextArea
                aria-label="签发原因"
                rows={3}
                maxLength={500}
                value={reason}
                onChange={(event) => {
                  setReason(event.target.value);
                }}
              />
            </label>
          ) : null}
          <div className="rep-acts rep-summary-foot">
            <Button type="primary" loading={sending} disabled={asksReason && reason.trim().length < 2} onClick={sign}>
              签发全区汇总
            </Button>
          </div>
        </>
      ) : (
        <p className="quiet">{allowed.why}</p>
      )}
      {signed === null ? null : (
        <Collapse
          ghost
          items={[
            {
              key: 'schools',
              label: `签发时各校状态（${String(signed.schools.length)} 所）`,
              children: (
                <WideTable
                  rows={signed.schools}
                  keyOf={(row) => row.schoolId}
                  columns={[
                    { key: 'name', title: '学校' },
                    {
                      key: 'state',
                      title: '状态',
                      render: (row) => <Status kind={reportLook[row.state]} words={reportStateWords[row.state]} />,
                    },
                    { key: 'version', title: '版次', align: 'right' },
                  ]}
                />
              ),
            },
            {
              key: 'proof',
              label: '签发记录',
              children: (
                <ul className="rep-text">
                  {history.map((one) => (
                    <li key={one.version}>
                      第 {one.version} 版：{one.byName} {momentShort(one.at)}
                      {one.reason === null ? '' : `，${one.reason}`}
                    </li>
                  ))}
                  <li className="quiet">数据指纹（SHA-256）：{signed.fingerprint}</li>
                </ul>
              ),
            },
          ]}
        />
      )}
    </Block>
  );
}
