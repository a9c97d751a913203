import type { Answer } from "./boomerang.ts";

export const yesWords = "Yes, this was me";
export const noWords = "No, this wasn't me";

/** An answer in one line, as everybody reads it. */
export function answerWords(answer: Answer): string {
  if (answer.kind === "text") return answer.text;
  const choice = answer.kind === "yes" ? yesWords : noWords;
  return answer.reason ? `${choice}: ${answer.reason}` : choice;
}
