import type { InputOf, OutputOf, Verbs } from "../control/serve.ts";
import { Refused } from "./refused.ts";

/** Asks a running simulator one thing. */
export type Ask = <V extends keyof Verbs>(verb: V, input: InputOf<V>) => Promise<OutputOf<V>>;

/** How to ask the simulator at an address, in its first workspace unless told, as `http://127.0.0.1:4001`. Throws `Refused` with its words when it can't. */
export const askAt =
  (origin: string, team = ""): Ask =>
  async (verb, input) => {
    const response = await fetch(`${origin}/_control/${verb}?team=${team}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    if (!response.ok)
      throw new Refused(`The simulator can't ${verb}: ${await response.text()}`, response.status);
    return response.json();
  };
