import { Facts } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentWords } from '#web/ui/words.ts';
import { correctionLook } from './attendance-words.ts';
import type { Correction } from './rows.ts';

/** Both versions of a mark side by side, who asked for the change and why, and what was decided. */
export function CorrectionSides({ correction }: { correction: Correction }) {
  return (
    <div className="att-form">
      <div className="att-sides">
        <div>
          <span className="quiet">原来登记</span>
          <strong>{correction.fromWords}</strong>
        </div>
        <div className="att-sides-new">
          <span className="quiet">更正为</span>
          <strong>{correction.toWords}</strong>
        </div>
      </div>
      <div>
        <Status kind={correctionLook[correction.state]} words={correction.stateWords} />{' '}
        {correction.whyWords === null ? null : <Status kind="warn" words={correction.whyWords} />}
      </div>
      <Facts
        items={[
          { label: '日期', value: `${correction.day} ${correction.partWords}` },
          { label: '班级', value: `${correction.schoolName} ${correction.className}` },
          { label: '提出', value: `${correction.askedName}，${momentWords(correction.askedAt)}` },
          { label: '原因', value: correction.reason },
          { label: '依据', value: correction.evidence },
          ...(correction.decidedName === null
            ? []
            : [
                {
                  label: correction.state === 'refused' ? '不同意' : '同意',
                  value: `${correction.decidedName}，${momentWords(correction.decidedAt)}`,
                },
                { label: '看到的依据', value: correction.decision },
              ]),
        ]}
      />
    </div>
  );
}
