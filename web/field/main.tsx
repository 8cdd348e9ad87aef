import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod/mini';
import { FieldGate } from './gate.tsx';
import './field.css';

// the page's security policy forbids made-up code, which zod would otherwise try
z.config({ jitless: true });

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  void navigator.serviceWorker.register('/sw.js', { scope: '/field' }).catch(() => undefined);
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <FieldGate />
    </StrictMode>,
  );
}
