import { setWorkspaceAccess } from "../../install-app.ts";
import { installationsOf } from "../../uninstall-app.ts";
import { actionForm, checkbox, section } from "../components.ts";
import { html } from "../html.ts";
import { type AppVisit, readAll, type SettingsPage } from "../visit.ts";

const orgWide = ({ simulator, app }: AppVisit) =>
  installationsOf(simulator, app).find(
    ({ target, state }) => target.kind === "organisation" && state === "installed",
  );

/** The settings for which of an organisation's workspaces have the app. */
export const workspaces: SettingsPage = {
  path: "workspaces",
  title: "Add to Workspaces",
  isListed: (visit) => orgWide(visit) !== undefined,
  show(visit) {
    const { app, simulator } = visit;
    const target = orgWide(visit)?.target;
    if (target?.kind !== "organisation")
      return section(
        "Workspaces",
        html`<p>First install the app to the organization, under Install App.</p>`,
      );
    const organisation = simulator.world.organisations.get(target.enterpriseId);
    return section(
      `Workspaces of ${organisation?.name}`,
      html`<p>An app that is installed to an organization still has to be added to its workspaces.</p>`,
      actionForm(
        { to: `/apps/${app.id}/workspaces/save`, label: "Add App", variant: "primary" },
        html`<fieldset><legend>Workspaces</legend>${[...(organisation?.teams ?? [])].map((id) =>
          checkbox({
            name: "team",
            value: id,
            label: simulator.world.workspaces.get(id)?.team.name ?? id,
            on: target.teams.has(id),
          }),
        )}</fieldset>`,
        checkbox({ name: "future", label: "Automatically add to future workspaces", on: target.addsFuture }),
      ),
    );
  },
  actions: {
    save(visit, form) {
      const bot = orgWide(visit);
      if (bot?.target.kind !== "organisation" || !visit.user.isAdmin)
        return {
          ok: false,
          errors: [{ message: "Only an admin can add an app to workspaces", pointer: "" }],
        };
      const known = visit.simulator.world.organisations.get(bot.target.enterpriseId)?.teams;
      const teams = new Set(readAll(form, "team").filter((id) => known?.has(id)));
      setWorkspaceAccess(visit.simulator, bot, { teams, addsFuture: form.has("future") });
      return { ok: true, notice: "The workspaces were saved." };
    },
  },
};
