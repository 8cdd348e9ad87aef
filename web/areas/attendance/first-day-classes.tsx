import { addressOf } from '#web/ui/address.ts';
import { Go } from '#web/ui/go.tsx';
import { Block, Empty } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { saidWords, type SchoolList } from './first-day-words.ts';

type Row = SchoolList['classes'][number];

function stateOf(row: Row) {
  if (row.done) return <Status kind="ok" words="已核对" />;
  if (!row.marked) return <Status kind="wait" words="还没有点名" />;
  const open = row.missing.filter(({ entry }) => entry === null).length;
  return <Status kind="bad" words={`${String(open)} 人待说明`} />;
}

/** The classes of a school with the names of who was missing; of a class not called yet the names are not spelled out. */
export function FirstDayClasses({
  title,
  classes,
  day,
  links = false,
}: {
  title: string;
  classes: readonly Row[];
  day: string;
  links?: boolean;
}) {
  return (
    <Block title={title}>
      {classes.length === 0 ? <Empty words="这一天没有应到的班级。班级随学籍名册而来。" /> : null}
      <ul className="first-classes">
        {classes.map((row) => (
          <li key={row.classId}>
            <div className="first-class-head">
              <strong>
                {links ? (
                  <Go to={addressOf(`/attendance/first-day/${row.classId}`, { day })}>{row.className}</Go>
                ) : (
                  row.className
                )}
              </strong>
              {stateOf(row)}
              <span className="quiet">
                到校 {row.present} / {row.onRoll} 人{row.doneName === null ? '' : `，${row.doneName}`}
              </span>
            </div>
            {row.marked || row.done ? <Names row={row} /> : null}
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Names({ row }: { row: Row }) {
  if (row.missing.length + row.elsewhere.length === 0) return null;
  return (
    <ul className="first-names">
      {row.missing.map((pupil) => (
        <li key={pupil.childId}>
          <strong>{pupil.name}</strong>{' '}
          {pupil.entry ? (
            `${saidWords(pupil.entry).reason}；去向：${saidWords(pupil.entry).whereabouts}`
          ) : (
            <Status kind="bad" words="待说明" />
          )}
        </li>
      ))}
      {row.elsewhere.map((pupil) => (
        <li key={pupil.childId} className="quiet">
          {pupil.name} {pupil.words}
        </li>
      ))}
    </ul>
  );
}
