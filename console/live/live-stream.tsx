import { type Query, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useEffect, useState } from "react";
import type { LiveEvent } from "../../src/http/live-route.ts";
import { openLive } from "../api/open-live.ts";

/** One stream for the whole Console. Settings are read again at once; alerts are left to who shows them. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [live] = useState(makeLive);
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    return openLive({
      onEvent(event: LiveEvent) {
        if (event.event === "alert") live.tell(event.data.id);
        else void queries.invalidateQueries({ queryKey: [event.data.what] });
        // The session says whether a comment is required.
        if (event.event === "settings" && event.data.what === "settings")
          void queries.invalidateQueries({ queryKey: ["session"] });
      },
      onConnected(now) {
        setConnected(now);
        // What came between reading a list and the stream's opening, or while it was lost, is read now.
        if (now) void queries.invalidateQueries({ predicate: toldLive });
        // A right may have been lost with the stream.
        else void queries.invalidateQueries({ queryKey: ["session"] });
      },
    });
  }, [queries, live]);
  return <LiveContext value={{ connected, subscribe: live.subscribe }}>{children}</LiveContext>;
}

function makeLive() {
  const listeners = new Set<(alertId: string) => void>();
  const subscribe: LiveState["subscribe"] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { subscribe, tell: (alertId: string) => listeners.forEach((listener) => void listener(alertId)) };
}

function toldLive({ queryKey: [subject] }: Query): boolean {
  return subject === "alerts" || subject === "alert" || subject === "of-alert" || subject === "faults";
}

interface LiveState {
  connected: boolean;
  /** Calls the listener with the id of every alert that changes; returns what ends it. */
  subscribe: (listener: (alertId: string) => void) => () => void;
}

export const LiveContext = createContext<LiveState>({ connected: true, subscribe: () => () => undefined });
