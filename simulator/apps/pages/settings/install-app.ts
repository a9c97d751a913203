import { uninstall } from "../../uninstall-app.ts";
import { html } from "../html.ts";
import { deed, reading, section } from "../components.ts";
import { read } from "../frame/read-form.ts";
import type { SettingsPage } from "../frame/visit.ts";
import { installButton, installedIn, placesOf } from "./reach/installing.ts";

/** Where the app is installed, and where it can be. */
export const install: SettingsPage = {
  path: "install",
  title: "Install App",
  show: (visit) =>
    html`${placesOf(visit).map((where) => {
      const bot = installedIn(visit, where.id);
      return section(
        where.noun === "Workspace"
          ? `Install App to ${where.name}`
          : `Install App to your Organization, ${where.name}`,
        bot && reading({ label: "Bot User OAuth Token", value: bot.botToken }),
        installButton(visit, where),
        bot?.place.kind === "organisation" &&
          html`<p><a href="/apps/${visit.app.id}/workspaces">Add it to some of your workspaces</a></p>`,
        bot &&
          visit.user.isAdmin &&
          deed(
            {
              to: `/apps/${visit.app.id}/install/uninstall`,
              label: `Uninstall from ${where.name}`,
              look: "danger",
            },
            html`<input type="hidden" name="place" value="${where.id}">`,
          ),
      );
    })}`,
  deeds: {
    uninstall(visit, form) {
      const bot = installedIn(visit, read(form, "place") ?? "");
      if (!bot || !visit.user.isAdmin)
        return { ok: false, errors: [{ message: "Only an admin can uninstall an app", pointer: "" }] };
      uninstall(visit.simulator, bot);
      return { ok: true, told: `${visit.app.name} was uninstalled.` };
    },
  },
};
