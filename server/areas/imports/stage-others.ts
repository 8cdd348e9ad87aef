import { checkPresenceRow, checkSchoolRow } from '#domain/enrolment/row-checks.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import { matchPlace } from '#domain/organisations/places.ts';
import { blindIndex } from '#server/crypto/seal.ts';
import type { StageWorld } from './stage-persons.ts';
import { blankRow, sealCells, type StagedRow } from './staged-row.ts';

/** Reads a row of a presence list (到校情况); cells are sealed, since the pupil may turn out unknown. */
export function stagePresenceRow(world: StageWorld, rowNo: number, raw: RawRow): StagedRow {
  const { value, held, warnings } = checkPresenceRow(raw, {
    asOf: world.asOf,
    findSchool: world.findSchool,
    ...(world.fileSchool ? { fileSchool: world.fileSchool } : {}),
  });
  const row = blankRow(world, rowNo, {
    kind: 'presence',
    scope: `${world.asOf}\n${value.schoolCode}`,
    raw,
    name: value.name,
  });
  return {
    ...row,
    held,
    warnings,
    schoolCode: value.schoolCode || null,
    schoolId: world.schoolIds.get(value.schoolCode) ?? null,
    grade: value.grade,
    classNo: value.classNo,
    documentIndex: value.documentNumber === '' ? null : blindIndex(world.keys, 'document', value.documentNumber),
    registryIndex: value.registryNo === '' ? null : blindIndex(world.keys, 'registry', value.registryNo),
    sealedCells: sealCells(world.keys, world.district, row.entryNewId, raw),
    facts: { present: value.present, leave: value.leave, reason: value.reason, daysAbsent: value.daysAbsent },
  };
}

/** Reads a row of the list of schools (学校名录). */
export function stageSchoolRow(world: StageWorld, rowNo: number, raw: RawRow): StagedRow {
  const { value, held, warnings } = checkSchoolRow(raw);
  const row = blankRow(world, rowNo, { kind: 'schools', scope: '', raw, name: value.name });
  const street =
    value.street === ''
      ? null
      : matchPlace(
          value.street,
          world.places.filter((place) => place.kind === 'subdistrict'),
        );
  return {
    ...row,
    held,
    warnings,
    schoolCode: value.code,
    subdistrictCode: street?.code ?? null,
    sealedCells: held ? sealCells(world.keys, world.district, row.entryNewId, raw) : null,
    facts: { stage: value.stage, address: value.address, principal: value.principal, phone: value.phone },
  };
}
