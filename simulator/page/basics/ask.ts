import type { InputOf, OutputOf, Verbs } from "../../control/serve.ts";

/** Asks the simulator that served this page. The words of a refusal are thrown. */
export async function ask<V extends keyof Verbs>(verb: V, input: InputOf<V>): Promise<OutputOf<V>> {
  const response = await fetch(`/_control/${verb}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
