import type { Picked } from "../../block-kit/controls.ts";
import type { Element } from "../../block-kit/schema/element.ts";
import type { Suggested } from "../../client/suggestions.ts";
import type { Names } from "../text/text.ts";

/** What controls need to know of the workspace around them. */
export type Surroundings = {
  /** The id of whoever looks. */
  me: string;
  names: Names;
  people: readonly { id: string; name: string; detail: string }[];
  channels: readonly { id: string; name: string; isPrivate: boolean }[];
};

/** Text is picked letter by letter while one types, and once more with Enter. */
export type How = "picked" | "typed" | "entered";

export type Holding = {
  /** Names the control on the page. */
  key: string;
  picked: Picked;
  pick: (picked: Picked, how?: How) => void;
  around: Surroundings;
  /** What the app offers for what one types. */
  suggest: (typed: string) => Promise<Suggested>;
};

export type Of<T extends Element["type"]> = Extract<Element, { type: T }>;
