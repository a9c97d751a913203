import type { InputOf, OutputOf, Verbs } from "../control/serve.ts";
import type { User } from "../workspace/user.ts";
import { type NameOf, visibleText } from "./visible-text.ts";

/** What all objects of a story share. */
export type Context = {
  ask: Ask;
  people: readonly User[];
  name: NameOf;
  watched: WatchedApp;
  /** The keys of messages that the story has expected so far; see `expectedKey`. */
  expected: Set<string>;
};

/** An app in the process of the story, which knows by itself when it has finished. */
export interface AppUnderTest {
  /** Resolves when the work that is in flight now has ended. */
  settled: () => Promise<void>;
  /** Resolves when the app has nothing left to do. */
  idle: () => Promise<void>;
}

/** The app that expectations wait for. All workspaces of a story share it. */
export type WatchedApp = { app: AppUnderTest | null };

export const expectedKey = ({ channel, ts }: { channel: string; ts: string }) => `${channel}/${ts}`;

/** Calls a control verb of a running simulator. */
export type Ask = <V extends keyof Verbs>(verb: V, input: InputOf<V>) => Promise<OutputOf<V>>;

/** A client for the control verbs of the simulator at `origin`, by default in its first workspace. */
export const askAt =
  (origin: string, team = ""): Ask =>
  async (verb, input) => {
    const response = await fetch(`${origin}/_control/${verb}?team=${team}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    if (!response.ok)
      throw new ControlError(`The verb ${verb} failed: ${await response.text()}`, response.status);
    return response.json();
  };

/** The simulator refused a verb; `status` is the HTTP status of its answer. */
export class ControlError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** What only this person sees: ephemeral messages in channels, and notices of Slack. */
export async function readPrivate({ ask }: Pick<Context, "ask">, as: string) {
  const [{ notices }, messages] = await Promise.all([ask("overview", { as }), ask("whispers", { as })]);
  return { notices, messages };
}

/** The texts of both, a line each, for the message of a failed story. */
export async function privateTexts(context: Pick<Context, "ask" | "name">, as: string): Promise<string> {
  const { notices, messages } = await readPrivate(context, as);
  const texts = [
    ...messages.map((message) => visibleText(message, context.name)),
    ...notices.map(({ text }) => text),
  ];
  return texts.join("\n") || "none";
}
