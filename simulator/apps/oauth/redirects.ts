/** Whether people may be sent back to an address: to one that was configured, or to one below it. */
export function isConfigured(configured: readonly string[], given: string): boolean {
  const to = URL.parse(given);
  return configured.some((one) => {
    const known = URL.parse(one);
    if (!to || !known || known.origin !== to.origin || known.protocol !== to.protocol) return false;
    const base = known.pathname.replace(/\/$/, "");
    return to.pathname === known.pathname || to.pathname === base || to.pathname.startsWith(`${base}/`);
  });
}

/** An address with more in its query; what is `undefined` is left out. */
export function withQuery(address: string, more: Record<string, string | undefined>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(more))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}
