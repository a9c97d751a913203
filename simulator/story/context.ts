import type { User } from "../workspace/user.ts";
import type { Ask } from "./ask.ts";
import type { NameOf } from "./visible-text.ts";

/** What every sentence of a story needs: whom to ask, who there is, and what was expected so far. */
export type Context = {
  ask: Ask;
  people: readonly User[];
  name: NameOf;
  /** Messages that some sentence expected, by channel and time. */
  expected: Set<string>;
};

export const expectedKey = ({ channel, ts }: { channel: string; ts: string }) => `${channel}/${ts}`;
