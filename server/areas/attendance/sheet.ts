import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as views from '#contract/attendance-views.ts';
import type { KeptKind } from '#domain/attendance/record.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { pupilsOfClass } from '#server/areas/enrolment/actions.ts';
import type { Context } from '#server/http/context.ts';
import { mayMarkClass } from './access.ts';
import { markClass } from './mark-class.ts';
import { groundOf } from './standing.ts';
import { countClassesOf, listClassStates, readSheet } from './store-classes.ts';

type SheetRow = Awaited<ReturnType<typeof readSheet>>[number];

/** What a line of a presence list says as a mark; null is present. */
function kindOf(row: SheetRow): KeptKind | null {
  if (!row.said || row.present === null) return 'unknown';
  if (row.present) return null;
  switch (row.leave_kind) {
    case null:
      return 'unexcused';
    case 'illness':
    case 'personal':
    case 'official':
    case 'bereavement':
      return row.leave_kind;
    default:
      return 'other';
  }
}

/** Takes an imported presence list (到校情况) over as the roll call of the classes it names that are not marked yet. */
export async function takeOverSheet(
  context: Context,
  input: ParsedOf<typeof views.takeOverSheet>,
): Promise<OutputOf<typeof views.takeOverSheet>> {
  const { client, district } = context;
  const { day, part, schoolId } = input;
  const classes = (await countClassesOf(client, district, day, schoolId)).filter((row) =>
    mayMarkClass(context, { schoolId: row.school_id, classId: row.id }),
  );
  if (classes.length === 0) throw notFound('学校');
  const ground = await groundOf(context, day);
  if (day > context.today || !ground.isSchoolDay(day))
    throw new Failure('wrong-step', `${day} 不是已到的上课日，不能作为点名。`);
  const states = await listClassStates(client, district, day, { schoolId });
  const marked = new Set(states.filter((state) => state.part === part).map((state) => state.class_id));
  const said = await readSheet(client, district, day, schoolId);
  const done = { classes: 0, already: 0, without: 0, unknown: 0 };
  for (const place of classes) {
    const rows = said.filter((row) => row.class_id === place.id);
    if (marked.has(place.id)) done.already += 1;
    else if (!rows.some((row) => row.said)) done.without += 1;
    else {
      const absent = rows.flatMap((row) => {
        const kind = kindOf(row);
        return kind === null ? [] : [{ id: context.newId(), childId: row.child_id, kind }];
      });
      const pupils = await pupilsOfClass(context, place.id, day);
      await markClass(context, ground, place, pupils, {
        id: context.newId(),
        day,
        part,
        source: 'sheet',
        lateReason: '由到校情况表转入',
        absent,
      });
      done.classes += 1;
      done.unknown += absent.filter((one) => one.kind === 'unknown').length;
    }
  }
  context.note({ subjectKind: 'school', subjectId: schoolId, detail: { day, part, ...done } });
  return done;
}
