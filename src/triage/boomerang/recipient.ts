/** Somebody, or a channel, that can be asked. */
export type Recipient =
  | { kind: "person"; slackId: string; name: string; email: string | null }
  | { kind: "channel"; slackId: string; name: string };

/** As whoever asks named them. */
export type RecipientName = { slackUserId: string } | { email: string } | { channel: string };

export type Reached =
  | { reached: true; recipient: Recipient }
  /** `why` follows the name: "mallory@acme.example: Slack knows nobody with this e-mail". */
  | { reached: false; name: string; why: string };
