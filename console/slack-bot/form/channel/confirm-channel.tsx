import { Checkbox } from "@mantine/core";
import type { SlackChecked } from "../../../../src/http/contract/slack-check.ts";
import css from "../../../pages/slack-bot/wizard.module.css";

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
