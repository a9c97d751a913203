const nearly = 80;

/** Keeps a list at its end as it grows or its room shrinks, unless somebody has scrolled up. */
export function stayAtEnd(list: HTMLElement): { drawn: (how: { fromStart: boolean }) => void } {
  let isAtEnd = true;
  const toEnd = () => {
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  };
  list.addEventListener("scroll", () => {
    isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < nearly;
  });
  new ResizeObserver(toEnd).observe(list);
  return {
    drawn({ fromStart }) {
      if (fromStart) isAtEnd = true;
      toEnd();
    },
  };
}
