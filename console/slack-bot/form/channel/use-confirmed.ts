import { useState } from "react";
import type { SlackChecked } from "../../../../src/http/contract/slack-check.ts";

/** Whether the channel was confirmed that was found last, for what it is; another one takes a tick of its own. */
export function useConfirmed(checked: SlackChecked) {
  const place = `${checked.channel?.id} ${checked.fields.channel?.code}`;
  const [confirmed, setConfirmed] = useState<string>();
  return {
    checked,
    confirmed: confirmed === place,
    onConfirm: (yes: boolean) => setConfirmed(yes ? place : undefined),
  };
}
