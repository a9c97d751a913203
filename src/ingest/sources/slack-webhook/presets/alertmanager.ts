import type { Preset } from "../preset.ts";
import { readStatusTitle } from "./status-title.ts";

/** github.com/prometheus/alertmanager, template/default.tmpl, and what people write after its pattern. */
export const alertmanager: Preset = { tool: "Alertmanager", read: readStatusTitle };
