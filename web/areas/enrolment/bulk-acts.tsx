import { App, Button } from 'antd';
import { useState } from 'react';
import { stepChanges } from '#contract/enrolment-acts.ts';
import { useSend } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { changeRefreshes, type ChangeLine } from './change-words.ts';

const waitsForArrival = (row: ChangeLine) => row.state === 'arrival' || row.state === 'late';

/** What may be done with the chosen changes together: approve those that wait for it, confirm the arrival of those that wait for that. */
export function BulkActs({ chosen, clear, today }: { chosen: ChangeLine[]; clear: () => void; today: string }) {
  const { modal } = App.useApp();
  const [day, setDay] = useState<string | undefined>(today);
  const { send, sending } = useSend(stepChanges, { refresh: changeRefreshes });
  const coming = chosen.filter(waitsForArrival);
  const deciding = chosen.filter((row) => !waitsForArrival(row) && row.ownerWords !== null);
  const act = (rows: ChangeLine[], what: 'approve' | 'arrive') =>
    void send({ ids: rows.map((row) => row.id), act: what, ...(what === 'arrive' ? { day: day ?? today } : {}) }).then(
      ({ done, refused }) => {
        clear();
        if (refused.length === 0) modal.success({ title: `已办 ${String(done)} 项。` });
        else
          modal.warning({
            title: `已办 ${String(done)} 项，${String(refused.length)} 项未办`,
            content: (
              <ul className="enrol-pieces">
                {refused.map((one) => (
                  <li key={one.id}>
                    {one.name === '' ? '一项异动' : one.name}：{one.why}
                  </li>
                ))}
              </ul>
            ),
          });
      },
      () => undefined,
    );
  return (
    <span className="enrol-acts">
      {coming.length === 0 ? null : (
        <>
          <DayField words="到校日期" value={day} onChange={setDay} latest={today} />
          <Button
            type="primary"
            loading={sending}
            onClick={() => {
              act(coming, 'arrive');
            }}
          >
            确认 {coming.length} 名到校
          </Button>
        </>
      )}
      {deciding.length === 0 ? null : (
        <Button
          type={coming.length === 0 ? 'primary' : 'default'}
          loading={sending}
          onClick={() => {
            act(deciding, 'approve');
          }}
        >
          同意 {deciding.length} 项
        </Button>
      )}
    </span>
  );
}
