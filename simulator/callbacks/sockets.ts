import type { WebSocket } from "ws";
import type { Outcome } from "./request.ts";

/** An open connection of an app in Socket Mode. */
export type Connection = {
  appId: string;
  socket: WebSocket;
  /** Resolvers for pending acknowledgements, by envelope ID. */
  waiting: Map<string, (outcome: Outcome) => void>;
};

/** Slack's reason for ending a connection, or `cut` for a connection loss without notice. */
export type DisconnectReason =
  | "link_disabled"
  | "refresh_requested"
  | "warning"
  | "too_many_websockets"
  | "cut";

/** The open connections of all apps, and the tickets for new ones. */
export type Sockets = {
  connections: Set<Connection>;
  /** App IDs by ticket. A ticket opens one connection. */
  tickets: Map<string, string>;
  /** Ends each new connection at once, after its hello. */
  endNew: DisconnectReason | null;
};

export const makeSockets = (): Sockets => ({ connections: new Set(), tickets: new Map(), endNew: null });

export const connectionsOf = ({ connections }: Sockets, appId: string): Connection[] =>
  [...connections].filter((connection) => connection.appId === appId);
