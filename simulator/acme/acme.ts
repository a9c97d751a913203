import type { Channel } from "../workspace/channel.ts";
import { addChannel } from "../workspace/conversations.ts";
import { install } from "../workspace/install.ts";
import { makeUser } from "../workspace/user.ts";
import { makeWorkspace, type Organisation, type Workspace, type World } from "../workspace/workspace.ts";
import { tocsinApp } from "./tocsin-app.ts";

const people = [
  ["U0ADA00001", "ada", "Ada Lovelace"],
  ["U0GRACE001", "grace", "Grace Hopper"],
  ["U0EVE00001", "eve", "Eve Adler"],
  ["U0MALLORY1", "mallory", "Mallory Crane"],
] as const;

type ChannelSetup = Pick<Channel, "id" | "name" | "kind" | "topic"> & { withApp: boolean };

const channels: ChannelSetup[] = [
  { id: "C0SECURITY1", name: "security", kind: "public", topic: "Alerts and who takes them", withApp: true },
  { id: "C0PLATFORM1", name: "platform", kind: "public", topic: "Keeping the lights on", withApp: true },
  { id: "C0RANDOM001", name: "random", kind: "public", topic: "Everything else", withApp: false },
  { id: "C0SECPRIV01", name: "sec-private", kind: "private", topic: "Incidents", withApp: true },
];

const channelsInEurope: ChannelSetup[] = [
  { id: "C0SECEUROPE", name: "security-eu", kind: "public", topic: "Alerts, European hours", withApp: true },
  { id: "C0GENERALEU", name: "general", kind: "public", topic: "", withApp: false },
];

const admins = ["ada", "grace"];

/** Adds Ada and Grace (admins), Eve and Mallory. In an organisation, people have the same ID in every workspace. */
function addPeople(workspace: Workspace, homeId: string): void {
  for (const [id, name, realName] of people) {
    const email = `${name}@acme.example`;
    workspace.users.set(
      id,
      makeUser({ id, name, realName, email, teamId: homeId, isAdmin: admins.includes(name) }),
    );
  }
}

const privateMembers = ["U0ADA00001", "U0GRACE001"];

function addChannels(workspace: Workspace, all: readonly ChannelSetup[], isInstalled: boolean): void {
  for (const { withApp, ...given } of all) {
    const members = given.kind === "private" ? { members: new Set(privateMembers) } : {};
    addChannel(workspace, { ...given, ...members, withApp: withApp && isInstalled });
  }
}

export type AcmeOptions = {
  /** Whether ACME is one workspace, or an Enterprise organisation of two, ACME and ACME Europe. */
  shape?: "workspace" | "organisation";
  /** Whether the app Tocsin exists and is installed already; in an organisation, org-wide by default. */
  withApp?: boolean;
  /** Where the app is installed, if that differs from `shape`. */
  installedFor?: "workspace" | "organisation";
  requestUrl?: string | undefined;
};

/** The default world: Ada triages, Grace owns the channel, Eve answers questions, Mallory has no access. */
export function acme(
  world: World,
  { shape = "workspace", withApp = true, installedFor = shape, requestUrl }: AcmeOptions,
): void {
  const organisation: Organisation = {
    id: "E0ACME0001",
    name: "ACME Group",
    domain: "acme-group",
    teams: new Set(),
  };
  const isOrganisation = shape === "organisation";
  const enterprise = isOrganisation ? { enterprise: organisation } : {};
  if (isOrganisation) world.organisations.set(organisation.id, organisation);
  const home = makeWorkspace(world, {
    team: { id: "T0ACME0001", name: "ACME", domain: "acme" },
    ...enterprise,
  });
  addPeople(home, home.team.id);
  const europe = isOrganisation
    ? makeWorkspace(world, {
        team: { id: "T0ACMEEUR1", name: "ACME Europe", domain: "acme-eu" },
        ...enterprise,
      })
    : undefined;
  if (europe) addPeople(europe, home.team.id);
  if (withApp) {
    const app = tocsinApp(requestUrl);
    world.apps.set(app.id, app);
    install(world, app, {
      target:
        isOrganisation && installedFor === "organisation"
          ? {
              kind: "organisation",
              enterpriseId: organisation.id,
              teams: new Set(organisation.teams),
              addsFuture: false,
            }
          : { kind: "workspace", teamId: home.team.id },
      scopes: app.settings.scopes,
      botId: "B0TOCSIN01",
      botUserId: "U0TOCSIN01",
      botToken: "xoxb-simulated-acme-tocsin",
    });
  }
  addChannels(home, channels, withApp);
  if (europe) addChannels(europe, channelsInEurope, withApp);
}
