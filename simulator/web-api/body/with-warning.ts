import type { Answer } from "../answer.ts";
import type { BodyWarning } from "../gateway/read-body.ts";

/** An answer with what Slack remarks about the body, beside what the method remarked itself. */
export function withWarning(answer: Answer, warning: BodyWarning | undefined): Answer {
  if (!warning) return answer;
  const told = Object(answer.response_metadata);
  return {
    ...answer,
    warning: [...("warning" in answer ? [answer.warning] : []), warning].join(","),
    response_metadata: { ...told, warnings: [...(told.warnings ?? []), warning] },
  };
}
