import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { basePath } from "./api/base-path.ts";
import { readFilters } from "./pages/alerts/filters/filters.ts";
import { readAuditSearch } from "./pages/audit/filters.ts";
import { readRange } from "./pages/overview/range.ts";
import { installOrigin } from "./pages/slack-bot/setup-progress.ts";
import { NotFound, Shell } from "./shell/shell.tsx";

type Search = Record<string, string | string[] | undefined>;

/** Turns `?severity=HIGH&logType=a&logType=b` into `{severity: "HIGH", logType: ["a", "b"]}`. */
export function parseSearch(text: string): Search {
  const params = new URLSearchParams(text);
  const names = [...new Set(params.keys())];
  return Object.fromEntries(names.map((name) => [name, unwrapSingle(params.getAll(name))]));
}

/** The inverse of `parseSearch`; undefined values are left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item === "string") params.append(name, item);
    }
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

function unwrapSingle(values: string[]): string | string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: ({ next }: { next?: unknown }): { next?: string } =>
    // Only a path of this Console: a link must not lead to another site after sign-in.
    typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {},
  component: lazyRouteComponent(() => import("./pages/sign-in/page.tsx"), "SignInPage"),
});
const confirmed = createRoute({
  getParentRoute: () => root,
  path: "/confirmed",
  component: lazyRouteComponent(() => import("./pages/sign-in/page.tsx"), "ConfirmedPage"),
});
const confirmAnswer = createRoute({
  getParentRoute: () => root,
  path: "/confirm-answer/$id",
  component: lazyRouteComponent(() => import("./pages/confirm-answer/page.tsx"), "ConfirmAnswerPage"),
});
const linkPage = lazyRouteComponent(() => import("./pages/sign-in/link-page.tsx"), "LinkPage");
const welcome = createRoute({ getParentRoute: () => root, path: "/welcome", component: linkPage });
const setPassword = createRoute({ getParentRoute: () => root, path: "/set-password", component: linkPage });

const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });
const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/alerts" });
  },
});
const alerts = createRoute({
  getParentRoute: () => shell,
  path: "/alerts",
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import("./pages/alerts/page.tsx"), "AlertsPage"),
});
const alert = createRoute({
  getParentRoute: () => shell,
  path: "/alerts/$alert",
  component: lazyRouteComponent(() => import("./pages/alert/page.tsx"), "AlertPage"),
});
const overview = createRoute({
  getParentRoute: () => shell,
  path: "/overview",
  validateSearch: readRange,
  component: lazyRouteComponent(() => import("./pages/overview/page.tsx"), "OverviewPage"),
});
const destinations = createRoute({
  getParentRoute: () => shell,
  path: "/configure/destinations",
  component: lazyRouteComponent(() => import("./pages/destinations/page.tsx"), "DestinationsPage"),
});
const destination = createRoute({
  getParentRoute: () => shell,
  path: "/configure/destinations/$destination",
  component: lazyRouteComponent(() => import("./pages/destination/page.tsx"), "DestinationPage"),
});
const newSlackBot = createRoute({
  getParentRoute: () => shell,
  path: "/configure/destinations/new/slack-bot",
  component: lazyRouteComponent(() => import("./pages/slack-bot/page.tsx"), "SlackBotStart"),
});
const slackBotApp = createRoute({
  getParentRoute: () => shell,
  path: "/configure/destinations/new/slack-bot/app",
  component: lazyRouteComponent(() => import("./pages/slack-bot/app-step.tsx"), "AppStep"),
});
const slackBotForm = createRoute({
  getParentRoute: () => shell,
  path: "/configure/destinations/new/slack-bot/form",
  validateSearch: readInstall,
  component: lazyRouteComponent(() => import("./pages/slack-bot/form-step.tsx"), "FormStep"),
});
const slackBotFinish = createRoute({
  getParentRoute: () => shell,
  path: "/configure/destinations/new/slack-bot/finish",
  validateSearch: ({ destination }: { destination?: unknown }): { destination?: string } =>
    typeof destination === "string" ? { destination } : {},
  component: lazyRouteComponent(() => import("./pages/slack-bot/finish-step.tsx"), "FinishStep"),
});
/** The same path as in the API, as a short link. */
const shortDestination = createRoute({
  getParentRoute: () => shell,
  path: "/destinations/$destination",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/configure/destinations/$destination", params });
  },
});
const sources = createRoute({
  getParentRoute: () => shell,
  path: "/configure/sources",
  component: lazyRouteComponent(() => import("./pages/sources/page.tsx"), "SourcesPage"),
});
const source = createRoute({
  getParentRoute: () => shell,
  path: "/configure/sources/$source",
  component: lazyRouteComponent(() => import("./pages/source/page.tsx"), "SourcePage"),
});
const sourceExpressions = createRoute({
  getParentRoute: () => shell,
  path: "/configure/sources/$source/expressions",
  component: lazyRouteComponent(() => import("./pages/expressions/page.tsx"), "ExpressionsPage"),
});
const detections = createRoute({
  getParentRoute: () => shell,
  path: "/configure/detections",
  component: lazyRouteComponent(() => import("./pages/detections/page.tsx"), "DetectionsPage"),
});
const silences = createRoute({
  getParentRoute: () => shell,
  path: "/configure/silences",
  component: lazyRouteComponent(() => import("./pages/silences/page.tsx"), "SilencesPage"),
});
const slackApp = createRoute({
  getParentRoute: () => shell,
  path: "/configure/slack-app",
  validateSearch: readInstall,
  beforeLoad: ({ search }) => {
    if (search.install !== undefined && installOrigin.takeWizard())
      throw redirect({ to: "/configure/destinations/new/slack-bot/form", search, replace: true });
  },
  component: lazyRouteComponent(() => import("./pages/slack-app/page.tsx"), "SlackAppPage"),
});
const users = createRoute({
  getParentRoute: () => shell,
  path: "/configure/users",
  component: lazyRouteComponent(() => import("./pages/users/page.tsx"), "UsersPage"),
});
const roles = createRoute({
  getParentRoute: () => shell,
  path: "/configure/roles",
  component: lazyRouteComponent(() => import("./pages/roles/page.tsx"), "RolesPage"),
});
const tokens = createRoute({
  getParentRoute: () => shell,
  path: "/configure/api-tokens",
  component: lazyRouteComponent(() => import("./pages/tokens/page.tsx"), "TokensPage"),
});
const audit = createRoute({
  getParentRoute: () => shell,
  path: "/configure/audit-log",
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import("./pages/audit/page.tsx"), "AuditPage"),
});
const auditStreams = createRoute({
  getParentRoute: () => shell,
  path: "/configure/audit-log/streaming",
  component: lazyRouteComponent(() => import("./pages/audit-streams/page.tsx"), "AuditStreamsPage"),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/configure/settings",
  component: lazyRouteComponent(() => import("./pages/settings/page.tsx"), "SettingsPage"),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: "/account",
  component: lazyRouteComponent(() => import("./pages/account/page.tsx"), "AccountPage"),
});

/** Slack's redirect adds the id of an installation that waits for confirmation. */
function readInstall({ install }: { install?: unknown }): { install?: string } {
  return typeof install === "string" ? { install } : {};
}

const configure = [
  destinations,
  destination,
  newSlackBot,
  slackBotApp,
  slackBotForm,
  slackBotFinish,
  shortDestination,
  sources,
  source,
  sourceExpressions,
  detections,
  silences,
  slackApp,
  users,
  roles,
  tokens,
  audit,
  auditStreams,
  settings,
] as const;
const routeTree = root.addChildren([
  signIn,
  confirmed,
  confirmAnswer,
  welcome,
  setPassword,
  shell.addChildren([home, alerts, alert, overview, account, ...configure]),
]);

export const router = createRouter({
  basepath: basePath || "/",
  routeTree,
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultPreload: "intent",
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
