// Slack keeps this for each person; here each window does, so that one may look at the same channel as two people.
const key = (as: string) => `seen/${as}`;

/** Up to which message a person has read each conversation, in this window. */
export const readUpTo = (as: string): Record<string, string> =>
  JSON.parse(sessionStorage.getItem(key(as)) ?? "{}");

/** A person has a conversation before their eyes, with this as its last message. */
export function markRead(as: string, channel: string, ts: string): void {
  const seen = readUpTo(as);
  if ((seen[channel] ?? "") < ts) sessionStorage.setItem(key(as), JSON.stringify({ ...seen, [channel]: ts }));
}
