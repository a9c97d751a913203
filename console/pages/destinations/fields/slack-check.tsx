import { Checkbox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SlackChecked } from "../../../../src/connect/contract.ts";
import { setupApi } from "../../../api/setup.ts";
import css from "../../slack-bot/wizard.module.css";

/** How long typing must pause before Slack is asked. */
const debounceMs = 600;
/** How soon to check again after Slack couldn't be reached. */
const retryMs = 5000;

/** Checks typed values with Slack. The result isn't kept (`gcTime: 0`), since its query key holds secrets. */
export function useSlackCheck(values: object): { checked: SlackChecked; pending: boolean } {
  const typed = JSON.stringify(values);
  const [settled] = useDebouncedValue(typed, debounceMs);
  const query = useQuery({
    queryKey: ["slack-check", settled],
    queryFn: () => setupApi.checkSlackApp(JSON.parse(settled)),
    placeholderData: keepPreviousData,
    gcTime: 0,
    refetchInterval: ({ state }) => (isUnknown(state.data) ? retryMs : false),
  });
  const pending = settled !== typed || query.isPlaceholderData || query.isLoading;
  return { checked: (settled === typed && query.data) || noResult, pending };
}

const noResult: SlackChecked = { fields: {}, channel: null };

function isUnknown(checked: SlackChecked | undefined): boolean {
  return Object.values(checked?.fields ?? {}).some(({ state }) => state === "unknown");
}

type Check = NonNullable<SlackChecked["fields"]["channel"]>;

const tones = {
  ok: "good",
  confirm: "warn",
  warning: "warn",
  wrong: "bad",
  unknown: "warn",
} as const satisfies Record<Check["state"], string>;

/** The result of checking a value with Slack, shown below its field. */
export function CheckResult({ check }: { check: Check | undefined }) {
  if (!check) return null;
  return (
    <p className={css.checkResult} data-tone={tones[check.state]} role="status">
      {check.sentence} {check.remedy}
    </p>
  );
}

interface Props {
  checked: SlackChecked;
  confirmed: boolean;
  onConfirm: (confirmed: boolean) => void;
}

/** Asks for confirmation of a channel that many people can read. */
export function ConfirmChannel({ checked: { channel, fields }, confirmed, onConfirm }: Props) {
  if (!channel || fields.channel?.state !== "confirm") return null;
  const readers = channel.sharedOutside
    ? "people in another organisation can read them"
    : "everyone in the workspace can read them";
  return (
    <div className={css.note} data-tone="warn">
      <Checkbox
        label={`Send alerts to #${channel.name}, even though ${readers}`}
        required
        checked={confirmed}
        onChange={(event) => onConfirm(event.currentTarget.checked)}
      />
    </div>
  );
}

/** The confirmation of the current channel. Another channel must be confirmed again. */
export function useChannelConfirmation(checked: SlackChecked) {
  const key = `${checked.channel?.id} ${checked.fields.channel?.code}`;
  const [confirmed, setConfirmed] = useState<string>();
  return {
    checked,
    confirmed: confirmed === key,
    onConfirm: (yes: boolean) => setConfirmed(yes ? key : undefined),
  };
}
