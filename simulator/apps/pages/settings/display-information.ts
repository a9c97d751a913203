import { html } from "../html.ts";
import { area, deed, field, section } from "../components.ts";
import { read } from "../frame/read-form.ts";
import type { AppVisit, Outcome, SettingsPage } from "../frame/visit.ts";
import { saveEdit } from "./save-manifest.ts";
import { imageSize } from "./basic/image-size.ts";

const least = 512;
const most = 2000;

async function setIcon({ app }: AppVisit, form: FormData): Promise<Outcome> {
  const file = form.get("icon");
  const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
  const size = imageSize(bytes);
  const message = !size
    ? "Please choose a PNG or JPG image"
    : size.width !== size.height
      ? `The icon must be square; this one is ${size.width} by ${size.height} pixels`
      : size.width < least || size.width > most
        ? `The icon must be between ${least} and ${most} pixels wide; this one has ${size.width}`
        : undefined;
  if (!size || message) return { ok: false, errors: [{ message: message ?? "", pointer: "" }] };
  app.icon = { type: size.type, bytes };
  return { ok: true, told: "Your app has a new icon." };
}

/** The part *Display Information* of Basic Information. */
export const displayInformation: Pick<SettingsPage, "show" | "deeds"> = {
  show({ app }) {
    const {
      name,
      description = "",
      background_color = "",
      long_description = "",
    } = app.manifest.display_information;
    return section(
      "Display Information",
      html`<div class="icon-row">
        ${app.icon ? html`<img class="app-icon" src="/apps/${app.id}/icon" alt="The app's icon">` : html`<span class="app-icon empty" aria-hidden="true"></span>`}
        <form method="post" enctype="multipart/form-data" action="/apps/${app.id}/basic-information/icon">
          <div class="input-block">
            <label for="icon">+Add App Icon</label>
            <input type="file" id="icon" name="icon" accept="image/png,image/jpeg" aria-describedby="icon-hint">
            <p class="hint" id="icon-hint">Square, ${least} to ${most} pixels, PNG or JPG.</p>
          </div>
          <button class="button">Upload Icon</button>
        </form>
      </div>
      ${deed(
        { to: `/apps/${app.id}/basic-information/display`, label: "Save Changes", look: "primary" },
        field({ name: "name", label: "App name", value: name }),
        field({ name: "description", label: "Short description", value: description }),
        area({
          name: "long_description",
          label: "Long description",
          value: long_description,
          hint: "At least 175 characters.",
          rows: 4,
        }),
        field({
          name: "background_color",
          label: "Background color",
          value: background_color,
          hint: "As #000000.",
        }),
      )}`,
    );
  },
  deeds: {
    icon: setIcon,
    display: (visit, form) =>
      saveEdit(visit, {
        display: {
          name: read(form, "name") ?? "",
          description: read(form, "description"),
          long_description: read(form, "long_description"),
          background_color: read(form, "background_color"),
        },
      }),
  },
};
