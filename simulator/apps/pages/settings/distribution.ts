import { actionForm, checkbox, section } from "../components.ts";
import { html } from "../html.ts";
import type { AppVisit, Outcome, SettingsPage } from "../visit.ts";
import { installButton, installTargetsOf } from "./install-app.ts";
import { saveEdit } from "./save-manifest.ts";

const refuse = (message: string): Outcome => ({ ok: false, errors: [{ message, pointer: "" }] });

function organisation(visit: AppVisit) {
  const { app } = visit;
  const [, org] = installTargetsOf(visit);
  if (app.settings.orgDeploy)
    return section(
      "Org Level Apps",
      html`<p class="state good">Your app can be installed at the organization level.</p>
      ${org ? installButton(visit, org) : html`<p>The app's workspace doesn't belong to an organization.</p>`}`,
    );
  return section(
    "Opt into Org Level Apps",
    html`<p>Your app can then be installed once for a whole organization and added to any of its workspaces. This can't be undone.</p>
    <details>
      <summary class="button">Opt-in</summary>
      ${actionForm(
        { to: `/apps/${app.id}/distribute/opt-in`, label: "Yes, Opt-in", variant: "primary" },
        checkbox({ name: "sure", label: "I understand that this can't be undone", on: false }),
      )}
    </details>`,
  );
}

/** The settings for installing the app outside its own workspace. */
export const distribution: SettingsPage = {
  path: "distribute",
  title: "Manage Distribution",
  show: (visit) => html`
    <p>Distribute App</p>
    ${organisation(visit)}
    ${section(
      "Share Your App with Other Workspaces",
      visit.app.isDistributed
        ? html`<p class="state good">Public distribution is active: any workspace can install the app through OAuth.</p>`
        : html`<p>Workspaces outside the app's own organization can't install it until public distribution is active.</p>`,
      !visit.app.isDistributed &&
        actionForm(
          {
            to: `/apps/${visit.app.id}/distribute/share`,
            label: "Activate Public Distribution",
            variant: "primary",
          },
          checkbox({
            name: "sure",
            label: "I've reviewed and removed any hard-coded information",
            on: false,
          }),
        ),
    )}`,
  actions: {
    "opt-in": (visit, form) =>
      form.has("sure")
        ? saveEdit(visit, { orgDeploy: true }, "Your app opted into Org Level Apps.")
        : refuse("Please confirm that you understand"),
    share({ app }, form) {
      if (!form.has("sure")) return refuse("Please confirm that you removed any hard-coded information");
      if (app.settings.redirectUrls.length === 0) return refuse("Please add a redirect URL first");
      app.isDistributed = true;
      return { ok: true, notice: "Public distribution is active." };
    },
  },
};
