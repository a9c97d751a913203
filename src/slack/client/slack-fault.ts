/**
 * What a failed call asks of whoever made it:
 * - `passing`: try again later, nobody has to do anything
 * - `rate`: try again after `retryAfterSeconds`, this line only
 * - `set-up`: hold until a person has put it right (`remedy` says how)
 * - `content`: the same bytes will be refused again, send simpler ones
 * - `gone`: the message, dialog or person isn't there any more, or can't be changed
 */
export type FaultKind = "passing" | "rate" | "set-up" | "content" | "gone";

export interface FaultFacts {
  /** Slack's own word, or ours where Slack said nothing (`timeout`, `econnrefused`, `http_502`). */
  code: string;
  kind: FaultKind;
  /** Slack may have done it all the same: look before doing it twice. */
  answerLost: boolean;
  retryAfterSeconds: number | null;
  neededScope: string | null;
  /** Slack's remarks, as which block it refused; never what was sent. */
  remarks: string[];
}

/** A call to Slack that failed; its cause is what the transport threw. */
export class SlackFault extends Error implements FaultFacts {
  readonly method: string;
  readonly code: string;
  readonly kind: FaultKind;
  readonly answerLost: boolean;
  readonly retryAfterSeconds: number | null;
  readonly neededScope: string | null;
  readonly remarks: string[];

  constructor(method: string, facts: FaultFacts, options?: ErrorOptions) {
    super(`Slack's ${method} failed: ${facts.code}`, options);
    this.name = "SlackFault";
    this.method = method;
    this.code = facts.code;
    this.kind = facts.kind;
    this.answerLost = facts.answerLost;
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.neededScope = facts.neededScope;
    this.remarks = facts.remarks;
  }
}
