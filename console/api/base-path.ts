/** The path of PUBLIC_URL, below which the server is; empty unless it has one. The server writes it into the page. */
export const basePath =
  globalThis.document?.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content ?? "";
