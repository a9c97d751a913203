/** What a fault of a webhook means, and what a person does about it: a sentence or two each. */
interface WebhookRemedy {
  means: string;
  todo: string;
}

const checkHeaders =
  "Check the headers of this destination, and whether the receiver still takes what stands in them.";

const remedies: Record<string, (host: string) => WebhookRemedy> = {
  private_address: (host) => ({
    means: `${host} leads to a private address, where Tocsin sends nothing unless it is allowed to.`,
    todo: "Choose an address on the internet, or name its network in WEBHOOK_ALLOW_PRIVATE and start Tocsin again.",
  }),
  plain_http: (host) => ({
    means: `${host} is reached without encryption, which is taken only in networks that WEBHOOK_ALLOW_PRIVATE names.`,
    todo: "Give an address that begins with https://.",
  }),
  enotfound: (host) => ({
    means: `No name server knows ${host}.`,
    todo: "Check the address of this destination; if it is right, look into the name server that Tocsin's machine asks.",
  }),
  redirected: (host) => ({
    means: `${host} answers with a redirect, which Tocsin doesn't follow.`,
    todo: "Find out where it leads, and give that address instead if you trust it.",
  }),
  bad_certificate: (host) => ({
    means: `The certificate of ${host} isn't one that Tocsin can trust.`,
    todo: "Renew it, or start Tocsin with NODE_EXTRA_CA_CERTS if your own authority has signed it.",
  }),
  http_401: (host) => ({ means: `${host} doesn't know who asks (401).`, todo: checkHeaders }),
  http_403: (host) => ({ means: `${host} doesn't allow it (403).`, todo: checkHeaders }),
  http_404: (host) => ({
    means: `${host} knows no such address (404).`,
    todo: "Check the address of this destination.",
  }),
  http_405: (host) => ({
    means: `${host} takes no POST at this address (405).`,
    todo: "Check the address of this destination.",
  }),
  http_410: (host) => ({
    means: `${host} says that this address is gone for good (410).`,
    todo: "Ask whoever runs it for the new address, or delete this destination.",
  }),
};

/** Words for a fault that holds a webhook, by its code. */
export function webhookRemedy(code: string, host: string): WebhookRemedy {
  const known = Object.hasOwn(remedies, code) ? remedies[code] : undefined;
  if (known) return known(host);
  const said = code.startsWith("http_") ? `answers ${code.replace("http_", "")}` : `can't be used (${code})`;
  return {
    means: `${host} ${said}.`,
    todo: "Look into the receiver's own log for the reason; what waits goes out once it takes alerts again.",
  };
}

/**
 * What a failed event asks for:
 * - `passing`: try again later, nobody has to do anything
 * - `rate`: try again after `retryAfterSeconds`
 * - `setup`: hold until a person has put it right (`webhookRemedy` says how)
 * - `content`: the receiver won't have these bytes; it may take others
 */
export interface WebhookFaultFacts {
  kind: "passing" | "rate" | "setup" | "content";
  /** `http_` with the status, or a word for what went wrong on the way. */
  code: string;
  retryAfterSeconds: number | null;
}

/** An event that its receiver did not take. */
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
