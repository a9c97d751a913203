import { isIP } from "node:net";

/** Names that public DNS can't hold: without a dot, or below a reserved domain. */
const privateName = /^[^.]+$|\.(localhost|internal)$/;

/**
 * Why a request with this `Host` header is refused; null if it is not. A page on the internet can point its own name at
 * this machine (DNS rebinding) and then read what has no sign-in, so only names that it can't own are answered: IP
 * addresses, `localhost`, names without a dot, and `own`, the name that is listened on.
 */
export function foreignHost(header: string | undefined, own: string): string | null {
  const name = nameIn(header);
  if (isIP(name.replace(/^\[|\]$/g, "")) || privateName.test(name) || name === own.toLowerCase()) return null;
  return (
    `Nothing is served for the host "${name}", since any web page could send you here under a name of its own. ` +
    "Open this by IP address or as localhost, or start it with --host and that name."
  );
}

/** Without port and final dot, in lower case; empty if it can't be read. */
function nameIn(header: string | undefined): string {
  return URL.parse(`http://${header}`)?.hostname.replace(/\.$/, "") ?? "";
}
