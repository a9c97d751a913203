/** Which kind of answer a question asks for. */
export const answerFormats = ["yes_no", "yes_no_reason", "text"] as const;
export type AnswerFormat = (typeof answerFormats)[number];

/** How long a question stays open. */
export const openDurations = ["1h", "4h", "24h", "3d"] as const;
export type OpenDuration = (typeof openDurations)[number];

export const durationHours: Record<OpenDuration, number> = { "1h": 1, "4h": 4, "24h": 24, "3d": 72 };

/** A choice, with a reason if the question asks for one, or free text. */
export type Answer = { kind: "yes" | "no"; reason: string | null } | { kind: "text"; text: string };

/** For how long repeats can be suppressed after a Yes. */
export const suppressDurations = ["1h", "4h", "24h"] as const satisfies readonly OpenDuration[];
export type SuppressDuration = (typeof suppressDurations)[number];

export const maxQuestionLength = 1000;
export const maxAnswerLength = 1000;
export const maxRecipients = 5;

export const yesLabel = "Yes, this was me";
export const noLabel = "No, this wasn't me";

/** An answer as text for people. */
export function answerText(answer: Answer): string {
  if (answer.kind === "text") return answer.text;
  const choice = answer.kind === "yes" ? yesLabel : noLabel;
  return answer.reason ? `${choice}: ${answer.reason}` : choice;
}
