import type { Reached } from "./recipient.ts";

/** What whoever asks is told of somebody who can't be asked; Slack's own remedies bring their full stop along. */
export function unreachedSentence({ name, why }: Extract<Reached, { reached: false }>): string {
  return `${name} can't be asked: ${why.replace(/\.$/, "")}.`;
}
