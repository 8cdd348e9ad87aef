import { App, Button } from 'antd';
import type { OutputOf } from '#contract/endpoint.ts';
import { exportRoll, type getRollForm } from '#contract/statistics-reports.ts';
import { fileRoll } from '#contract/statistics-roll.ts';
import type { PeriodKind } from '#domain/statistics/record.ts';
import { fileUrl, newRequestId } from '#web/api/call.ts';
import { useSend } from '#web/api/use.ts';
import { askReason } from '#web/parts/reason.tsx';
import { WideTable } from '#web/parts/wide-table.tsx';
import { Block } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { Files } from './files.tsx';

type Filing = OutputOf<typeof getRollForm>['filing'];

/** What each filing is for (四个一, D§2.5). */
const filedFor: Record<PeriodKind, string> = {
  week: '周统计汇总',
  month: '月报汇总',
  quarter: '季度核查',
  term: '学期摸底，供市级每学期摸底使用',
  year: '学年评估，供省级每学年评估使用',
};

/** 核查上报: the roll-up is checked and filed; each filing stays as it was, with its files. */
export function RollFilingBlock({
  filing,
  period,
  day,
  words,
}: {
  filing: Filing;
  period: PeriodKind;
  day: string;
  words: string;
}) {
  const { modal } = App.useApp();
  const { send, sending } = useSend(fileRoll, { done: '已核查上报。', refresh: ['statistics', 'duties'] });
  const again = filing.versions.length > 0;
  const act = again ? '重新上报' : '核查上报';
  const file = async () => {
    const title = `${act}：${words}`;
    const put = (reason: string | null) =>
      send({ id: newRequestId(), period, day, ...(reason === null ? {} : { reason }) }).catch(() => undefined);
    if (filing.faults.length === 0) {
      modal.confirm({
        title,
        content: '各校已报齐，签报后没有变化。上报后本期汇总表、指标和文字小结固定。',
        okText: act,
        cancelText: '返回',
        onOk: () => put(null),
      });
      return;
    }
    const reason = await askReason({
      title,
      words: `${filing.faults.join('；')}。请写明原因和处理办法。`,
      least: 4,
      placeholder: '例如：某校停课两周，下周补报后重新上报。',
    });
    if (reason !== null) await put(reason);
  };
  const [last] = filing.versions;
  return (
    <Block
      title={`核查上报（${filedFor[period]}）`}
      extra={
        filing.may ? (
          <Button type="primary" loading={sending} onClick={() => void file()}>
            {act}
          </Button>
        ) : null
      }
    >
      {last === undefined ? (
        <p>
          <Status kind="wait" words="本期还没有上报。" />
        </p>
      ) : (
        <p>
          <Status
            kind={filing.changed ? 'warn' : 'ok'}
            words={
              filing.changed
                ? `第 ${String(last.version)} 次上报后，学校有新的签报。`
                : `${momentShort(last.at)} 由${last.byName}上报，此后各校没有新的签报。`
            }
          />
        </p>
      )}
      {filing.why === null ? null : <p className="quiet">{filing.why}</p>}
      {filing.faults.map((one) => (
        <p key={one} className="quiet">
          {one}
        </p>
      ))}
      {filing.versions.length === 0 ? null : (
        <WideTable
          rows={filing.versions}
          keyOf={(row) => String(row.version)}
          columns={[
            { key: 'version', title: '上报', render: (row) => <strong>第 {row.version} 次</strong> },
            {
              key: 'byName',
              title: '上报人',
              render: (row) => (row.post === null ? row.byName : `${row.byName}（${row.post}）`),
            },
            { key: 'at', title: '上报时间', render: (row) => momentShort(row.at) },
            {
              key: 'schools',
              title: '学校',
              render: (row) =>
                row.missing === 0
                  ? `${String(row.schools)} 所，已报齐`
                  : `${String(row.schools)} 所，${String(row.missing)} 所未报`,
            },
            { key: 'reason', title: '说明' },
            {
              key: 'files',
              title: '当时的表',
              render: (row) => (
                <Files
                  small
                  xlsx={fileUrl(exportRoll, { period, day, format: 'xlsx', filed: row.version })}
                  pdf={fileUrl(exportRoll, { period, day, format: 'pdf', filed: row.version })}
                />
              ),
            },
          ]}
        />
      )}
    </Block>
  );
}
