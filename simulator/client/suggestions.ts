import { z } from "zod";
import { type Option, option, optionGroup } from "../block-kit/schema/composition.ts";
import type { Element } from "../block-kit/schema/element.ts";
import { callApp } from "../callbacks/call-app.ts";
import { envelope } from "../callbacks/interaction-payload.ts";
import type { Reply } from "../callbacks/request.ts";
import type { Scene } from "../simulator.ts";
import type { Entry } from "../traffic/traffic.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What a select shows below the words that a person typed into it. */
export type Suggested = {
  /** Options without a group stand in one whose label is empty. */
  groups: { label: string; options: Option[] }[];
  /** What stands there instead of options. */
  says: string | undefined;
  /** What was wrong with the app's answer, for whoever made the app. */
  why: string | undefined;
};

/** Slack asks the app from three letters on, unless the select says otherwise. */
const asksFrom = 3;

const mostOffered = 100;
const answer = z.union([
  z.object({ options: z.array(option).max(mostOffered) }),
  z.object({ option_groups: z.array(optionGroup).max(mostOffered) }),
]);

const nothing = (says: string, why?: string): Suggested => ({ groups: [], says, why });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** For the person an answer that can't be used is none at all. */
function read(reply: Reply): Suggested {
  if (!reply.ok) return nothing("Result not found", reply.reason);
  const parsed = answer.safeParse(parseJson(reply.body));
  if (!parsed.success) return nothing("Result not found", z.prettifyError(parsed.error));
  const groups =
    "options" in parsed.data
      ? [{ label: "", options: parsed.data.options }]
      : parsed.data.option_groups.map(({ label, options }) => ({ label: label.text, options }));
  if (groups.every(({ options }) => options.length === 0)) return nothing("No results");
  return { groups, says: undefined, why: undefined };
}

type Search = {
  installation: Installation;
  /** The time of the message, or the id of the view, that holds the select. */
  holder: string;
  element: Element | undefined;
  blockId: string;
  actionId: string;
  value: string;
  /** What the payload says of the message or the view. */
  about: Record<string, unknown>;
  entry?: Pick<Entry, "channel" | "ts">;
};

/** A person types into a select whose options the app knows: the app is asked, and answers within three seconds. */
export async function suggest(scene: Scene, user: User, search: Search): Promise<Suggested> {
  const { installation, holder, element, blockId, actionId, value, about, entry } = search;
  const { workspace } = scene;
  if (element?.type !== "external_select" && element?.type !== "multi_external_select")
    return nothing("This control asks no app for its options");
  if (value.length < (element.min_query_length ?? asksFrom)) return nothing("Keep typing");
  const payload = {
    type: "block_suggestion",
    ...envelope(workspace, installation, user),
    ...about,
    action_id: actionId,
    block_id: blockId,
    value,
  };
  const request = { kind: "options", what: "block_suggestion", payload, about: entry } as const;
  const found = read(await callApp(scene, installation.app, request));
  const place = { holder, blockId, actionId, user: user.id };
  rememberSuggestions(
    workspace,
    place,
    found.groups.flatMap(({ options }) => options),
  );
  return found;
}

/** A control in a message (by its time) or a view (by its id), and who searches in it. */
type SearchPlace = { holder: string; blockId: string; actionId: string; user: string };

const key = ({ holder, blockId, actionId, user }: SearchPlace) =>
  JSON.stringify([holder, blockId, actionId, user]);

const mostRemembered = 1000;

/** Keeps what an app offered to a person: their client knows an option they once saw, also after the next search. */
function rememberSuggestions(
  { suggestions }: Workspace,
  place: SearchPlace,
  options: readonly Option[],
): void {
  const known = suggestions.get(key(place)) ?? new Map();
  for (const option of options) known.set(option.value, option);
  suggestions.delete(key(place));
  suggestions.set(key(place), known);
  const [oldest] = suggestions.keys();
  if (suggestions.size > mostRemembered && oldest) suggestions.delete(oldest);
}

/** Every option that a person was offered in a control. */
export const suggestionsOf = ({ suggestions }: Workspace, place: SearchPlace): Option[] => [
  ...(suggestions.get(key(place))?.values() ?? []),
];
