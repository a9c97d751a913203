interface Asked {
  method: string;
  origin: string | undefined;
  /** The browser's own word (Sec-Fetch-Site), which no page can forge. */
  fetchSite: string | undefined;
}

const safe = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * True unless another site's page may have made the browser send this: a cookie goes along by itself, so what
 * changes something must come from one of our own origins.
 */
export function fromOurPages({ method, origin, fetchSite }: Asked, ours: readonly string[]): boolean {
  if (safe.has(method)) return true;
  return origin === undefined ? fetchSite === "same-origin" : ours.includes(origin);
}
