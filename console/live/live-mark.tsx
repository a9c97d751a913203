import { Text } from "@mantine/core";
import { useContext } from "react";
import { LiveContext } from "./live-context.ts";

/** Says when what is shown may be old; silent while all is well. */
export function LiveMark() {
  const { connected } = useContext(LiveContext);
  return (
    <Text size="sm" role="status" style={{ color: "var(--warn)" }} className="waiting">
      {connected ? "" : "Live updates paused, connecting…"}
    </Text>
  );
}
