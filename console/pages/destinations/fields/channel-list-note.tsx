import { Anchor, Button } from "@mantine/core";
import { useState } from "react";
import type { SlackChannelsBody } from "../../../../src/connect/contract.ts";
import { Time } from "../../../components/time.tsx";
import css from "../../slack-bot/wizard.module.css";
import { newcomers } from "./channel-list.ts";

interface Props {
  /** All that there is, whatever was typed. */
  offer: SlackChannelsBody;
  value: string;
  onUse: (name: string) => void;
  onRefresh: () => Promise<void>;
}

/** How old the list is, a way to a newer one, and the channel that the bot was invited to just now. */
export function ListNote({ offer, value, onUse, onRefresh }: Props) {
  const { invited, list } = offer;
  const [known] = useState(() => new Set(invited.map(({ id }) => id)));
  const [newest] = newcomers(known, invited);
  return (
    <>
      {newest && value !== `#${newest.name}` ? (
        <div className={css.note} data-tone="good" role="status">
          <span className={css.row}>
            The bot was just invited to #{newest.name}.
            <Button size="compact-sm" variant="default" onClick={() => onUse(newest.name)}>
              Use it
            </Button>
          </span>
        </div>
      ) : null}
      <p className={css.listed}>
        {sayList(list)} {list.readAt ? <Time at={list.readAt} /> : null}{" "}
        {list.reading ? null : (
          <Anchor component="button" type="button" size="xs" onClick={() => void onRefresh()}>
            Read again
          </Anchor>
        )}
      </p>
    </>
  );
}

function sayList({ count, reading, readAt, fault, remedy }: SlackChannelsBody["list"]): string {
  if (reading)
    return `Slack is being asked for all channels: ${count} so far, 10,000 take about a minute. You can paste an ID or a link at once.`;
  if (fault) return `The list could not be read (${fault}). ${remedy ?? "Paste an ID or a link."}`;
  return readAt ? `${count} channels, as Slack listed them` : "Slack has not listed its channels yet.";
}
