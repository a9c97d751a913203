import { changeTriageSettings } from "../../triage/settings/change-triage-settings.ts";
import { readTriageSettings } from "../../triage/triage-settings.ts";
import { requires } from "../../api/requires.ts";
import { settingsBody, settingsChange } from "../contract/settings.ts";
import type { App, Deps } from "../../api/deps.ts";

const tags = ["Settings"];

/** What holds for all of Tocsin. */
export function settingsRoutes(app: App, { db }: Deps): void {
  app.get(
    "/api/v1/settings",
    {
      ...requires("Manage Settings"),
      schema: { tags, summary: "Read the settings", response: { 200: settingsBody } },
    },
    () => readTriageSettings(db.kysely),
  );

  app.patch(
    "/api/v1/settings",
    {
      ...requires("Manage Settings"),
      schema: {
        tags,
        summary: "Change settings; what is left out stays",
        body: settingsChange,
        response: { 200: settingsBody },
      },
    },
    ({ body, principal }) => changeTriageSettings(db, body, principal),
  );
}
