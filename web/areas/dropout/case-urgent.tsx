import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { momentShort } from '#web/ui/words.ts';
import { hasEmergency } from './case-leads.ts';
import type { Case } from './case-words.ts';

/** 紧急情况 above everything else on a case: what it is, until when it is to be dealt with, and the ways to do so. */
export function CaseUrgent({ record, buttons }: { record: Case; buttons: readonly ReactNode[] }) {
  if (!hasEmergency(record) || record.state === 'closed' || record.state === 'dismissed') return null;
  const kinds = [...new Set(record.emergencies.flatMap((one) => one.kinds))];
  if (kinds.length === 0)
    return <Alert type="error" showIcon title="本案有紧急情况，内容只有办理人员可以看。请找校长或区控辍专干。" />;
  const { words, done } = standingOf(record);
  return (
    <Alert
      type={done ? 'warning' : 'error'}
      showIcon
      className="drop-urgent"
      title={`紧急情况：${kinds.join('、')}`}
      description={words}
      action={<div className="drop-acts">{buttons}</div>}
    />
  );
}

/** What has been done about the emergencies and what is waited for. */
function standingOf(record: Case): { words: string; done: boolean } {
  const police = record.emergencies.some((one) => one.policeAt !== null);
  const passed = record.referrals.filter((one) => one.urgent);
  const waits = passed.filter((one) => one.waits);
  const policeWords = police ? '已报警' : '没有报警记录';
  const [first] = waits;
  if (passed.length === 0)
    return { words: `${policeWords}；还没有转给有关部门，请限时处置并转介（默认 24 小时）。`, done: false };
  if (first === undefined) return { words: `${policeWords}；转介的部门都已答复。`, done: true };
  return {
    words: `${policeWords}；等${waits.map((one) => one.partyWords).join('、')}答复，期限 ${momentShort(first.dueAt)}。`,
    done: false,
  };
}
