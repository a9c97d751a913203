import { z } from "zod";
import { type Option, option, optionGroup } from "../block-kit/schema/composition.ts";
import type { Element } from "../block-kit/schema/element.ts";
import { callApp } from "../callbacks/call-app.ts";
import { envelope } from "../callbacks/interaction-payload.ts";
import type { Reply } from "../callbacks/request.ts";
import type { WorkspaceContext } from "../simulator.ts";
import type { Entry } from "../traffic/traffic.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What a select shows for a typed search text. */
export type SearchResult = {
  /** Options without a group are in a group with an empty label. */
  groups: { label: string; options: Option[] }[];
  /** The text that is shown instead of options. */
  message: string | undefined;
  /** What was wrong with the app's answer, for its developer. */
  reason: string | undefined;
};

/** The default of `min_query_length`. */
const defaultMinLength = 3;

const maxOptions = 100;
const answer = z.union([
  z.object({ options: z.array(option).max(maxOptions) }),
  z.object({ option_groups: z.array(optionGroup).max(maxOptions) }),
]);

const noOptions = (message: string, reason?: string): SearchResult => ({ groups: [], message, reason });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads the app's answer. To the person, an invalid answer looks like none. */
function read(reply: Reply): SearchResult {
  if (!reply.ok) return noOptions("Result not found", reply.reason);
  const parsed = answer.safeParse(parseJson(reply.body));
  if (!parsed.success) return noOptions("Result not found", z.prettifyError(parsed.error));
  const groups =
    "options" in parsed.data
      ? [{ label: "", options: parsed.data.options }]
      : parsed.data.option_groups.map(({ label, options }) => ({ label: label.text, options }));
  if (groups.every(({ options }) => options.length === 0)) return noOptions("No results");
  return { groups, message: undefined, reason: undefined };
}

type Search = {
  installation: Installation;
  /** The `ts` of the message or the ID of the view that contains the select. */
  container: string;
  element: Element | undefined;
  blockId: string;
  actionId: string;
  value: string;
  /** The payload's fields about the message or the view. */
  about: Record<string, unknown>;
  entry?: Pick<Entry, "channel" | "ts">;
};

/** Requests options from the app for a search text in an external select. */
export async function suggest(context: WorkspaceContext, user: User, search: Search): Promise<SearchResult> {
  const { installation, container, element, blockId, actionId, value, about, entry } = search;
  const { workspace } = context;
  if (element?.type !== "external_select" && element?.type !== "multi_external_select")
    return noOptions("This control does not load options from an app");
  if (value.length < (element.min_query_length ?? defaultMinLength)) return noOptions("Keep typing");
  const payload = {
    type: "block_suggestion",
    ...envelope(workspace, installation, user),
    ...about,
    action_id: actionId,
    block_id: blockId,
    value,
  };
  const request = { kind: "options", what: "block_suggestion", payload, about: entry } as const;
  const found = read(await callApp(context, installation.app, request));
  const control = { container, blockId, actionId, user: user.id };
  rememberSuggestions(
    workspace,
    control,
    found.groups.flatMap(({ options }) => options),
  );
  return found;
}

/** A control in a message (by `ts`) or a view (by ID), and the person who searches in it. */
type SearchedControl = { container: string; blockId: string; actionId: string; user: string };

const key = ({ container, blockId, actionId, user }: SearchedControl) =>
  JSON.stringify([container, blockId, actionId, user]);

const maxRemembered = 1000;

/** Remembers the options that an app offered to a person: their client still knows them after another search. */
function rememberSuggestions(
  { suggestions }: Workspace,
  control: SearchedControl,
  options: readonly Option[],
): void {
  const known = suggestions.get(key(control)) ?? new Map();
  for (const option of options) known.set(option.value, option);
  suggestions.delete(key(control));
  suggestions.set(key(control), known);
  const [oldest] = suggestions.keys();
  if (suggestions.size > maxRemembered && oldest) suggestions.delete(oldest);
}

/** All options that a person was offered in a control. */
export const suggestionsOf = ({ suggestions }: Workspace, control: SearchedControl): Option[] => [
  ...(suggestions.get(key(control))?.values() ?? []),
];
