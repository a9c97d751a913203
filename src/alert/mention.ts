import type { Severity } from "./severity.ts";

/** Whom a new card calls: everybody active in the channel, or a user group, whose name is for people to read. */
export type Mention = { kind: "here" } | { kind: "group"; id: string; name: string };

/** By severity; nobody is called where nothing stands. */
export type Mentions = { [S in Severity]?: Mention | undefined };
