import type { AnswerWay } from "../../alert/boomerang.ts";

/** A question as those it is sent to see it; they see nothing else of the alert. */
export interface QuestionView {
  /** Which of those it was sent to this is; in a preview, nobody yet. */
  askId: string | "preview";
  kind: "person" | "channel";
  /** Who asks. */
  asker: string;
  question: string;
  answers: AnswerWay;
  until: Date;
  timezone: string;
  now: Date;
  note?: string;
}
