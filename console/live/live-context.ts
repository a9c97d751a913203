import { createContext } from "react";

export interface LiveState {
  connected: boolean;
  /** Calls the listener with the id of every alert that changes; returns what ends it. */
  subscribe: (listener: (alertId: string) => void) => () => void;
}

export const LiveContext = createContext<LiveState>({ connected: true, subscribe: () => () => undefined });
