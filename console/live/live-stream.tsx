import { type Query, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useEffect, useState } from "react";
import type { LiveEvent } from "../../src/http/live-route.ts";
import { openLive } from "../api/open-live.ts";
import { usePermission } from "../session/use-session.ts";

/** One stream for the whole Console. Refetches changed settings; components that show alerts subscribe to those. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [live] = useState(createPublisher);
  const [connected, setConnected] = useState(true);
  const [current, setCurrent] = useState(false);
  const canView = usePermission("View Alerts");
  useEffect(() => {
    // Without the permission there is no stream, and nothing to wait for.
    if (!canView) return setCurrent(true);
    return openLive({
      onEvent(event: LiveEvent) {
        if (event.event === "alert") live.publish(event.data.id);
        else void queries.invalidateQueries({ queryKey: [event.data.what] });
        // The session holds `commentRequired` and the permissions of the user's role.
        if (event.event === "settings" && (event.data.what === "settings" || event.data.what === "users"))
          void queries.invalidateQueries({ queryKey: ["session"] });
      },
      onConnected(now) {
        setConnected(now);
        setCurrent(false);
        // Catch up on changes from before the stream opened or while it was lost.
        if (now) void queries.invalidateQueries({ predicate: isLive }).then(() => setCurrent(true));
        // The stream may have ended because the session or a permission was lost.
        else void queries.invalidateQueries({ queryKey: ["session"] });
      },
    });
  }, [queries, live, canView]);
  return <LiveContext value={{ connected, current, subscribe: live.subscribe }}>{children}</LiveContext>;
}

function createPublisher() {
  const listeners = new Set<(alertId: string) => void>();
  const subscribe: LiveState["subscribe"] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { subscribe, publish: (alertId: string) => listeners.forEach((listener) => void listener(alertId)) };
}

function isLive({ queryKey: [subject] }: Query): boolean {
  return subject === "alerts" || subject === "alert" || subject === "alert-parts" || subject === "faults";
}

interface LiveState {
  connected: boolean;
  /** The stream is open, and what was loaded before it opened has been loaded again. */
  current: boolean;
  /** Calls the listener with the id of every changed alert; returns the unsubscribe function. */
  subscribe: (listener: (alertId: string) => void) => () => void;
}

export const LiveContext = createContext<LiveState>({
  connected: true,
  current: false,
  subscribe: () => () => undefined,
});
