import { Button, Descriptions, Drawer } from 'antd';
import type { OutputOf } from '#contract/endpoint.ts';
import { dismissDifference, takeDifference, type listDifferences } from '#contract/registry-check.ts';
import { changeKinds } from '#domain/enrolment/changes-record.ts';
import { useMay } from '#web/api/me.ts';
import { useSend } from '#web/api/use.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { askReason } from '#web/parts/reason.tsx';
import { useGo } from '#web/ui/go.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { fillNext } from './change-prefill.ts';

/** A difference in the list. */
export type DifferenceLine = OutputOf<typeof listDifferences>['rows'][number];
type Act = DifferenceLine['proposals'][number]['act'];

const seenOf = ({ state }: DifferenceLine) => (state === 'settled' ? 'open' : state);
const isKind = (act: Act): boolean => changeKinds.some((kind) => kind === act);

/** Where an act that is no registry change is done; null where it is done outside the platform. */
function placeOf(act: Act, childId: string | null): string | null {
  if (act === 'placement') return '/leavers';
  if (isKind(act)) return '/changes/new';
  if (act === 'import') return '/compare/imports/new';
  if (act === 'year') return '/year';
  if (act === 'report') return `/cases/report${childId === null ? '' : `?child=${childId}`}`;
  if (act === 'record' && childId !== null) return `/children/${childId}`;
  return null;
}

/** One difference: both sides, the proposals with their reasons, and what a person makes of it. */
export function RegistryDifference({ line, onClose }: { line: DifferenceLine; onClose: () => void }) {
  const go = useGo();
  const phone = usePhone();
  const mayAsk = useMay('changes.ask');
  const mayImport = useMay('lists.import');
  const mayReport = useMay('cases.report');
  const { send: take, sending: taking } = useSend(takeDifference, { refresh: ['enrolment'] });
  const { send: dismiss, sending } = useSend(dismissDifference, { done: '已记为不予办理。', refresh: ['enrolment'] });
  const takeUp = async (act: Act) => {
    const filled = await take({ id: line.id, act, seen: seenOf(line) }).catch(() => null);
    if (filled === null) return;
    const place = placeOf(act, line.childId);
    if (place === '/changes/new') fillNext(filled);
    onClose();
    if (place !== null) go(place);
  };
  const turnDown = async () => {
    const note = await askReason({ title: `不予办理：${line.name} ${line.kindWords}`, words: '以后的比对若仍是同样的差异，不再列入待核对。' }); // prettier-ignore
    if (note === null) return;
    await dismiss({ id: line.id, note, seen: seenOf(line) }).then(onClose, () => undefined);
  };
  const offered = (act: Act) => (act === 'import' ? mayImport : act === 'report' ? mayReport : true);
  return (
    <Drawer open title={`${line.name} · ${line.kindWords}`} size={phone ? '100%' : 520} onClose={onClose}>
      <Descriptions
        column={1}
        size="small"
        items={[
          { key: 'school', label: '学校', children: line.schoolName ?? '—' },
          { key: 'ours', label: '本平台', children: line.oursWords },
          { key: 'theirs', label: '全国系统', children: line.theirsWords },
          { key: 'asOf', label: '比对日期', children: line.asOf },
          { key: 'state', label: '状态', children: [line.stateWords, line.takenWords, line.decidedName].filter((part) => part !== null).join(' · ') }, // prettier-ignore
          ...(line.note === null ? [] : [{ key: 'note', label: '说明', children: line.note }]),
        ]}
      />
      {line.changeId === null ? null : (
        <p>
          <GoButton to={`/changes/${line.changeId}`}>已有异动：{line.changeWords}</GoButton>
        </p>
      )}
      {mayAsk && line.state !== 'settled' ? (
        <>
          <h3>建议怎么办</h3>
          <p className="quiet">建议只供核对。采用后打开已填好的表单，由您核对、附材料后提交；平台不会自行办理。</p>
          <ul className="registry-acts">
            {line.proposals.map((proposal, index) => (
              <li key={proposal.act}>
                <span>{proposal.why}</span>
                {offered(proposal.act) ? (
                  <Button
                    type={index === 0 ? 'primary' : 'default'}
                    loading={taking}
                    onClick={() => void takeUp(proposal.act)}
                  >
                    {isKind(proposal.act) ? `办理${proposal.words}` : proposal.words}
                  </Button>
                ) : (
                  <span className="quiet">{proposal.words}（由区教育局办理）</span>
                )}
              </li>
            ))}
          </ul>
          {line.state === 'open' || line.state === 'taken' ? (
            <Button danger loading={sending} onClick={() => void turnDown()}>
              不予办理并写明原因
            </Button>
          ) : null}
        </>
      ) : null}
    </Drawer>
  );
}
