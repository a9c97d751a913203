import { type RefObject, useEffect, useRef } from "react";

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
