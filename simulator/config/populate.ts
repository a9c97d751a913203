import { createApp } from "../apps/create-app.ts";
import type { InstallTarget } from "../workspace/app.ts";
import { addChannel } from "../workspace/conversations.ts";
import { install } from "../workspace/install.ts";
import { makeUser, type User } from "../workspace/user.ts";
import { makeWorkspace, type Organisation, type Workspace, type World } from "../workspace/workspace.ts";
import { installationsIn } from "../workspace/world.ts";
import { addMessage } from "../workspace/write-message.ts";
import type { Config } from "./read-config.ts";

type Entry<K extends keyof Config> = Config[K] extends (infer T)[] ? T : never;
type Channel = Entry<"workspaces">["channels"][number];

const named = ({ users }: Workspace, name: string): User[] =>
  [...users.values()].filter((one) => one.name === name);

/** In an organisation, people with the same name are the same person, with one ID in all workspaces. */
function addPeople(workspace: Workspace, { people, domain }: Entry<"workspaces">): void {
  const siblings = [...workspace.world.workspaces.values()].filter(
    (one) => one !== workspace && one.enterprise && one.enterprise === workspace.enterprise,
  );
  for (const { name, role, deactivated, ...person } of people) {
    const [known] = siblings.flatMap((one) => named(one, name));
    const id = known?.id ?? workspace.makeId("U");
    const user = makeUser({
      id,
      name,
      teamId: known?.teamId ?? workspace.team.id,
      realName: person.realName ?? name,
      email: person.email ?? `${name}@${domain}.example`,
      isAdmin: role === "admin",
      isRestricted: role === "guest" || role === "single-channel-guest",
      isUltraRestricted: role === "single-channel-guest",
      deleted: deactivated,
    });
    workspace.users.set(id, user);
  }
}

function addConfiguredChannel(
  workspace: Workspace,
  { name, kind, topic, archived, ...given }: Channel,
): void {
  const everyone = [...workspace.users.values()].filter(({ isBot }) => !isBot);
  const people = given.members?.flatMap((member) => named(workspace, member)) ?? everyone;
  const bots = installationsIn(workspace).filter(({ app }) =>
    [app.name, app.settings.botName].some((name) => given.apps.includes(name)),
  );
  const channel = addChannel(workspace, {
    name,
    kind,
    topic,
    isArchived: archived,
    creator: people[0]?.id ?? "",
    members: new Set([...people.map(({ id }) => id), ...bots.map(({ botUserId }) => botUserId)]),
    withApp: false,
  });
  for (const { from, text } of given.messages)
    for (const { id } of named(workspace, from)) addMessage(workspace, channel, { user: id, text });
}

/** The workspace with this name; otherwise the organisation with all its workspaces. */
function targetNamed({ workspaces, organisations }: World, name: string): InstallTarget {
  const workspace = [...workspaces.values()].find(({ team }) => team.name === name);
  if (workspace) return { kind: "workspace", teamId: workspace.team.id };
  const [organisation] = organisations.values();
  if (!organisation) throw new Error(`No workspace is named ${name}`);
  const { id: enterpriseId, teams } = organisation;
  return { kind: "organisation", enterpriseId, teams: new Set(teams), addsFuture: false };
}

function addApp(
  world: World,
  { manifest, installedIn, verified, signingSecret, botToken }: Entry<"apps">,
): void {
  const all = [...world.workspaces.values()];
  const [home] = all;
  const [creator] = home ? [...home.users.values()] : [];
  if (!home || !creator) throw new Error("Apps need at least one workspace with a person");
  const app = createApp(world, { manifest, teamId: home.team.id, createdBy: creator.id });
  app.isVerified = verified;
  app.signingSecret = signingSecret ?? app.signingSecret;
  for (const [index, target] of installedIn.map((name) => targetNamed(world, name)).entries())
    install(world, app, {
      target,
      scopes: app.settings.scopes,
      // A token belongs to one installation, so the configured one goes to the first.
      ...(botToken && index === 0 && { botToken }),
    });
}

/** Fills an empty world from a config file. */
export function populate(world: World, config: Config): void {
  let enterprise: Organisation | undefined;
  if (config.organisation) {
    enterprise = { ...config.organisation, id: world.makeId("E"), teams: new Set() };
    world.organisations.set(enterprise.id, enterprise);
  }
  const made = config.workspaces.map((given) => {
    const team = { id: world.makeId("T"), name: given.name, domain: given.domain };
    const workspace = makeWorkspace(world, { team, ...(enterprise && { enterprise }) });
    addPeople(workspace, given);
    return { workspace, given };
  });
  for (const app of config.apps) addApp(world, app);
  for (const { workspace, given } of made)
    for (const channel of given.channels) addConfiguredChannel(workspace, channel);
}
