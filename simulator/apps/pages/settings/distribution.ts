import { deed, section, tick } from "../components.ts";
import { html } from "../html.ts";
import type { AppVisit, Outcome, SettingsPage } from "../visit.ts";
import { installButton, placesOf } from "./install-app.ts";
import { saveEdit } from "./save-manifest.ts";

const refused = (message: string): Outcome => ({ ok: false, errors: [{ message, pointer: "" }] });

function organisation(visit: AppVisit) {
  const { app } = visit;
  const [, org] = placesOf(visit);
  if (app.settings.orgDeploy)
    return section(
      "Org Level Apps",
      html`<p class="state good">Your app can be installed on the level of an organization.</p>
      ${org ? installButton(visit, org) : html`<p>The workspace it was made in belongs to no organization.</p>`}`,
    );
  return section(
    "Opt into Org Level Apps",
    html`<p>Your app is then installed once for a whole organization, and added to some of its workspaces. That can't be undone.</p>
    <details>
      <summary class="button">Opt-in</summary>
      ${deed(
        { to: `/apps/${app.id}/distribute/opt-in`, label: "Yes, Opt-in", look: "primary" },
        tick({ name: "sure", label: "I understand that this can't be undone", on: false }),
      )}
    </details>`,
  );
}

/** Who may install the app beyond the workspace it was made in. */
export const distribution: SettingsPage = {
  path: "distribute",
  title: "Manage Distribution",
  show: (visit) => html`
    <p>Distribute App</p>
    ${organisation(visit)}
    ${section(
      "Share Your App with Other Workspaces",
      visit.app.isDistributed
        ? html`<p class="state good">Public distribution is active: any workspace may install it by OAuth.</p>`
        : html`<p>Workspaces outside its own organization are refused until public distribution is active.</p>`,
      !visit.app.isDistributed &&
        deed(
          {
            to: `/apps/${visit.app.id}/distribute/share`,
            label: "Activate Public Distribution",
            look: "primary",
          },
          tick({ name: "sure", label: "I've reviewed and removed any hard-coded information", on: false }),
        ),
    )}`,
  deeds: {
    "opt-in": (visit, form) =>
      form.has("sure")
        ? saveEdit(visit, { orgDeploy: true }, "Your app opted into Org Level Apps.")
        : refused("Please tick that you understand"),
    share({ app }, form) {
      if (!form.has("sure")) return refused("Please tick that you removed any hard-coded information");
      if (app.settings.redirectUrls.length === 0) return refused("Please add a redirect URL first");
      app.isDistributed = true;
      return { ok: true, told: "Public distribution is active." };
    },
  },
};
