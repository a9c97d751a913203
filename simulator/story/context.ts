import type { InputOf, OutputOf, Verbs } from "../control/serve.ts";
import type { User } from "../workspace/user.ts";
import type { NameOf } from "./visible-text.ts";

/** What every sentence of a story needs: whom to ask, who there is, and what was expected so far. */
export type Context = {
  ask: Ask;
  people: readonly User[];
  name: NameOf;
  followed: Followed;
  /** Messages that some sentence expected, by channel and time. */
  expected: Set<string>;
};

/** An app whose process the story can look into: the app itself knows when it has finished. */
export interface AppUnderTest {
  /** Resolves when what the app is doing now has been written down. */
  settled: () => Promise<void>;
  /** Resolves when the app has nothing left to do. */
  idle: () => Promise<void>;
}

/** Shared by all workspaces of a story. */
export type Followed = { app: AppUnderTest | null };

export const expectedKey = ({ channel, ts }: { channel: string; ts: string }) => `${channel}/${ts}`;

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

/** What the simulator refused to do, with its words and the status of its answer. */
export class Refused extends Error {
  readonly status: number;

  constructor(words: string, status: number) {
    super(words);
    this.status = status;
  }
}
