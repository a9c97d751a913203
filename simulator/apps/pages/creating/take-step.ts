import { createApp } from "../../making/create-app.ts";
import type { ManifestError } from "../../manifest/manifest-error.ts";
import { readManifest } from "../../manifest/read-manifest.ts";
import { read } from "../frame/read-form.ts";
import type { Visit } from "../frame/visit.ts";
import { type Draft, readDraft, stepped, translate } from "../create-steps.ts";

type Taken = { to: string } | { draft: Draft; errors: readonly ManifestError[] };

const on = (draft: Draft, errors: readonly ManifestError[] = []): Taken => ({ draft, errors });

function create({ simulator, user }: Visit, draft: Draft): Taken {
  const checked = readManifest(draft.text, draft.format);
  const home = simulator.world.workspaces.get(draft.team);
  if (!checked.ok) return on({ ...draft, step: "manifest" }, checked.errors);
  if (!home)
    return on({ ...draft, step: "workspace" }, [{ message: "Please pick a workspace", pointer: "" }]);
  const given = { manifest: checked.manifest, teamId: home.team.id, createdBy: user.id };
  return { to: `/apps/${createApp(simulator.world, given).id}` };
}

/** What a button of the dialog does: goes on, back, to the other language, or makes the app. */
export function takeStep(visit: Visit, form: FormData): Taken {
  const draft = readDraft(form);
  const checked = readManifest(draft.text, draft.format);
  const go = read(form, "go");
  if (go === "yaml" || go === "json") {
    const errors = checked.ok || go === draft.format ? [] : checked.errors;
    return on(translate(draft, go), errors);
  }
  if (go === "cancel") return { to: "/apps" };
  if (go === "back") return on(stepped(draft, -1));
  if (go === "create") return create(visit, draft);
  return draft.step === "manifest" && !checked.ok ? on(draft, checked.errors) : on(stepped(draft, 1));
}
