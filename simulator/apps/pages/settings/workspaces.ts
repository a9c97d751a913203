import { letIn } from "../../install-app.ts";
import { installationsOf } from "../../uninstall-app.ts";
import { deed, section, tick } from "../components.ts";
import { html } from "../html.ts";
import { type AppVisit, readAll, type SettingsPage } from "../visit.ts";

const orgWide = ({ simulator, app }: AppVisit) =>
  installationsOf(simulator, app).find(
    ({ place, state }) => place.kind === "organisation" && state === "installed",
  );

/** Into which of an organisation's workspaces the app is let. */
export const workspaces: SettingsPage = {
  path: "workspaces",
  title: "Add to Workspaces",
  isListed: (visit) => orgWide(visit) !== undefined,
  show(visit) {
    const { app, simulator } = visit;
    const place = orgWide(visit)?.place;
    if (place?.kind !== "organisation")
      return section(
        "Workspaces",
        html`<p>Install the app to the organization first, under Install App.</p>`,
      );
    const organisation = simulator.world.organisations.get(place.enterpriseId);
    return section(
      `Workspaces of ${organisation?.name}`,
      html`<p>An app of an organization is in none of its workspaces until it is added there.</p>`,
      deed(
        { to: `/apps/${app.id}/workspaces/save`, label: "Add App", look: "primary" },
        html`<fieldset><legend>Workspaces</legend>${[...(organisation?.teams ?? [])].map((id) =>
          tick({
            name: "team",
            value: id,
            label: simulator.world.workspaces.get(id)?.team.name ?? id,
            on: place.teams.has(id),
          }),
        )}</fieldset>`,
        tick({ name: "future", label: "Automatically add to future workspaces", on: place.addsFuture }),
      ),
    );
  },
  deeds: {
    save(visit, form) {
      const bot = orgWide(visit);
      if (bot?.place.kind !== "organisation" || !visit.user.isAdmin)
        return {
          ok: false,
          errors: [{ message: "Only an admin can add an app to workspaces", pointer: "" }],
        };
      const known = visit.simulator.world.organisations.get(bot.place.enterpriseId)?.teams;
      const teams = new Set(readAll(form, "team").filter((id) => known?.has(id)));
      letIn(visit.simulator, bot, { teams, addsFuture: form.has("future") });
      return { ok: true, told: "The workspaces were saved." };
    },
  },
};
