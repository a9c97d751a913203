import { z } from "zod";
import { clickerShape, parseJson, readClicker } from "./origin.ts";
import { chosenMessage } from "./read-message.ts";
import type { SlackRequest } from "./slack-request.ts";

const id = z.string().min(1);
const memory = z.string().default("").transform(parseJson);
const view = z.object({
  id,
  type: z.string().nullish(),
  hash: id.nullish(),
  callback_id: z.string().default(""),
  private_metadata: memory,
  app_installed_team_id: id.nullish(),
});

const clicked = z
  .object({
    action_id: z.string(),
    block_id: z.string().default(""),
    value: z.string().nullish(),
    selected_user: z.string().nullish(),
    selected_option: z.object({ value: z.string() }).nullish(),
  })
  .transform((action) => ({
    id: action.action_id,
    blockId: action.block_id,
    value: action.value ?? action.selected_option?.value ?? action.selected_user ?? null,
  }));

const blockActions = clickerShape
  .extend({
    type: z.literal("block_actions"),
    trigger_id: id,
    response_url: z.string().nullish(),
    container: z
      .object({ channel_id: id.nullish(), message_ts: id.nullish(), is_ephemeral: z.boolean().nullish() })
      .nullish(),
    channel: z.object({ id }).nullish(),
    message: z.object({ ts: id }).nullish(),
    view: view.nullish(),
    // Slack's clients send one action at a time.
    actions: z.tuple([clicked], z.unknown()),
  })
  .transform((payload) => ({
    ...readClicker(payload),
    type: payload.type,
    dedupeId: payload.trigger_id,
    triggerId: payload.trigger_id,
    responseUrl: payload.response_url ?? null,
    channelId: payload.channel?.id ?? payload.container?.channel_id ?? null,
    messageTs: payload.message?.ts ?? payload.container?.message_ts ?? null,
    ephemeral: payload.container?.is_ephemeral ?? false,
    view: payload.view
      ? {
          id: payload.view.id,
          hash: payload.view.hash ?? null,
          memory: payload.view.private_metadata,
          isHome: payload.view.type === "home",
        }
      : null,
    action: payload.actions[0],
  }));

const element = z.looseObject({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
});
const values = z
  .record(z.string(), z.record(z.string(), element))
  .transform((blocks) => mapValues(blocks, (elements) => mapValues(elements, inputValue)));

const viewSubmission = clickerShape
  .extend({
    type: z.literal("view_submission"),
    trigger_id: id,
    view: view.extend({ state: z.object({ values: values.default({}) }).default({ values: {} }) }),
  })
  .transform((payload) => ({
    ...readClicker(payload),
    type: payload.type,
    // Each press has its own trigger. The hash changes with each update of the view.
    dedupeId: payload.view.hash ? `${payload.view.id}:${payload.view.hash}` : payload.trigger_id,
    triggerId: payload.trigger_id,
    viewId: payload.view.id,
    callbackId: payload.view.callback_id,
    memory: payload.view.private_metadata,
    values: payload.view.state.values,
  }));

const viewClosed = clickerShape.extend({ type: z.literal("view_closed"), view }).transform((payload) => ({
  ...readClicker(payload),
  type: payload.type,
  dedupeId: `closed:${payload.view.id}`,
  viewId: payload.view.id,
  callbackId: payload.view.callback_id,
  memory: payload.view.private_metadata,
}));

const messageAction = clickerShape
  .extend({
    type: z.literal("message_action"),
    trigger_id: id,
    callback_id: z.string(),
    response_url: z.string().nullish(),
    channel: z.object({ id }),
    message: chosenMessage,
  })
  .transform((payload) => ({
    ...readClicker(payload),
    type: payload.type,
    dedupeId: payload.trigger_id,
    triggerId: payload.trigger_id,
    callbackId: payload.callback_id,
    responseUrl: payload.response_url ?? null,
    channelId: payload.channel.id,
    messageTs: payload.message.ts,
    message: payload.message,
  }));

const blockSuggestion = clickerShape
  .extend({ type: z.literal("block_suggestion"), action_id: id, block_id: id, value: z.string() })
  .transform((payload) => ({
    ...readClicker(payload),
    type: payload.type,
    actionId: payload.action_id,
    blockId: payload.block_id,
    query: payload.value,
  }));

const shapes = {
  block_actions: blockActions,
  view_submission: viewSubmission,
  view_closed: viewClosed,
  message_action: messageAction,
  block_suggestion: blockSuggestion,
};
const typeShape = z.object({ type: z.string() });

/** Reads a click, dialog or shortcut, from the form field `payload` or from a socket. */
export function readInteraction(payload: unknown): SlackRequest {
  const name = typeShape.safeParse(payload);
  if (!name.success) return { type: "malformed", why: "a payload without a type" };
  const { type } = name.data;
  if (!isKnown(type)) return { type: "unknown", name: type };
  const read = shapes[type].safeParse(payload);
  return read.success ? read.data : { type: "malformed", why: `${type}: ${z.prettifyError(read.error)}` };
}

function isKnown(type: string): type is keyof typeof shapes {
  return Object.hasOwn(shapes, type);
}

function inputValue(of: z.output<typeof element>): string | null {
  const options = of.selected_options?.map(({ value }) => value);
  const several = (of.selected_users ?? options)?.join(" ") || null;
  return of.value ?? of.selected_option?.value ?? several ?? of.selected_conversation ?? null;
}

function mapValues<From, To>(record: Record<string, From>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
