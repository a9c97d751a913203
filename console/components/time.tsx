import { Tooltip } from "@mantine/core";
import { relativeTime } from "../parts/time/relative-time.ts";
import { useNow } from "../parts/time/use-now.ts";

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

/** A moment as people speak of it, with the exact one on hover. `short` is for columns: "5 min". */
export function Time({ at, length = "long" }: { at: string; length?: "long" | "short" }) {
  const now = useNow();
  const moment = new Date(at);
  return (
    <Tooltip label={exact.format(moment)}>
      <time dateTime={at}>{relativeTime(moment, now)[length]}</time>
    </Tooltip>
  );
}
