import type { Actor } from "./alert.ts";
import type { AnswerFormat, OpenDuration } from "./boomerang.ts";

/** What a detection asks by itself when its alert opens, and what follows (docs/behaviour.md#automatic-boomerang). */
export interface AutomaticBoomerang extends WhatFollows {
  whom: AutomaticRecipient;
  /** With placeholders such as `{title}`. */
  question: string;
  answers: AnswerFormat;
  openFor: OpenDuration;
  /** An answer counts only once the person has confirmed it. */
  secondFactor: boolean;
}

/** Whom it asks: `field` is a field of the context that holds an email or a Slack id. */
export type AutomaticRecipient =
  | { field: string }
  | { email: string }
  | { slackUserId: string }
  | { channel: string };

export interface WhatFollows {
  onYes: { do: "nothing" } | { do: "comment"; text: string } | { do: "resolve" };
  /** After "No" and without an answer in time. `destination` is an id. */
  onNo: { do: "mention" } | { do: "raise" } | { do: "send"; destination: string };
}

/** Who asks automatically, and does what follows. */
export const automaticActor: Actor = {
  type: "system",
  id: "automatic-boomerang",
  name: "Tocsin (automatic Boomerang)",
};

export function isAutomatic(actor: Actor): boolean {
  return actor.type === "system" && actor.id === automaticActor.id;
}

/** From when to when, in a person's own timezone, only questions about CRITICAL alerts are sent; equal times: never. */
export interface QuietHours {
  /** `22:00` */
  from: string;
  to: string;
}

export const usualQuietHours: QuietHours = { from: "22:00", to: "07:00" };

/** Who asks automatically, in the middle of a sentence. */
export const securityTeam = "the security team";
