import { hearAttendance } from './areas/attendance/actions.ts';
import { hearForCases } from './areas/dropout/actions.ts';
import { hearForDuties } from './areas/duties/actions.ts';
import { hearEnrolment } from './areas/enrolment/actions.ts';
import { hearRisk } from './areas/risk/actions.ts';
import { hearForFigures } from './areas/statistics/actions.ts';
import type { Platform, Listener } from './http/context.ts';

/**
 * Who hears the news, area by area, in this order; a lower area never knows who listens (docs/architecture.md, section 3). Duties hear
 * before cases do, so that a duty says what happened and not only that a case was opened for it.
 */
const listeners: readonly Listener[] = [
  hearEnrolment,
  hearAttendance,
  hearRisk,
  hearForDuties,
  hearForCases,
  hearForFigures,
];

/** Connects the areas that listen; called once by whatever opens a platform to serve requests or jobs. */
export function connectListeners(platform: Platform): void {
  platform.listeners.splice(0, platform.listeners.length, ...listeners);
}
