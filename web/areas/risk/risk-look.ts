import type { RiskLevel, SignState } from '#domain/risk/record.ts';
import type { StatusKind } from '#web/ui/status.tsx';

/** How a level reads beside its word. */
export const levelLook: Record<RiskLevel, StatusKind> = { urgent: 'bad', concern: 'warn', watch: 'quiet' };

/** How the state of a sign reads. */
export const signLook: Record<SignState, StatusKind> = { open: 'warn', dismissed: 'ok', gone: 'quiet' };
