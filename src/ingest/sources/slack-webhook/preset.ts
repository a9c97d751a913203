import type { MessageView } from "./message-view.ts";

/** How a well-known tool writes its messages. */
export interface Preset {
  /** The tool's name. It keeps its identities apart from those of other tools. */
  tool: string;
  /** Lines that all messages of the tool share. They say nothing, so they are not shown. */
  shared?: RegExp;
  /** Null if the message is not the tool's, or is none about a problem. */
  read: (message: MessageView) => Reading | null;
}

export interface Reading {
  title: string;
  /**
   * What a problem and its recovery share. Several: it is the end of each of these. Without one, it is what a reader
   * sees, without times and counters.
   */
  identity?: string | string[];
  /** The tool's own word; it beats the colour. */
  severity?: string | null;
  /** The message says that the problem is over. */
  over?: boolean;
  /** The rule, where the tool names it. */
  detection?: { id: string; name?: string } | null;
}
