import { Button, Tabs } from "@mantine/core";
import { useState } from "react";
import type { SlackManifestBody } from "../../../src/connect/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { Copy } from "../../components/copy.tsx";
import { Icon } from "../../components/icon.tsx";
import { useChange } from "../../forms/use-change.ts";
import { HandedOutNote } from "./manifest-changes.tsx";
import css from "./wizard.module.css";

type How = NonNullable<SlackManifestBody["handedOut"]>["how"];

/** The manifest to take to Slack; that it was taken is kept, so that a later change of it is noticed. */
export function ManifestPanel({ manifest }: { manifest: SlackManifestBody }) {
  const { settings, hash, createUrl, warnings, scopes, handedOut } = manifest;
  const [format, setFormat] = useState<"yaml" | "json">("yaml");
  const note = useChange({
    change: (how: How) => setupApi.manifestHandedOut({ ...settings, hash, how }),
    refresh: "slack-manifest",
    failed: "That the manifest was taken could not be noted.",
  });
  const file = `data:application/${format};charset=utf-8,${encodeURIComponent(manifest[format])}`;
  return (
    <section className={css.panel} aria-labelledby="manifest">
      <h2 id="manifest">The app manifest</h2>
      <p>It tells Slack all about the app, made for this installation.</p>
      {warnings.map((warning) => (
        <p key={warning} className={css.note} data-tone="warn" role="alert">
          {warning}
        </p>
      ))}
      <HandedOutNote handedOut={handedOut} />
      <Tabs value={format} onChange={(chosen) => setFormat(chosen === "json" ? "json" : "yaml")}>
        <Tabs.List mb="xs">
          <Tabs.Tab value="yaml">YAML</Tabs.Tab>
          <Tabs.Tab value="json">JSON</Tabs.Tab>
        </Tabs.List>
        {(["yaml", "json"] as const).map((kind) => (
          <Tabs.Panel key={kind} value={kind}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard. */}
            <section className={css.text} tabIndex={0} aria-label={`Manifest as ${kind.toUpperCase()}`}>
              {manifest[kind]}
            </section>
          </Tabs.Panel>
        ))}
      </Tabs>
      <div className={css.row}>
        <Copy text={manifest[format]} what="manifest" onCopy={() => note.mutate("copied")} />
        <Button
          component="a"
          variant="default"
          size="compact-sm"
          href={createUrl}
          target="_blank"
          rel="noopener noreferrer"
          rightSection={<Icon name="out" size={12} />}
          onClick={() => note.mutate("opened")}
        >
          Open Slack with it filled in
        </Button>
        <Button
          component="a"
          variant="default"
          size="compact-sm"
          href={file}
          download={`tocsin-manifest.${format}`}
          onClick={() => note.mutate("downloaded")}
        >
          Download manifest
        </Button>
        <Button
          component="a"
          variant="default"
          size="compact-sm"
          href="/api/v1/slack/icon.png?size=1024"
          download="tocsin-1024.png"
        >
          Download app icon
        </Button>
      </div>
      <Scopes scopes={scopes} />
    </section>
  );
}

/** What the app asks Slack for, each with its reason. */
function Scopes({ scopes }: { scopes: SlackManifestBody["scopes"] }) {
  return (
    <details>
      <summary>Why it asks for these {scopes.length} scopes</summary>
      <dl className={css.scopes}>
        {scopes.map(({ name, reason, cost, optional }) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              {reason}
              {optional ? ` (optional: without it ${cost})` : ""}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
