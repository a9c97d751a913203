/** How a question may be answered. */
export const answerWays = ["yes_no", "yes_no_reason", "text"] as const;
export type AnswerWay = (typeof answerWays)[number];

/** How long a question stays open. */
export const openFors = ["1h", "4h", "24h", "3d"] as const;
export type OpenFor = (typeof openFors)[number];

export const hoursOf: Record<OpenFor, number> = { "1h": 1, "4h": 4, "24h": 24, "3d": 72 };

/** What somebody answered: a choice, with a reason where one was asked for, or their own words. */
export type Answer = { kind: "yes" | "no"; reason: string | null } | { kind: "text"; text: string };

/** For how long repeats may be suppressed after somebody's Yes. */
export const suppressFors = ["1h", "4h", "24h"] as const satisfies readonly OpenFor[];
export type SuppressFor = (typeof suppressFors)[number];

export const longestQuestion = 1000;
export const longestAnswer = 1000;
export const mostRecipients = 5;

export const yesWords = "Yes, this was me";
export const noWords = "No, this wasn't me";

/** An answer in one line, as everybody reads it. */
export function answerWords(answer: Answer): string {
  if (answer.kind === "text") return answer.text;
  const choice = answer.kind === "yes" ? yesWords : noWords;
  return answer.reason ? `${choice}: ${answer.reason}` : choice;
}
