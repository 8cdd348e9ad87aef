import type { Platform } from './http/context.ts';
import type { Listener } from './http/news.ts';

/** Who hears the news, area by area, in this order; a lower area never knows who listens (docs/architecture.md, section 3). */
const listeners: readonly Listener[] = [];

/** Connects the areas that listen; called once by whatever opens a platform to serve requests or jobs. */
export function connectListeners(platform: Platform): void {
  platform.listeners.splice(0, platform.listeners.length, ...listeners);
}
