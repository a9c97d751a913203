import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** An event as apps are told of it. */
export type Happening = { type: string; [key: string]: unknown };

/** The same where it depends on who listens; nothing for who is not meant. */
export type Telling = Happening | ((bot: Installation) => Happening | undefined);

/** Who calls a method, and the workspace that the call is about. */
export type Caller = {
  workspace: Workspace;
  bot: Installation;
  /** Tells apps of what the call did; with a channel, those that are in it. */
  emit: (event: Telling, channel?: Channel) => void;
};

/** What reading needs of a caller. */
export type Seen = Pick<Caller, "workspace" | "bot">;
