import type { InputOf, OutputOf, Verbs } from "../control/serve.ts";
import { here } from "./place.ts";

/** What the simulator refused to do, and whether it was for want of something that isn't there. */
export class Refused extends Error {
  readonly isNotThere: boolean;
  constructor(words: string, status: number) {
    super(words);
    this.isNotThere = status === 404;
  }
}

/** Asks the simulator that served this page, in the workspace that is open. The words of a refusal are thrown. */
export async function ask<V extends keyof Verbs>(verb: V, input: InputOf<V>): Promise<OutputOf<V>> {
  const response = await fetch(`/_control/${verb}?team=${encodeURIComponent(here().team)}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.error, response.status);
  return answer;
}
