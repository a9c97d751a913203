import type { MessageView } from "./message-view.ts";
import type { Preset, Reading } from "./preset.ts";
import { alertmanager } from "./presets/alertmanager.ts";
import { argoCd } from "./presets/argo-cd.ts";
import { elastalert } from "./presets/elastalert.ts";
import { falcosidekick } from "./presets/falcosidekick.ts";
import { gitlab } from "./presets/gitlab.ts";
import { grafana } from "./presets/grafana.ts";
import { jenkins } from "./presets/jenkins.ts";
import { kibana } from "./presets/kibana.ts";
import { sentry } from "./presets/sentry.ts";
import { uptimeKuma } from "./presets/uptime-kuma.ts";
import { wazuh } from "./presets/wazuh.ts";

/** Tools that are recognised, in the order in which they are tried: the broader patterns come last. */
const presets: readonly Preset[] = [
  uptimeKuma,
  wazuh,
  falcosidekick,
  elastalert,
  grafana,
  gitlab,
  sentry,
  argoCd,
  jenkins,
  alertmanager,
  kibana,
];

/** What the tool that wrote the message says with it; null for tools that are not known. */
export function readPreset(message: MessageView): (Reading & { tool: string }) | null {
  for (const { tool, read } of presets) {
    const reading = read(message);
    if (reading) return { ...reading, tool };
  }
  return null;
}

/** Whether all messages of a tool have this line. */
export function isShared(line: string): boolean {
  return presets.some(({ shared }) => shared?.test(line));
}
