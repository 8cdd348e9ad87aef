/** The phone pages without signal: their files are kept at the first visit, and answered from there. Answers of the platform are never kept here. */
interface WorkerScope {
  addEventListener(
    kind: 'install' | 'activate',
    heard: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    kind: 'fetch',
    heard: (event: { request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  location: Location;
}

// as: in a service worker the global object is its scope
const scope = globalThis as unknown as WorkerScope;
const files = '__PHONE_FILES__'.split(' ');
const page = '/field';
/** A new release has other files, and so a cache of its own. */
const cacheName = `phone ${files.join(' ')}`;

async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll([page, '/icon.svg', '/field.webmanifest', ...files]);
  await scope.skipWaiting();
}

async function dropOlder(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith('phone ') && name !== cacheName) await caches.delete(name);
  await scope.clients.claim();
}

async function answer(request: Request, asked: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  return (await cache.match(asked)) ?? fetch(request);
}

scope.addEventListener('install', (event) => {
  event.waitUntil(keepFiles());
});
scope.addEventListener('activate', (event) => {
  event.waitUntil(dropOlder());
});
scope.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== scope.location.origin || url.pathname.startsWith('/api')) return;
  if (event.request.mode === 'navigate') {
    if (url.pathname === page || url.pathname.startsWith(`${page}/`)) event.respondWith(answer(event.request, page));
    return;
  }
  event.respondWith(answer(event.request, url.pathname));
});
