import { actionForm, field, section, textArea } from "../components.ts";
import { html } from "../html.ts";
import { type AppVisit, type Outcome, read, type SettingsPage } from "../visit.ts";
import { saveEdit } from "./save-manifest.ts";

const minPixels = 512;
const maxPixels = 2000;

async function setIcon({ app }: AppVisit, form: FormData): Promise<Outcome> {
  const file = form.get("icon");
  const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
  const size = imageSize(bytes);
  const message = !size
    ? "Please choose a PNG or JPG image"
    : size.width !== size.height
      ? `The icon must be square; this one is ${size.width} by ${size.height} pixels`
      : size.width < minPixels || size.width > maxPixels
        ? `The icon must be between ${minPixels} and ${maxPixels} pixels wide; this one is ${size.width} pixels wide`
        : undefined;
  if (!size || message) return { ok: false, errors: [{ message: message ?? "", pointer: "" }] };
  app.icon = { type: size.type, bytes };
  return { ok: true, notice: "Your app has a new icon." };
}

/** The section *Display Information*. */
export const displayInformation: Pick<SettingsPage, "show" | "actions"> = {
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
            <p class="hint" id="icon-hint">Square, ${minPixels} to ${maxPixels} pixels, PNG or JPG.</p>
          </div>
          <button class="button">Upload Icon</button>
        </form>
      </div>
      ${actionForm(
        { to: `/apps/${app.id}/basic-information/display`, label: "Save Changes", variant: "primary" },
        field({ name: "name", label: "App name", value: name }),
        field({ name: "description", label: "Short description", value: description }),
        textArea({
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
          hint: "For example #000000.",
        }),
      )}`,
    );
  },
  actions: {
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

type Size = { type: "image/png" | "image/jpeg"; width: number; height: number };

function pngSize(view: DataView): Size | undefined {
  if (view.byteLength < 24 || view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452)
    return undefined;
  return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

// Start-of-frame markers. 0xC4, 0xC8 and 0xCC in this range mark Huffman tables, arithmetic coding and a reserved one.
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(view: DataView): Size | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2))
    if (isFrame(view.getUint8(at + 1)))
      return { type: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  return undefined;
}

/** The size of a PNG or JPEG image from its header; undefined for any other file. */
export function imageSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return pngSize(view) ?? jpegSize(view);
}
