import type { OutputOf } from '#contract/endpoint.ts';
import type { myClasses } from '#contract/attendance.ts';
import { Go } from '#web/ui/go.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, momentShort } from '#web/ui/words.ts';
import { addressOf } from '#web/ui/address.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { SubstituteButton } from './substitute-drawer.tsx';

/** A class on a day, as the lists of the day show it. */
export type ClassDay = OutputOf<typeof myClasses>['classes'][number];

/** A class of the day: how far each part is marked, who is absent, and the one button that goes on. */
export function ClassLine({
  row,
  day,
  owed,
  mark,
  substitute,
}: {
  row: ClassDay;
  day: string;
  /** Whether the class is called on this day; without school it is not. */
  owed: boolean;
  /** Whether this person marks classes here. */
  mark: boolean;
  /** Whether this person names substitutes. */
  substitute: boolean;
}) {
  const next = row.parts.find((part) => !part.marked) ?? row.parts.find((part) => part.unanswered > 0) ?? row.parts[0];
  const open = owed && row.parts.some((part) => !part.marked);
  const marked = row.parts.some((part) => part.marked);
  const to = (part: ClassDay['parts'][number] | undefined) =>
    addressOf(`/rollcall/${row.classId}`, { day, part: part?.part === 'afternoon' ? 'afternoon' : null });
  return (
    <li className="att-class">
      <div className="att-class-name">
        <strong>{row.className}</strong>
        <span className="quiet">
          {count(row.onRoll)} 人
          {row.substituteName === null ? '' : `，${row.asSubstitute ? '由您代班' : `${row.substituteName}代班`}`}
        </span>
      </div>
      <div className="att-class-parts">
        {row.parts.map((part) => (
          <div key={part.part} className="att-class-part">
            {row.parts.length > 1 ? <span className="quiet">{part.partWords}</span> : null}
            {part.marked ? (
              <>
                <Status
                  kind="ok"
                  words={`已点名${part.markedAt === null ? '' : ` ${momentShort(part.markedAt).slice(11)}`}`}
                />
                <span>
                  到校 {part.present ?? 0} / {row.onRoll}
                </span>
                {part.unexcused > 0 ? <Go to={to(part)}>无故缺勤 {part.unexcused} 人</Go> : null}
                {part.onLeave > 0 ? <span>请假 {part.onLeave} 人</span> : null}
                {part.unanswered > 0 ? <Status kind="bad" words={`${String(part.unanswered)} 人未联系`} /> : null}
                {part.markedName === null ? null : <span className="quiet">{part.markedName}</span>}
              </>
            ) : (
              <Status kind={owed ? 'warn' : 'quiet'} words={owed ? '未点名' : '不需点名'} />
            )}
          </div>
        ))}
      </div>
      <div className="att-class-do">
        {substitute ? <SubstituteButton classId={row.classId} className={row.className} day={day} /> : null}
        {owed || marked ? (
          <GoButton to={to(next)} type={open && (mark || row.asSubstitute) ? 'primary' : 'default'}>
            {open && (mark || row.asSubstitute) ? '点名' : '打开'}
          </GoButton>
        ) : null}
      </div>
    </li>
  );
}
