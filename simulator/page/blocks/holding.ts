import type { Picked } from "../../block-kit/picked.ts";
import type { Element } from "../../block-kit/shapes/element.ts";
import type { Names } from "../text/text.ts";

/** What controls need to know of the workspace around them. */
export type Surroundings = {
  names: Names;
  people: readonly { id: string; name: string; detail: string }[];
  channels: readonly { id: string; name: string }[];
};

export type Holding = { picked: Picked; pick: (picked: Picked) => void; around: Surroundings };

export type Of<T extends Element["type"]> = Extract<Element, { type: T }>;
