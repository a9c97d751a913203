import type { MessageKindName } from "../db/tables/outgoing.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Message, Posting } from "../outbox/claim-line.ts";
import type { Deps, SealedToken } from "../outbox/deps.ts";
import type { PostRules } from "../outbox/next-attempt.ts";
import type { SlackFault } from "../slack/client/slack-fault.ts";
import type { SlackMessage } from "../slack/message.ts";

/** What a kind of message has of its own. The rest of a message's life is the same for all kinds. */
export interface MessageKind {
  draw(deps: Deps, message: Message): Promise<Drawing>;
  /** Whether it is edited once it is in Slack; otherwise its row ends there. */
  stays?: true;
  /** What follows when it can't be edited any more; `deleted`: because somebody has deleted it in Slack. */
  gone?(tx: Transaction, message: Message, why: { deleted: boolean }): Promise<void>;
  /** Writes down that a message was dropped, or given up. */
  dropped?(tx: Transaction, message: Message, fault: SlackFault): Promise<void>;
  rules: PostRules & {
    /** No drawing of it can be sent. Given up, the default, or tried again from time to time. */
    unsendable?: "seldom";
  };
}

export type MessageKinds = Record<MessageKindName, MessageKind>;

/** A message as it goes out now. */
export interface Drawing {
  /** Null: there is nothing to post any more. */
  message: SlackMessage | null;
  /** Where it goes, if not to the channel of its line. */
  channel?: string;
  threadTs?: string;
  /** The changes that it shows, in the count of its kind. */
  shown?: number;
  /** It is not edited again after this drawing. */
  last?: boolean;
  /** Writes down what the message in Slack, or one with nothing to post, means for its subject. */
  settled?: (tx: Transaction, posted: { ts: string | null; shown: number }) => Promise<void>;
  /** What follows in transactions of its own, once Slack has this drawing. It must bear being interrupted. */
  shownInSlack?: () => Promise<void>;
}

/** Where and how one kind of posting is settled. */
export interface Life<Job extends Posting> {
  job: Job;
  /** The sealed token of its installation, if it was read with the claim. */
  token?: SealedToken | undefined;
  draw(): Promise<Drawing | { instead: () => Promise<void> }>;
  beforePost?(drawing: Drawing): Promise<void>;
  posted(posted: Posted): Promise<void>;
  failed(fault: SlackFault): Promise<void>;
  /** Nothing was sent: it is posted later, without another attempt on record. */
  postponed(seconds: number): Promise<void>;
}

export interface Posted {
  drawing: Drawing;
  ts: string | null;
  /** Found after a lost answer: it may be out of date. */
  how: "posted" | "found" | "nothing";
}
