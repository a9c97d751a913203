import { type RefObject, useContext, useEffect, useEffectEvent, useRef } from "react";
import { LiveContext } from "./live-stream.tsx";

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

const glowMs = 2500;

/** Lets an element glow for a moment when `state` changes, not when it first appears. */
export function useGlow(element: RefObject<HTMLElement | null>, state: string): void {
  const last = useRef(state);
  useEffect(() => {
    if (last.current === state) return;
    last.current = state;
    element.current?.animate([{ backgroundColor: "var(--glow)" }, {}], {
      duration: glowMs,
      easing: "ease-out",
    });
  }, [element, state]);
}
