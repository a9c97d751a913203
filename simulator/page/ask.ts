import type { InputOf, OutputOf, Verbs } from "../control/serve.ts";
import { currentRoute } from "./route.ts";

/** The simulator refused a verb; `isNotFound` if something in the input does not exist. */
export class ControlError extends Error {
  readonly isNotFound: boolean;
  constructor(message: string, status: number) {
    super(message);
    this.isNotFound = status === 404;
  }
}

/** Calls a control verb in the open workspace. Throws `ControlError` if it is refused. */
export async function ask<V extends keyof Verbs>(verb: V, input: InputOf<V>): Promise<OutputOf<V>> {
  const response = await fetch(`/_control/${verb}?team=${encodeURIComponent(currentRoute().team)}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  const answer = await response.json();
  if (!response.ok) throw new ControlError(answer.error, response.status);
  return answer;
}
