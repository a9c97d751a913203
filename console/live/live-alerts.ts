import { type RefObject, useContext, useEffect, useEffectEvent, useRef } from "react";
import { LiveContext } from "./live-stream.tsx";

/** Changes within this time are reported together, so that a storm of alerts causes few requests. */
const batchMs = 250;

/** Calls `onChanged` with the ids of changed alerts, in batches. */
export function useLiveAlerts(onChanged: (ids: ReadonlySet<string>) => void): void {
  const { subscribe } = useContext(LiveContext);
  const report = useEffectEvent(onChanged);
  useEffect(() => {
    let pending = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      const ids = pending;
      pending = new Set();
      timer = undefined;
      report(ids);
    };
    const unsubscribe = subscribe((id) => {
      pending.add(id);
      timer ??= setTimeout(flush, batchMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [subscribe]);
}

const highlightMs = 2500;

/** Highlights an element for a moment when `state` changes, but not on first render. */
export function useChangeHighlight(element: RefObject<HTMLElement | null>, state: string): void {
  const last = useRef(state);
  useEffect(() => {
    if (last.current === state) return;
    last.current = state;
    element.current?.animate([{ backgroundColor: "var(--highlight)" }, {}], {
      duration: highlightMs,
      easing: "ease-out",
    });
  }, [element, state]);
}
