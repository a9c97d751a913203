import { Button, Tabs } from "@mantine/core";
import { useState } from "react";
import type { SlackManifestBody } from "../../../src/connect/contract.ts";
import { basePath } from "../../api/base-path.ts";
import { setupApi } from "../../api/setup.ts";
import { CopyButton } from "../../components/copy.tsx";
import { Icon } from "../../components/icon.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { ManifestChanges } from "./manifest-changes.tsx";
import css from "./wizard.module.css";

type How = NonNullable<SlackManifestBody["handedOut"]>["how"];

/** The manifest to take to Slack. Taking it is recorded, so that later changes can be shown. */
export function ManifestPanel({ manifest }: { manifest: SlackManifestBody }) {
  const { settings, hash, createUrl, warnings, scopes, handedOut } = manifest;
  const [format, setFormat] = useState<"yaml" | "json">("yaml");
  const record = useApiMutation({
    mutationFn: (how: How) => setupApi.recordManifestHandout({ ...settings, hash, how }),
    invalidates: "slack-manifest",
    failure: "Tocsin could not record that you took the manifest.",
  });
  const file = `data:application/${format};charset=utf-8,${encodeURIComponent(manifest[format])}`;
  return (
    <section className={css.panel} aria-labelledby="manifest">
      <h2 id="manifest">The app manifest</h2>
      <p>Describes the app to Slack. Generated for this installation.</p>
      {warnings.map((warning) => (
        <p key={warning} className={css.note} data-tone="warn" role="alert">
          {warning}
        </p>
      ))}
      <ManifestChanges handedOut={handedOut} />
      <Tabs value={format} onChange={(chosen) => setFormat(chosen === "json" ? "json" : "yaml")}>
        <Tabs.List mb="xs">
          <Tabs.Tab value="yaml">YAML</Tabs.Tab>
          <Tabs.Tab value="json">JSON</Tabs.Tab>
        </Tabs.List>
        {(["yaml", "json"] as const).map((kind) => (
          <Tabs.Panel key={kind} value={kind}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must be reachable by keyboard. */}
            <section className={css.text} tabIndex={0} aria-label={`Manifest as ${kind.toUpperCase()}`}>
              {manifest[kind]}
            </section>
          </Tabs.Panel>
        ))}
      </Tabs>
      <div className={css.row}>
        <CopyButton text={manifest[format]} label="manifest" onCopy={() => record.mutate("copied")} />
        <Button
          component="a"
          variant="default"
          size="compact-sm"
          href={createUrl}
          target="_blank"
          rel="noopener noreferrer"
          rightSection={<Icon name="external" size={12} />}
          onClick={() => record.mutate("opened")}
        >
          Open Slack with this manifest
        </Button>
        <Button
          component="a"
          variant="default"
          size="compact-sm"
          href={file}
          download={`tocsin-manifest.${format}`}
          onClick={() => record.mutate("downloaded")}
        >
          Download manifest
        </Button>
        <Button
          component="a"
          variant="default"
          size="compact-sm"
          href={`${basePath}/api/v1/slack/icon.png?size=1024`}
          download="tocsin-1024.png"
        >
          Download app icon
        </Button>
      </div>
      <Scopes scopes={scopes} />
    </section>
  );
}

/** The scopes that the app requests, each with its reason. */
function Scopes({ scopes }: { scopes: SlackManifestBody["scopes"] }) {
  return (
    <details>
      <summary>Why the app needs these {scopes.length} scopes</summary>
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
