import { useContext, useEffect, useEffectEvent } from "react";
import { LiveContext } from "./live-context.ts";

/** Changes that come within this time are told together: a storm must not become a storm of requests. */
const gatherMs = 250;

/** Calls `onChanged` with the ids of the alerts that changed, gathered for a moment. */
export function useLiveAlerts(onChanged: (ids: ReadonlySet<string>) => void): void {
  const { subscribe } = useContext(LiveContext);
  const tell = useEffectEvent(onChanged);
  useEffect(() => {
    let gathered = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      const ids = gathered;
      gathered = new Set();
      timer = undefined;
      tell(ids);
    };
    const stop = subscribe((id) => {
      gathered.add(id);
      timer ??= setTimeout(flush, gatherMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [subscribe]);
}
