import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** An event as apps receive it. */
export type SlackEvent = { type: string; [key: string]: unknown };

/** An event, or a function that builds it per installation; undefined sends nothing to that installation. */
export type EventOrBuilder = SlackEvent | ((bot: Installation) => SlackEvent | undefined);

/** The installation that calls a method, and the workspace that the call is about. */
export type Caller = {
  workspace: Workspace;
  bot: Installation;
  /** Where the simulator listens, for example `http://127.0.0.1:4001`. */
  origin: string;
  /** Sends an event to the subscribed apps; with a channel, only to those in it. */
  emit: (event: EventOrBuilder, channel?: Channel) => void;
};

/** What a message of a bot needs: the workspace, the bot and a way to send events. */
export type Writer = Pick<Caller, "workspace" | "bot" | "emit">;

/** A bot and the workspace that it acts in. */
export type BotContext = Pick<Caller, "workspace" | "bot">;
