import { randomUUID } from "node:crypto";
import cookie from "@fastify/cookie";
import fastify, { LogController } from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { App, Deps } from "../api/deps.ts";
import { boomerangRoutes } from "../boomerang/boomerang-routes.ts";
import { confirmAnswerRoutes } from "../boomerang/second-factor/confirm-routes.ts";
import { suppressionRoutes } from "../boomerang/suppression/suppression-routes.ts";
import { slackAppRoutes, slackCheckRoutes } from "../connect/app/app-routes.ts";
import { slackChannelRoutes } from "../connect/channels/channel-routes.ts";
import { slackLinkRoutes } from "../connect/identity/slack-link-routes.ts";
import {
  installationTrustRoutes,
  oauthRoutes,
  slackInstallRoutes,
} from "../connect/installations/install-routes.ts";
import { slackManifestRoutes } from "../connect/manifest/manifest-routes.ts";
import { auditStreamRoutes, auditStreamTestRoutes } from "../deliver/audit-stream/stream-routes.ts";
import { deliveryRoutes } from "../deliver/destinations/delivery-routes.ts";
import {
  destinationRoutes,
  destinationTypeRoutes,
  overlapRoutes,
} from "../deliver/destinations/destination-routes.ts";
import { ledgerRoutes } from "../deliver/destinations/ledger-routes.ts";
import { previewRoutes } from "../ingest/expressions/preview-routes.ts";
import { ingestRoutes } from "../ingest/ingest-route.ts";
import { sourceBodyRoutes } from "../ingest/kept-bodies/body-routes.ts";
import { sourceKeyRoutes, sourceKindRoutes, sourceRoutes } from "../ingest/source-routes.ts";
import { testAlertRoutes } from "../ingest/test-alert.ts";
import {
  confirmSessionRoutes,
  ownPasswordRoutes,
  ownSessionRoutes,
} from "../people/account/account-routes.ts";
import { ownSettingsRoutes } from "../people/account/own-settings.ts";
import { auditLogRoutes } from "../people/audit-log/audit-route.ts";
import {
  confirmByPasskeyRoutes,
  factorRoutes,
  passkeyRoutes,
  totpRoutes,
} from "../people/factors/factor-routes.ts";
import { roleRoutes } from "../people/roles/role-routes.ts";
import { apiTokenRoutes } from "../people/token-routes.ts";
import { assigneeRoutes, userRoutes } from "../people/user-routes.ts";
import { detectionRoutes } from "../route/detection-routes.ts";
import { liftSilenceRoute } from "../route/lift-silence.ts";
import { silenceRoutes } from "../silence/silence-routes.ts";
import { alertRoutes } from "../triage/alert-routes.ts";
import { overviewRoutes } from "../triage/overview/overview-routes.ts";
import { seenBeforeRoutes } from "../triage/seen-before/seen-before-routes.ts";
import { alertHistoryRoutes, commentRoutes } from "../triage/story-routes.ts";
import { settingsRoutes } from "../triage/triage-settings.ts";
import { viewRoutes } from "../triage/views/view-routes.ts";
import { setupFaultRoutes } from "../watch/fault-routes.ts";
import { plainAddress } from "../watch/untrusted-proxies.ts";
import { handleErrors, sendProblem } from "./answer-faults.ts";
import { logResponses, securityHeaders } from "./answer-headers.ts";
import { arrivalLimits, badAddress, readJson, refuseUnstorable } from "./arrival.ts";
import { authorize } from "./authorize.ts";
import { openApi } from "./docs/open-api.ts";
import { liveRoute } from "./live-route.ts";
import { metricsRoute } from "./metrics.ts";
import { noticeProxies, untrustedProxyRoutes } from "./notice-proxies.ts";
import { oidcRoutes } from "./oidc/oidc-routes.ts";
import { secondFactorRoutes } from "./second-factor-routes.ts";
import { redirectBelow, rewriteBelow } from "./served-below.ts";
import { passwordLinkRoutes, sessionRoutes, signInWaysRoutes } from "./session-routes.ts";
import { consoleFiles, healthRoutes } from "./site.ts";
import { slackRoutes } from "./slack-routes.ts";

/** The route groups, in the order of the API's documentation. */
const routeGroups: ((app: App, deps: Deps) => void)[] = [
  ingestRoutes,
  alertRoutes,
  alertHistoryRoutes,
  seenBeforeRoutes,
  commentRoutes,
  overviewRoutes,
  deliveryRoutes,
  viewRoutes,
  boomerangRoutes,
  confirmAnswerRoutes,
  suppressionRoutes,
  silenceRoutes,
  liftSilenceRoute,
  liveRoute,
  slackRoutes,
  sourceKindRoutes,
  sourceRoutes,
  previewRoutes,
  sourceKeyRoutes,
  sourceBodyRoutes,
  detectionRoutes,
  destinationRoutes,
  destinationTypeRoutes,
  overlapRoutes,
  testAlertRoutes,
  ledgerRoutes,
  setupFaultRoutes,
  slackAppRoutes,
  slackCheckRoutes,
  slackChannelRoutes,
  slackManifestRoutes,
  oauthRoutes,
  slackInstallRoutes,
  installationTrustRoutes,
  sessionRoutes,
  signInWaysRoutes,
  oidcRoutes,
  secondFactorRoutes,
  passwordLinkRoutes,
  ownPasswordRoutes,
  confirmSessionRoutes,
  confirmByPasskeyRoutes,
  ownSessionRoutes,
  ownSettingsRoutes,
  factorRoutes,
  passkeyRoutes,
  totpRoutes,
  userRoutes,
  slackLinkRoutes,
  assigneeRoutes,
  roleRoutes,
  apiTokenRoutes,
  settingsRoutes,
  untrustedProxyRoutes,
  auditLogRoutes,
  auditStreamRoutes,
  auditStreamTestRoutes,
];

const bodyLimit = 1024 * 1024;

/** In place of Fastify's own compilers, whose hundred files would make each start slower. */
function notUsed(): never {
  throw new Error("The schemas of routes are zod's.");
}

/** Builds the server, which doesn't listen yet. It logs ids and route patterns, never what was sent. */
export async function buildServer(deps: Deps): Promise<App> {
  const { trustedProxies, publicUrl } = deps.config;
  const rewriteUrl = rewriteBelow(publicUrl);
  const app = fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit,
    ...arrivalLimits,
    schemaController: { compilersFactory: { buildValidator: notUsed, buildSerializer: notUsed } },
    // An alias of Opsgenie, in its path, has up to 512 characters.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512 },
    frameworkErrors: (fault, _request, reply) => sendProblem(reply, badAddress(fault)),
    ...(rewriteUrl && { rewriteUrl }),
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  readJson(app);
  plainAddresses(app);
  redirectBelow(app, publicUrl);
  await app.register(cookie);
  handleErrors(app, deps);
  securityHeaders(app, deps);
  logResponses(app);
  metricsRoute(app, deps);
  authorize(app, deps);
  noticeProxies(app, deps);
  refuseUnstorable(app);
  endConnections(app);
  await openApi(app, deps.config);
  healthRoutes(app, deps);
  for (const addRoutes of routeGroups) addRoutes(app, deps);
  await consoleFiles(app, deps.config);
  return app;
}

/** On a socket for IPv6 and IPv4, Node.js shows IPv4 peers as ::ffff:192.0.2.1; everybody knows them as 192.0.2.1. */
function plainAddresses(app: App): void {
  app.server.on("connection", (socket) => {
    const { remoteAddress } = socket;
    if (remoteAddress?.startsWith("::ffff:"))
      Object.defineProperty(socket, "remoteAddress", { value: plainAddress(remoteAddress) });
  });
}

/** Time for running requests of a node that stops. An upload may take longer than Docker waits. */
const requestGraceMs = 3000;

/** Ends the connections that are still open some time after the node was told to stop. */
function endConnections(app: App): void {
  let timer: NodeJS.Timeout | undefined;
  app.addHook("preClose", async () => {
    timer = setTimeout(() => app.server.closeAllConnections(), requestGraceMs);
  });
  app.server.on("close", () => clearTimeout(timer));
}
