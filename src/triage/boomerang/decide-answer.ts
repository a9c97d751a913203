import type { SlackFace } from "../../connect/identity/decide-identity.ts";

/** A question and one of those it was sent to, as they stand. */
export interface Asked {
  boomerang: { state: "open" | "answered" | "expired" | "cancelled"; askedBySlackId: string | null };
  ask: {
    kind: "person" | "channel";
    slackId: string;
    answeredBy: { id: string; name: string } | null;
  };
  asker: string;
}

/** Somebody who answers; `member` is whether they belong to the workspace that was asked. */
export interface Answerer {
  slackUserId: string;
  face: Pick<SlackFace, "deleted" | "isBot" | "isGuest"> | null;
  member: boolean;
}

export type AnswerDecision = { kind: "take" } | { kind: "refuse"; why: string };

/** Who may answer, and when (spec section 7). A refusal is two polite sentences for whoever clicked. */
export function decideAnswer(asked: Asked, by: Answerer): AnswerDecision {
  const { boomerang, ask, asker } = asked;
  if (ask.answeredBy) {
    const who = ask.answeredBy.id === by.slackUserId ? "You have" : `${ask.answeredBy.name} has`;
    return refuse(`${who} answered this already. Nothing else is needed; thank you.`);
  }
  if (boomerang.state === "cancelled")
    return refuse(`${asker} no longer needs an answer. Thank you all the same.`);
  if (boomerang.state !== "open")
    return refuse(`The time for an answer is over. If there is something to tell, please write to ${asker}.`);
  if (ask.kind === "person") {
    return by.slackUserId === ask.slackId
      ? { kind: "take" }
      : refuse("This question is for somebody else. Only they can answer it.");
  }
  if (by.slackUserId === boomerang.askedBySlackId)
    return refuse("You asked this yourself. Somebody else in this channel has to answer.");
  if (!by.face || by.face.deleted || by.face.isBot || by.face.isGuest || !by.member)
    return refuse(
      `Only full members of this workspace can answer. Please write to ${asker} if you know something.`,
    );
  return { kind: "take" };
}

function refuse(why: string): AnswerDecision {
  return { kind: "refuse", why };
}
