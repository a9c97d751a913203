import { explainFailure } from "../../reach/explain-failure.ts";

/** What a fault means and what to do: one or two sentences each. */
export interface Remedy {
  means: string;
  todo: string;
}

/** Remedies by the code of a fault; each gets the place where the event went. */
export type Remedies = Record<string, (place: string) => Remedy>;

const checkHeaders =
  "Check the headers of this destination, and whether the receiver still accepts their values.";

/** The faults that any receiver of HTTP requests may have. */
const httpRemedies: Remedies = {
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
  http_401: (host) => ({ means: `${host} rejected the credentials (401).`, todo: checkHeaders }),
  http_403: (host) => ({ means: `${host} refused access (403).`, todo: checkHeaders }),
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

/** What a fault of an event means and what to do, by its code: from the type's own remedies, or from those of HTTP. */
export function eventRemedy(code: string, place: string, own: Remedies = {}): Remedy {
  const known = [own, httpRemedies].find((remedies) => Object.hasOwn(remedies, code))?.[code];
  if (known) return known(place);
  const [, status] = /_(\d{3})$/.exec(code) ?? [];
  const unreached = explainFailure(code, place);
  if (unreached) return unreached;
  const what = status ? `answered ${status}` : `can't be reached (${code})`;
  return {
    means: `${place} ${what}.`,
    todo: "Look for the reason in the receiver's log. Waiting alerts are sent as soon as it accepts them again.",
  };
}

/**
 * How to handle a failed event:
 * - `passing`: try again later
 * - `rate`: try again after `retryAfterSeconds`
 * - `setup`: hold until a person has fixed it (`eventRemedy` says how)
 * - `content`: the receiver refused this event and may accept others
 */
export interface EventFaultFacts {
  kind: "passing" | "rate" | "setup" | "content";
  /** `http_` with the status, or a word for another failure. */
  code: string;
  retryAfterSeconds: number | null;
}

/** The receiver did not accept an event. */
export class EventFault extends Error implements EventFaultFacts {
  override readonly name = "EventFault";
  readonly kind: EventFaultFacts["kind"];
  readonly code: string;
  readonly retryAfterSeconds: number | null;

  constructor(
    {
      kind,
      code,
      retryAfterSeconds = null,
    }: Omit<EventFaultFacts, "retryAfterSeconds"> & Partial<EventFaultFacts>,
    options?: ErrorOptions,
  ) {
    super(`the event failed: ${code}`, options);
    this.kind = kind;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
