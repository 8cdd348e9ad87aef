import { createElement } from 'react';
import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { Guarded, PageFault, PageMissing, PageWaiting } from './guarded.tsx';
import { screens } from './screens.tsx';
import { Shell } from './shell.tsx';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: PageMissing });

const routes = screens.map((screen) =>
  createRoute({
    getParentRoute: () => rootRoute,
    path: screen.path,
    component: () => createElement(Guarded, { screen }),
  }),
);

function readSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

function writeSearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(search))
    if (value !== undefined && value !== null && value !== '') query.set(key, String(value));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** Where every page stands; the search part of an address is plain strings. */
export const router = createRouter({
  routeTree: rootRoute.addChildren(routes),
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  defaultErrorComponent: PageFault,
  defaultPendingComponent: PageWaiting,
  defaultPreload: false,
  scrollRestoration: true,
});
