import { Radio, Stack, Switch } from "@mantine/core";
import type { SlackManifestBody } from "../../../src/connect/contract.ts";
import css from "./wizard.module.css";

interface Props {
  settings: SlackManifestBody["settings"];
  approval: boolean;
  onSettings: (change: Partial<SlackManifestBody["settings"]>) => void;
  onApproval: (needed: boolean) => void;
}

/** The choices that the manifest and the steps in Slack depend on. */
export function ManifestOptions({ settings, approval, onSettings, onApproval }: Props) {
  return (
    <section className={css.panel} aria-labelledby="options">
      <h2 id="options">Before you start</h2>
      <Radio.Group
        label="Can Slack reach Tocsin?"
        value={settings.mode}
        onChange={(mode) => onSettings({ mode: mode === "socket" ? "socket" : "http" })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="http" label="Yes, over HTTP: Tocsin has a public HTTPS URL" />
          <Radio value="socket" label="No, use Socket Mode: Tocsin connects to Slack, no public URL needed" />
        </Stack>
      </Radio.Group>
      <Radio.Group
        label="Who installs the app?"
        value={approval ? "request" : "admin"}
        onChange={(chosen) => onApproval(chosen === "request")}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="admin" label="I do: I'm an admin, or everyone can install apps" />
          <Radio value="request" label="I have to request approval from an administrator" />
        </Stack>
      </Radio.Group>
      <Radio.Group
        label="Where is it installed?"
        value={settings.orgWide ? "grid" : "workspace"}
        onChange={(chosen) => onSettings({ orgWide: chosen === "grid" })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="workspace" label="In one workspace" />
          <Radio value="grid" label="Enterprise Grid: an organisation with several workspaces" />
        </Stack>
      </Radio.Group>
      <Switch
        label="Thread mirror"
        description="Replies in a card's thread become comments. Slack then sends Tocsin every message of every channel the bot is in; messages outside card threads are dropped at once."
        checked={settings.threadMirror}
        onChange={(event) => onSettings({ threadMirror: event.currentTarget.checked })}
      />
    </section>
  );
}
