/** Slack takes a button whose link has a host without a dot, and shows it to nobody. */
export const isHiddenLink = (url: string): boolean =>
  /^https?:/.test(url) && !(URL.parse(url)?.hostname ?? "").includes(".");
