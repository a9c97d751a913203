import { isIP } from "node:net";

/** Whom a passkey is made for: browsers offer it to pages of this origin only. */
export interface RelyingParty {
  /** The host of PUBLIC_URL. */
  id: string;
  origin: string;
}

/** The relying party of PUBLIC_URL, or why browsers make no passkeys there. */
export function relyingPartyOf(publicUrl: string): RelyingParty | { unavailable: string } {
  const { protocol, hostname, origin } = new URL(publicUrl);
  if (hostname.startsWith("[") || isIP(hostname) !== 0)
    return { unavailable: `Passkeys need a host name, and PUBLIC_URL has the address ${hostname}.` };
  if (protocol !== "https:" && hostname !== "localhost" && !hostname.endsWith(".localhost"))
    return { unavailable: "Passkeys need https, and PUBLIC_URL begins with http." };
  return { id: hostname, origin };
}
