/**
 * What a failed event asks for:
 * - `passing`: try again later, nobody has to do anything
 * - `rate`: try again after `retryAfterSeconds`
 * - `set-up`: hold until a person has put it right (`webhookRemedy` says how)
 * - `content`: the receiver won't have these bytes; it may take others
 */
export interface WebhookFaultFacts {
  kind: "passing" | "rate" | "set-up" | "content";
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
