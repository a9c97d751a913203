import { Checkbox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SlackChecked } from "../../../../src/connect/contract.ts";
import { setupApi } from "../../../api/setup.ts";
import css from "../../slack-bot/wizard.module.css";

/** While somebody types, nothing is asked. */
const restMs = 600;
/** Where Slack couldn't be asked, it is asked again by itself. */
const againMs = 5000;

/** Asks Slack about what was typed so far. Secrets stay in the page's memory only as long as they are shown. */
export function useCheck(values: object): { checked: SlackChecked; pending: boolean } {
  const typed = JSON.stringify(values);
  const [settled] = useDebouncedValue(typed, restMs);
  const query = useQuery({
    queryKey: ["slack-check", settled],
    queryFn: () => setupApi.checkSlackApp(JSON.parse(settled)),
    placeholderData: keepPreviousData,
    gcTime: 0,
    refetchInterval: ({ state }) => (isUnsaid(state.data) ? againMs : false),
  });
  const pending = settled !== typed || query.isPlaceholderData || query.isLoading;
  return { checked: (settled === typed && query.data) || nothingSaid, pending };
}

const nothingSaid: SlackChecked = { fields: {}, channel: null };

function isUnsaid(checked: SlackChecked | undefined): boolean {
  return Object.values(checked?.fields ?? {}).some(({ state }) => state === "unknown");
}

type Verdict = NonNullable<SlackChecked["fields"]["channel"]>;

const tones = {
  ok: "good",
  confirm: "warn",
  warning: "warn",
  wrong: "bad",
  unknown: "warn",
} as const satisfies Record<Verdict["state"], string>;

/** What Slack says of a value, while the form is still being filled in. */
export function Verdict({ verdict }: { verdict: Verdict | undefined }) {
  if (!verdict) return null;
  return (
    <p className={css.verdict} data-tone={tones[verdict.state]} role="status">
      {verdict.sentence} {verdict.remedy}
    </p>
  );
}

interface Props {
  checked: SlackChecked;
  confirmed: boolean;
  onConfirm: (confirmed: boolean) => void;
}

/** Alerts that many may read go there only when somebody says so. */
export function ConfirmChannel({ checked: { channel, fields }, confirmed, onConfirm }: Props) {
  if (!channel || fields.channel?.state !== "confirm") return null;
  const readers = channel.sharedOutside
    ? "people of another organisation can read them"
    : "everybody in the workspace can read them";
  return (
    <div className={css.note} data-tone="warn">
      <Checkbox
        label={`Alerts may go to #${channel.name}, where ${readers}`}
        required
        checked={confirmed}
        onChange={(event) => onConfirm(event.currentTarget.checked)}
      />
    </div>
  );
}

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
