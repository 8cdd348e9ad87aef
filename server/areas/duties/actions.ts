export { deliver } from './deliver.ts';
export { makeDigests } from './digest.ts';
export { escalate, mustEscalate } from './escalate.ts';
export { followPupils, mustFollowPupils } from './follow.ts';
export { hearForDuties } from './listen.ts';
export { dutiesOnDesk, type DeskDuty } from './lists.ts';
export { heldCondition, type Holder } from './store-lists.ts';
