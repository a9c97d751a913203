import type { Page } from "../../src/api/page.ts";
import type { AutomaticPreviewBody } from "../../src/boomerang/automatic/contract.ts";
import type {
  SlackAppBody,
  SlackAppChange,
  SlackChannelsBody,
  SlackChecked,
  SlackInstallBody,
  SlackManifestBody,
} from "../../src/connect/contract.ts";
import type {
  DestinationBody,
  DestinationChange,
  DestinationTypeBody,
  NewDestination,
  OverlapBody,
} from "../../src/deliver/contract.ts";
import type {
  DetectionBody,
  DetectionChange,
  NewSource,
  PreviewBody,
  SourceBody,
  SourceKindBody,
  SourcePreview,
} from "../../src/ingest/contract.ts";
import type { LedgerEntry, RecentAttempt } from "../../src/outbox/contract.ts";
import type { SettingsBody, SettingsChange } from "../../src/triage/contract.ts";
import type { SetupFaultBody, UntrustedProxyBody } from "../../src/watch/contract.ts";
import { type Query, queryString, request } from "./request.ts";

interface CreatedKey {
  id: string;
  key: string;
  hint: string;
}
type SourceChange = Partial<Omit<NewSource, "kind">>;

export type ManifestSettings = SlackManifestBody["settings"];
interface ManifestHandout extends ManifestSettings {
  hash: string;
  how: NonNullable<SlackManifestBody["handedOut"]>["how"];
}

/** Sources, detections, destinations, settings and the Slack app. */
export const setupApi = {
  destinationTypes: () => request<Page<DestinationTypeBody>>("GET", "/destination-types"),
  destinations: () => request<Page<DestinationBody>>("GET", `/destinations${all}`),
  addDestination: (body: NewDestination) => request<DestinationBody>("POST", "/destinations", body),
  changeDestination: (id: string, change: DestinationChange) =>
    request<DestinationBody>("PATCH", `/destinations/${id}`, change),
  deleteDestination: (id: string) => request<void>("DELETE", `/destinations/${id}`),
  destination: (id: string) => request<DestinationBody>("GET", `/destinations/${id}`),
  /** Waiting or failed deliveries. */
  deliveries: (id: string, query: Query) =>
    request<Page<LedgerEntry>>("GET", `/destinations/${id}/deliveries${queryString(query)}`),
  attempts: (id: string) => request<Page<RecentAttempt>>("GET", `/destinations/${id}/attempts`),
  resendAll: (id: string) => request<{ resent: number }>("POST", `/destinations/${id}/resend`),
  testAlert: (id: string) => request<{ number: number }>("POST", `/destinations/${id}/test-alert`),
  welcome: (id: string) => request<unknown>("POST", `/destinations/${id}/welcome`),

  /** Destinations of other channels that would get some of the same alerts. */
  overlap: (filter: Query) => request<OverlapBody>("GET", `/destinations/overlap${queryString(filter)}`),

  untrustedProxies: () => request<Page<UntrustedProxyBody>>("GET", "/untrusted-proxies"),
  setupFaults: () => request<Page<SetupFaultBody>>("GET", "/setup-faults"),

  settings: () => request<SettingsBody>("GET", "/settings"),
  changeSettings: (change: SettingsChange) => request<SettingsBody>("PATCH", "/settings", change),

  sourceKinds: () => request<Page<SourceKindBody>>("GET", "/source-kinds"),
  sources: () => request<Page<SourceBody>>("GET", `/sources${all}`),
  addSource: (body: NewSource) => request<SourceBody & { key: string }>("POST", "/sources", body),
  changeSource: (id: string, change: SourceChange) => request<SourceBody>("PATCH", `/sources/${id}`, change),
  /** What expressions make of a sample; stores nothing. */
  previewSource: (body: SourcePreview) => request<PreviewBody>("POST", "/sources/preview", body),
  deleteSource: (id: string) => request<void>("DELETE", `/sources/${id}`),
  addKey: (id: string) => request<CreatedKey>("POST", `/sources/${id}/keys`),
  deleteKey: (id: string, keyId: string) => request<void>("DELETE", `/sources/${id}/keys/${keyId}`),

  detections: (query: Query) =>
    request<Page<DetectionBody>>("GET", `/detections${queryString({ limit: 50, ...query })}`),
  overrideDetection: (id: string, destinations: string[] | null) =>
    request<DetectionBody>("PATCH", `/detections/${id}`, { destinations }),
  setAutomaticBoomerang: (id: string, automaticBoomerang: DetectionChange["automaticBoomerang"]) =>
    request<DetectionBody>("PATCH", `/detections/${id}`, { automaticBoomerang }),
  previewAutomaticBoomerang: (id: string, setting: NonNullable<DetectionChange["automaticBoomerang"]>) =>
    request<AutomaticPreviewBody>("POST", `/detections/${id}/boomerang-preview`, setting),

  slackApp: () => request<SlackAppBody>("GET", "/slack/app"),
  /** The result of an OAuth installation in Slack. */
  slackInstall: (id: string) => request<SlackInstallBody>("GET", `/slack/installs/${encodeURIComponent(id)}`),
  confirmInstall: (id: string) => request<unknown>("POST", `/slack/installs/${id}/confirm`),
  trustInstallation: ({ id, trusted }: { id: string; trusted: boolean }) =>
    request<unknown>("PATCH", `/slack/installations/${id}`, { trusted }),
  changeSlackApp: (change: SlackAppChange) => request<SlackAppBody>("PUT", "/slack/app", change),
  /** Channels that match the typed text. */
  channels: (query: Query) => request<SlackChannelsBody>("GET", `/slack/channels${queryString(query)}`),
  /** Checks each value with Slack, without saving it. */
  checkSlackApp: (values: object) => request<SlackChecked>("POST", "/slack/app/check", values),
  /** Options left out default to the app's settings, or to those of the manifest that was taken last. */
  manifest: (options: Partial<ManifestSettings>) =>
    request<SlackManifestBody>("GET", `/slack/manifest${queryString(flags(options))}`),
  recordManifestHandout: (handout: ManifestHandout) =>
    request<void>("POST", "/slack/manifest/handed-out", handout),
};

/** One page: nobody is expected to have more than 50 sources or destinations. */
const all = "?limit=50";

function flags({ mode, threadMirror, orgWide }: Partial<ManifestSettings>): Query {
  return { mode, threadMirror: flag(threadMirror), orgWide: flag(orgWide) };
}

function flag(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
