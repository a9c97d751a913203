import type { ControlValue } from "../../block-kit/controls.ts";
import type { Element } from "../../block-kit/schema/element.ts";
import type { SearchResult } from "../../client/suggestions.ts";
import type { Names } from "../text/text.ts";

/** What controls need to know about the workspace. */
export type WorkspaceInfo = {
  /** The ID of the acting person. */
  me: string;
  names: Names;
  people: readonly { id: string; name: string; detail: string }[];
  channels: readonly { id: string; name: string; isPrivate: boolean }[];
};

/** How a value changed: chosen at once, typed letter by letter, or confirmed with Enter. */
export type InputPhase = "picked" | "typed" | "entered";

export type ControlProps = {
  /** Identifies the control on the page. */
  key: string;
  picked: ControlValue;
  pick: (picked: ControlValue, phase?: InputPhase) => void;
  workspace: WorkspaceInfo;
  /** Requests the app's options for a search text. */
  suggest: (typed: string) => Promise<SearchResult>;
};

export type ElementOf<T extends Element["type"]> = Extract<Element, { type: T }>;
