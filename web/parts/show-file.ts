/**
 * Opens a file in a new tab as soon as it is there; call it straight from the click, so that the browser lets the tab open. Where tabs
 * may not be opened, the file is saved under `name`. What `get` throws is thrown on, the tab closed.
 */
export async function showFile(get: () => Promise<Blob>, name: string): Promise<void> {
  const tab = window.open('', '_blank');
  try {
    const address = URL.createObjectURL(await get());
    setTimeout(() => {
      URL.revokeObjectURL(address);
    }, 600_000);
    if (tab) {
      tab.location.href = address;
      return;
    }
    saveUnder(address, name);
  } catch (error) {
    tab?.close();
    throw error;
  }
}

/** Saves a file under `name` as soon as it is there; what `get` throws is thrown on. */
export async function keepFile(get: () => Promise<Blob>, name: string): Promise<void> {
  const address = URL.createObjectURL(await get());
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
  saveUnder(address, name);
}

function saveUnder(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
