import type { Simulator } from "../../../simulator.ts";
import type { App } from "../../../workspace/app.ts";
import type { User } from "../../../workspace/user.ts";
import type { ManifestError } from "../../manifest/manifest-error.ts";
import type { Html } from "../html.ts";

/** Somebody looks at a page. */
export type Visit = {
  simulator: Simulator;
  /** Who one acts as; there is no sign-in. */
  user: User;
  /** The address of the page, with its query. */
  path: string;
  query: URLSearchParams;
};

/** Somebody looks at a page of an app's settings. */
export type AppVisit = Visit & { app: App; refused: readonly ManifestError[] };

/** What became of a pressed button: done, with words for it and where to go on, or refused. */
export type Outcome =
  | { ok: true; told?: string; to?: string }
  | { ok: false; errors: readonly ManifestError[] };

/** One page of an app's settings: what it shows, and what its buttons do, by name. */
export type SettingsPage = {
  path: string;
  title: string;
  /** Whether the menu lists it; it does unless told. */
  isListed?: (visit: AppVisit) => boolean;
  show: (visit: AppVisit) => Html;
  deeds: Record<string, (visit: AppVisit, form: FormData) => Outcome | Promise<Outcome>>;
};
