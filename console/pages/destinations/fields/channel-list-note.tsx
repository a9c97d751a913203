import { Anchor, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SlackChannelsBody } from "../../../../src/connect/contract.ts";
import { setupApi } from "../../../api/setup.ts";
import { Time } from "../../../components/time.tsx";
import css from "../../slack-bot/wizard.module.css";
import { newChannels } from "./channel-list.ts";

interface Props {
  /** All channels, whatever was typed. */
  channels: SlackChannelsBody;
  value: string;
  onChoose: (name: string) => void;
  onRefresh: () => Promise<void>;
}

/** The age of the channel list, a button to refresh it, and the channel that the bot was just invited to, unless a destination has it. */
export function ChannelListNote({ channels, value, onChoose, onRefresh }: Props) {
  const { invited, list } = channels;
  const [known] = useState(() => new Set(invited.map(({ id }) => id)));
  const taken = useQuery({ queryKey: ["destinations"], queryFn: setupApi.destinations });
  const used = new Set(taken.data?.results.map(({ place }) => place));
  const newest = newChannels(known, invited).find(({ name }) => taken.data && !used.has(`#${name}`));
  return (
    <>
      {newest && value !== `#${newest.name}` ? (
        <div className={css.note} data-tone="good" role="status">
          <span className={css.row}>
            The bot was just invited to #{newest.name}.
            <Button size="compact-sm" variant="default" onClick={() => onChoose(newest.name)}>
              Use #{newest.name}
            </Button>
          </span>
        </div>
      ) : null}
      <p className={css.channelList}>
        {describeList(list)} {list.readAt ? <Time at={list.readAt} /> : null}{" "}
        {list.reading ? null : (
          <Anchor component="button" type="button" size="xs" onClick={() => void onRefresh()}>
            Refresh
          </Anchor>
        )}
      </p>
    </>
  );
}

function describeList({ count, reading, readAt, fault, remedy }: SlackChannelsBody["list"]): string {
  if (reading)
    return `Loading channels from Slack… (${count} so far). You can already paste an ID or a link.`;
  if (fault) return `The channels could not be loaded (${fault}). ${remedy ?? "Paste an ID or a link."}`;
  return readAt ? `${count} channels, loaded from Slack` : "The channels have not been loaded yet.";
}
