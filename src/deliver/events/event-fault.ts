/** What a webhook's fault means and what a person can do about it, each as one or two sentences. */
interface WebhookRemedy {
  means: string;
  todo: string;
}

const checkHeadersRemedy =
  "Check the headers of this destination, and whether the receiver still accepts their values.";

const remedies: Record<string, (host: string) => WebhookRemedy> = {
  private_address: (host) => ({
    means: `${host} has a private address. Tocsin sends to private networks only if they are allowed.`,
    todo: "Use a public address, or add its network to WEBHOOK_ALLOW_PRIVATE and restart Tocsin.",
  }),
  plain_http: (host) => ({
    means: `${host} is not encrypted (http://). That is only allowed in the networks of WEBHOOK_ALLOW_PRIVATE.`,
    todo: "Use an address that begins with https://.",
  }),
  enotfound: (host) => ({
    means: `${host} can't be resolved (DNS).`,
    todo: "Check the address of this destination. If it is right, check the DNS server that Tocsin's machine uses.",
  }),
  redirected: (host) => ({
    means: `${host} answers with a redirect, which Tocsin doesn't follow.`,
    todo: "Find out where the redirect leads. If you trust that address, use it instead.",
  }),
  bad_certificate: (host) => ({
    means: `Tocsin doesn't trust the certificate of ${host}.`,
    todo: "Renew the certificate. If your own authority signed it, start Tocsin with NODE_EXTRA_CA_CERTS.",
  }),
  http_401: (host) => ({ means: `${host} rejected the credentials (401).`, todo: checkHeadersRemedy }),
  http_403: (host) => ({ means: `${host} refused access (403).`, todo: checkHeadersRemedy }),
  http_404: (host) => ({
    means: `${host} has nothing at this address (404).`,
    todo: "Check the address of this destination.",
  }),
  http_405: (host) => ({
    means: `${host} doesn't accept POST at this address (405).`,
    todo: "Check the address of this destination.",
  }),
  http_410: (host) => ({
    means: `${host} says that this address is permanently gone (410).`,
    todo: "Ask the receiver's operator for the new address, or delete this destination.",
  }),
};

/** The meaning and the remedy of a webhook's fault, by its code. */
export function webhookRemedy(code: string, host: string): WebhookRemedy {
  const known = Object.hasOwn(remedies, code) ? remedies[code] : undefined;
  if (known) return known(host);
  const what = code.startsWith("http_")
    ? `answered ${code.replace("http_", "")}`
    : `can't be reached (${code})`;
  return {
    means: `${host} ${what}.`,
    todo: "Look for the reason in the receiver's log. Waiting alerts are sent as soon as it accepts them again.",
  };
}

/**
 * How to handle a failed event:
 * - `passing`: try again later
 * - `rate`: try again after `retryAfterSeconds`
 * - `setup`: hold until a person has fixed it (`webhookRemedy` says how)
 * - `content`: the receiver refused this event and may accept others
 */
export interface WebhookFaultFacts {
  kind: "passing" | "rate" | "setup" | "content";
  /** `http_` with the status, or a word for a failure before the response. */
  code: string;
  retryAfterSeconds: number | null;
}

/** The receiver did not accept an event. */
export class WebhookFault extends Error implements WebhookFaultFacts {
  override readonly name = "WebhookFault";
  readonly kind: WebhookFaultFacts["kind"];
  readonly code: string;
  readonly retryAfterSeconds: number | null;

  constructor({ kind, code, retryAfterSeconds }: WebhookFaultFacts, options?: ErrorOptions) {
    super(`the webhook failed: ${code}`, options);
    this.kind = kind;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
