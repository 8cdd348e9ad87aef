import { App, Button } from 'antd';
import { acceptReports } from '#contract/statistics-roll.ts';
import { useSend } from '#web/api/use.ts';
import type { ReportLine } from './report-words.ts';

/** Accepts the signed reports among the chosen ones together; what could not be accepted is told school by school. */
export function AcceptMany({ chosen, clear }: { chosen: ReportLine[]; clear: () => void }) {
  const { modal } = App.useApp();
  const { send, sending } = useSend(acceptReports);
  const signed = chosen.flatMap((row) =>
    row.state === 'signed' && row.reportId !== null ? [{ id: row.reportId, version: row.version, name: row.name }] : [],
  );
  if (signed.length === 0) return <span className="quiet">所选学校没有待审核的签报。</span>;
  const accept = () =>
    void send({ reports: signed.map(({ id, version }) => ({ id, version })) }).then(
      ({ done, refused }) => {
        clear();
        if (refused.length === 0) modal.success({ title: `已审核通过 ${String(done)} 所学校的签报。` });
        else
          modal.warning({
            title: `已通过 ${String(done)} 所，${String(refused.length)} 所未办`,
            content: (
              <ul>
                {refused.map((one) => (
                  <li key={one.id}>
                    {signed.find((row) => row.id === one.id)?.name}：{one.why}
                  </li>
                ))}
              </ul>
            ),
          });
      },
      () => undefined,
    );
  return (
    <Button type="primary" loading={sending} onClick={accept}>
      审核通过 {signed.length} 所
    </Button>
  );
}
