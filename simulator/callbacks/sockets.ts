import type { WebSocket } from "ws";
import type { Outcome } from "./request.ts";

/** One open connection of an app in Socket Mode. */
export type Connection = {
  appId: string;
  socket: WebSocket;
  /** Who waits for the acknowledgement of an envelope, by its id. */
  waiting: Map<string, (outcome: Outcome) => void>;
};

/** The open connections of all apps, and the tickets with which more may be opened. */
export type Sockets = {
  connections: Set<Connection>;
  /** Ids of apps, by ticket. A ticket opens one connection. */
  tickets: Map<string, string>;
};

export const makeSockets = (): Sockets => ({ connections: new Set(), tickets: new Map() });

export const connectionsOf = ({ connections }: Sockets, appId: string): Connection[] =>
  [...connections].filter((connection) => connection.appId === appId);
