import { Radio, Stack, Switch } from "@mantine/core";
import type { SlackManifestBody } from "../../../src/connect/contract.ts";
import type { Way } from "./install-steps.ts";
import css from "./wizard.module.css";

interface Props {
  settings: SlackManifestBody["settings"];
  way: Way;
  onSettings: (change: Partial<SlackManifestBody["settings"]>) => void;
  onWay: (way: Way) => void;
}

/** What the manifest and the steps on Slack's side depend on. */
export function Questions({ settings, way, onSettings, onWay }: Props) {
  return (
    <section className={css.panel} aria-labelledby="questions">
      <h2 id="questions">Two questions first</h2>
      <Radio.Group
        label="Can Slack reach Tocsin?"
        value={settings.mode}
        onChange={(mode) => onSettings({ mode: mode === "socket" ? "socket" : "http" })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="http" label="Yes, by HTTP: Tocsin has a public https address" />
          <Radio
            value="socket"
            label="No, use Socket Mode: Tocsin calls Slack, no public address is needed"
          />
        </Stack>
      </Radio.Group>
      <Radio.Group
        label="Who installs the app?"
        value={way}
        onChange={(chosen) => onWay(chosen === "request" || chosen === "grid" ? chosen : "admin")}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="admin" label="I do: I am an admin, or anybody may install apps" />
          <Radio value="request" label="An administrator has to approve it: I must request to install" />
          <Radio value="grid" label="Enterprise Grid: it goes to an organisation of several workspaces" />
        </Stack>
      </Radio.Group>
      <Switch
        label="Thread mirror"
        description="What people write in a card's thread becomes a comment. Slack then sends Tocsin every message of every channel the bot is in; those outside cards' threads are dropped at once."
        checked={settings.threadMirror}
        onChange={(event) => onSettings({ threadMirror: event.currentTarget.checked })}
      />
    </section>
  );
}
