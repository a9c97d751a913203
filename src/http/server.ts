import cookie from "@fastify/cookie";
import fastify, { LogController } from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { v7 as uuid } from "uuid";
import { authorize } from "./access/authorize.ts";
import { alertRoutes } from "./alerts/alert-routes.ts";
import { alertStoryRoutes } from "./alerts/alert-story-routes.ts";
import { boomerangRoutes } from "./alerts/boomerang/boomerang-routes.ts";
import { suppressionRoutes } from "./alerts/boomerang/suppression-routes.ts";
import { commentRoutes } from "./alerts/comment-routes.ts";
import { deliveryRoutes } from "./alerts/delivery-routes.ts";
import { answerFaults } from "./answers/answer-faults.ts";
import { logAnswers } from "./answers/log-answers.ts";
import { securityHeaders } from "./answers/security-headers.ts";
import { sendProblem } from "./answers/send-problem.ts";
import type { App, Deps } from "./deps.ts";
import { openApi } from "./docs/open-api.ts";
import { ingestRoutes } from "./ingest/ingest-routes.ts";
import { liveRoute } from "./live/live-route.ts";
import { apiTokenRoutes } from "./people/api-tokens.ts";
import { assigneeRoutes } from "./people/assignees.ts";
import { auditLogRoutes } from "./people/audit-log.ts";
import { passwordLinkRoutes } from "./people/password-links.ts";
import { roleRoutes } from "./people/roles.ts";
import { sessionRoutes } from "./people/session.ts";
import { slackTieRoutes } from "./people/slack-ties.ts";
import { userRoutes } from "./people/users.ts";
import { problem } from "./problem.ts";
import { destinationRoutes } from "./setup/destinations.ts";
import { detectionRoutes } from "./setup/detections.ts";
import { installationTrustRoutes } from "./setup/installing/installation-trust.ts";
import { oauthRoutes } from "./setup/installing/oauth-routes.ts";
import { slackInstallRoutes } from "./setup/installing/slack-installs.ts";
import { ledgerRoutes } from "./setup/ledger.ts";
import { overlapRoutes } from "./setup/overlap.ts";
import { settingsRoutes } from "./setup/settings.ts";
import { setupFaultRoutes } from "./setup/setup-faults.ts";
import { slackAppRoutes } from "./setup/slack-app.ts";
import { slackChannelRoutes } from "./setup/slack-channels.ts";
import { slackCheckRoutes } from "./setup/slack-check.ts";
import { slackManifestRoutes } from "./setup/slack-manifest.ts";
import { sourceKeyRoutes } from "./setup/source-keys.ts";
import { sourceRoutes } from "./setup/sources.ts";
import { testAlertRoutes } from "./setup/test-alert.ts";
import { consoleFiles } from "./site/console-files.ts";
import { healthRoutes } from "./site/health.ts";
import { metricsRoute } from "./site/metrics/metrics.ts";
import { slackRoutes } from "./slack/slack-routes.ts";

/** The doors, in the order of the documentation. Each gives its routes whole addresses. */
const doors: ((app: App, deps: Deps) => void)[] = [
  ingestRoutes,
  alertRoutes,
  alertStoryRoutes,
  commentRoutes,
  deliveryRoutes,
  boomerangRoutes,
  suppressionRoutes,
  liveRoute,
  slackRoutes,
  sourceRoutes,
  sourceKeyRoutes,
  detectionRoutes,
  destinationRoutes,
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
  passwordLinkRoutes,
  userRoutes,
  slackTieRoutes,
  assigneeRoutes,
  roleRoutes,
  apiTokenRoutes,
  settingsRoutes,
  auditLogRoutes,
];

const bodyLimit = 1024 * 1024;

/** Builds the server, which doesn't listen yet. Its log has ids and patterns of addresses, never what was sent. */
export async function buildServer(deps: Deps): Promise<App> {
  const { trustedProxies } = deps.config;
  const app = fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => uuid(),
    bodyLimit,
    frameworkErrors: (fault, _request, reply) => sendProblem(reply, problem(400, fault.message)),
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(cookie);
  answerFaults(app, deps);
  securityHeaders(app, deps);
  logAnswers(app);
  metricsRoute(app, deps);
  authorize(app, deps);
  await openApi(app);
  healthRoutes(app, deps);
  for (const addRoutes of doors) addRoutes(app, deps);
  await consoleFiles(app);
  return app;
}
