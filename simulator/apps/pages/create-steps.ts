import { readManifest } from "../manifest/read-manifest.ts";
import { writeManifest } from "../manifest/write-manifest.ts";
import { read } from "./frame/read-form.ts";

const steps = ["choose", "workspace", "manifest", "review"] as const;
export type Step = (typeof steps)[number];

/** How far somebody has come with making an app. */
export type Draft = { step: Step; team: string; format: "yaml" | "json"; text: string };

const demo = `display_information:
  name: Demo App
features:
  bot_user:
    display_name: Demo App
    always_online: false
oauth_config:
  scopes:
    bot:
      - chat:write
settings:
  org_deploy_enabled: false
  socket_mode_enabled: false
  token_rotation_enabled: false
`;

/** Where the dialog starts: at its beginning with a manifest to be replaced, or with the one of a link. */
export function firstDraft(query: URLSearchParams): Draft {
  const yaml = query.get("manifest_yaml");
  const json = query.get("manifest_json");
  const text = yaml ?? json;
  if (text === null) return { step: "choose", team: "", format: "yaml", text: demo };
  return { step: "workspace", team: "", format: yaml === null ? "json" : "yaml", text };
}

export const readDraft = (form: FormData): Draft => ({
  step: steps.find((step) => step === read(form, "step")) ?? "choose",
  team: read(form, "team") ?? "",
  format: read(form, "format") === "json" ? "json" : "yaml",
  text: read(form, "text") ?? "",
});

/** The draft in the other language, when it can be read; else as it is. */
export function translate(draft: Draft, format: Draft["format"]): Draft {
  const checked = readManifest(draft.text, draft.format);
  if (!checked.ok) return draft;
  return { ...draft, format, text: writeManifest(checked.manifest, format) };
}

/** The step before or after. */
export const stepped = (draft: Draft, by: 1 | -1): Draft => ({
  ...draft,
  step: steps[steps.indexOf(draft.step) + by] ?? draft.step,
});
