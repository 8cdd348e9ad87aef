const key = 'baoxue.district';

/** The district's name for the sign-in page: as the server wrote it into the page, else as last seen in this browser, else null. */
export function districtName(): string | null {
  const written = document.querySelector('meta[name="district"]')?.getAttribute('content') ?? '';
  if (written !== '' && !written.startsWith('__')) return written;
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Remembers the district's name for the next sign-in page. */
export function keepDistrictName(name: string): void {
  try {
    localStorage.setItem(key, name);
  } catch {
    // only the name on the sign-in page is lost
  }
}
