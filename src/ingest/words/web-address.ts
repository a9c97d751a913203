/** The text if it is as a whole an http(s) address, else null. */
export function webAddress(text: string | null | undefined): string | null {
  const address = text?.trim();
  if (!address || /\s/.test(address)) return null;
  return ["http:", "https:"].includes(URL.parse(address)?.protocol ?? "") ? address : null;
}
