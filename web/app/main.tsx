import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { z } from 'zod';
import { Failure } from '#domain/basics/failure.ts';
import { isFailure } from '#web/api/call.ts';
import { Gate } from './gate.tsx';
import { allowStyles } from './style-nonce.ts';
import { Themed } from './theme-choice.tsx';
import './base.css';
import './shell.css';
import './parts.css';
import './areas.css';

allowStyles();
// the page's security policy forbids made-up code, which zod would otherwise try
z.config({ jitless: true });

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (times, error) => times < 2 && (!(error instanceof Failure) || error.code === 'busy'),
      refetchOnWindowFocus: true,
    },
  },
});

// a refusal already shown to the person needs no second report
window.addEventListener('unhandledrejection', (event) => {
  if (isFailure(event.reason)) event.preventDefault();
});
// after a new release the old pages' parts are gone: load the new ones, once for each release met
window.addEventListener('vite:preloadError', (event) => {
  if (sessionStorage.getItem('baoxue.reloaded') === import.meta.url) return;
  event.preventDefault();
  sessionStorage.setItem('baoxue.reloaded', import.meta.url);
  window.location.reload();
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Themed>
          <Gate />
        </Themed>
      </QueryClientProvider>
    </StrictMode>,
  );
}
