import { changeManifest, editManifest, type ManifestEdit } from "../../manifest/change-manifest.ts";
import { checkManifest } from "../../manifest/read-manifest.ts";
import type { AppVisit, Outcome } from "../visit.ts";

/** Changes some parts of an app's manifest if the result is valid; otherwise returns its errors. */
export function saveEdit(
  { simulator, app }: AppVisit,
  edit: ManifestEdit,
  notice = "Your changes were saved.",
): Outcome {
  const checked = checkManifest(editManifest(app.manifest, edit));
  if (!checked.ok) return checked;
  changeManifest(simulator, app, checked.manifest);
  return { ok: true, notice };
}
