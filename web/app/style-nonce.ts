/** The nonce under which this page may write styles (the server puts a new one into every answer). */
export function styleNonce(): string {
  return document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
}

/**
 * Puts the nonce on every style element the pages make. Some of antd's parts (scroll lock, scroll bar measure) write a
 * style without the nonce they were given; scripts stay as strict as before.
 */
export function allowStyles(): void {
  const nonce = styleNonce();
  if (nonce === '' || nonce.startsWith('__')) return;
  const make = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = make(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
    // as: the overloads by tag name are those of the function wrapped
  };
}
