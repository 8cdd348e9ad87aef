import { Alert, Button, Collapse, Input } from 'antd';
import { useState } from 'react';
import type { OutputOf } from '#contract/endpoint.ts';
import type { getRollForm } from '#contract/statistics-reports.ts';
import { saveRollSummary } from '#contract/statistics-roll.ts';
import type { PeriodKind } from '#domain/statistics/record.ts';
import { newRequestId } from '#web/api/call.ts';
import { useSend } from '#web/api/use.ts';
import { Block } from '#web/ui/page.tsx';
import { momentShort } from '#web/ui/words.ts';

type Form = OutputOf<typeof getRollForm>;

/** 文字小结 of the roll-up: as drafted from the figures or as people kept it, who and when, to edit, and those before. */
export function RollSummaryBlock({ form, period, day }: { form: Form; period: PeriodKind; day: string }) {
  const { draft, summary } = form;
  const { kept, history } = summary;
  const [text, setText] = useState<string | null>(null);
  const { send, sending } = useSend(saveRollSummary, { done: '已保存文字小结。' });
  const seen = history[0]?.version ?? 0;
  const save = (next: string | null) =>
    void send({ id: newRequestId(), period, day, text: next, seen }).then(
      () => {
        setText(null);
      },
      () => undefined,
    );
  const told =
    kept === null
      ? '由系统按已签报数据起草，尚未经人修改。'
      : `${kept.byName} ${momentShort(kept.at)} 修改，第 ${String(kept.version)} 次。`;
  return (
    <Block
      title="文字小结"
      extra={
        summary.mayEdit && text === null ? (
          <span className="rep-acts">
            <Button
              type="primary"
              onClick={() => {
                setText(kept?.text ?? draft);
              }}
            >
              修改小结
            </Button>
            {kept === null ? null : (
              <Button
                loading={sending}
                onClick={() => {
                  save(null);
                }}
              >
                恢复系统起草
              </Button>
            )}
          </span>
        ) : null
      }
    >
      <p className="quiet">{told}</p>
      {summary.stale ? (
        <Alert type="warning" showIcon title="小结修改后，汇总数据有变化。请对照下方系统按现有数据起草的文字核对。" />
      ) : null}
      {text === null ? (
        <p className="rep-text">{kept?.text ?? draft}</p>
      ) : (
        <>
          <Input.TextArea
            aria-label="文字小结"
            value={text}
            rows={14}
            maxLength={4000}
            showCount
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
          <div className="rep-acts rep-summary-foot">
            <Button
              type="primary"
              loading={sending}
              disabled={text.trim().length < 4}
              onClick={() => {
                save(text.trim());
              }}
            >
              保存小结
            </Button>
            <Button
              onClick={() => {
                setText(draft);
              }}
            >
              换成系统起草的文字
            </Button>
            <Button
              onClick={() => {
                setText(null);
              }}
            >
              返回
            </Button>
          </div>
        </>
      )}
      {history.length === 0 && !summary.stale ? null : (
        <Collapse
          ghost
          items={[
            ...(kept === null ? [] : [{ key: 'draft', label: '系统按现有数据起草的文字', children: <p className="rep-text">{draft}</p> }]), // prettier-ignore
            ...history.map((one) => ({
              key: String(one.version),
              label: `第 ${String(one.version)} 次：${one.byName} ${momentShort(one.at)} ${one.drafted ? '恢复系统起草' : '修改'}`,
              children: <p className="rep-text">{one.text}</p>,
            })),
          ]}
        />
      )}
    </Block>
  );
}
