import { eventRemedy } from "../events/event-fault.ts";

const kept = "Entries are kept, and sent in order once it works.";

const todos: Record<string, string> = {
  private_address: "Use a public address, or add its network to WEBHOOK_ALLOW_PRIVATE and restart Tocsin.",
  plain_http: "Use an address that begins with https://.",
  enotfound: `Check the name, and the DNS server that Tocsin's machine uses. ${kept}`,
  redirected: "Find out where the redirect leads. If you trust that address, use it instead.",
  bad_certificate: `Renew the certificate, or give the CA certificate that signed it. ${kept}`,
};

/** What keeps the audit log from a receiver, and what to do. */
export function streamRemedy(code: string, place: string): string {
  const means =
    code === "closed_early"
      ? `${place} closed the connection before it had read everything.`
      : eventRemedy(code, place).means;
  return `${means} ${todos[code] ?? `Look for the reason in the receiver's log. ${kept}`}`;
}
