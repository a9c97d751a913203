import { changesText, isCall, isEmpty, type SaidEntry, valueText, words } from "./say-values.ts";

/** What an entry says besides its phrase: changes, and what its data names. */
export function detailsOf(entry: SaidEntry): string {
  const { action, changes, data, outcome } = entry;
  const more = extras[action]?.(entry);
  if (more !== undefined) return more;
  if (isCall(action)) return Array.isArray(data.fields) ? ` (${valueText(data.fields)})` : "";
  const shown = Object.entries(changes).filter(([name]) => !impliedFields[action]?.includes(name));
  const text = changesText(Object.fromEntries(shown));
  if (text) return `: ${text}`;
  return action === "settings.changed" && outcome === "ok" && isEmpty(changes) ? " without a difference" : "";
}

/** Fields that the phrase has said. */
const impliedFields: Record<string, string[]> = {
  "source.created": ["name"],
  "destination.created": ["displayName"],
  "slack_app.installed": ["team", "teamId", "enterpriseId", "orgInstall"],
  "slack_app.trusted": ["trusted"],
  "slack_app.distrusted": ["trusted"],
};

/** What follows the phrase where changes are not simply listed; undefined lists them. */
const extras: Record<string, (entry: SaidEntry) => string> = {
  "alert.change": ({ changes }) => {
    const rest = Object.entries(changes).filter(
      ([name], at) => name !== "status" && (changes.status || at > 0),
    );
    const said = rest.map(([name, { to }]) => {
      if (name === "comment") return "with a comment";
      if (name !== "assignee") return changesText({ [name]: { to } });
      return isEmpty(to) ? "unassigned" : `assigned to ${valueText(to)}`;
    });
    return said.length > 0 ? `, ${said.join(", ")}` : "";
  },
  "alert.suppress": ({ changes, data }) => {
    const time = changes.suppressedFor?.to;
    const person = data.person;
    return `${person === undefined ? "" : ` for ${valueText(person)}`}${isEmpty(time) ? "" : ` for ${valueText(time)}`}`;
  },
  "boomerang.answer": ({ changes }) =>
    isEmpty(changes.answer?.to) ? "" : `: ${valueText(changes.answer?.to)}`,
  "source.body_replayed": ({ data }) => countsText(data, ["taken", "stillRefused"]),
  "destination.welcomed": ({ data }) =>
    isEmpty(data.fault) ? "" : `, which failed (${words(valueText(data.fault))})`,
  "destination.resend": ({ data }) => (data.count === undefined ? "" : ` (${valueText(data.count)})`),
  "slack_manifest.handed_out": ({ data }) => (isEmpty(data.how) ? "" : ` (${words(valueText(data.how))})`),
  "session.others_ended": ({ data }) => (data.ended === undefined ? "" : ` (${valueText(data.ended)})`),
  "user.created": ({ changes: { role, email } }) =>
    `${role ? ` with the role ${valueText(role.to)}` : ""}${email ? ` (${valueText(email.to)})` : ""}`,
  "user.tied_to_slack": ({ changes: { name, slackUserId } }) =>
    name || slackUserId
      ? `: ${[name, slackUserId]
          .filter(Boolean)
          .map((one) => valueText(one?.to))
          .join(", ")}`
      : "",
  "user.untied_from_slack": ({ changes: { slackUserId } }) =>
    slackUserId ? `: ${valueText(slackUserId.from)}` : "",
  "api_token.created": ({ changes: { permissions, expiresAt, cidrs } }) => {
    const held = permissions ? ` with ${valueText(permissions.to)}` : "";
    const until = isEmpty(expiresAt?.to) ? "" : `, valid until ${valueText(expiresAt?.to)}`;
    return `${held}${until}${isEmpty(cidrs?.to) ? "" : `, from ${valueText(cidrs?.to)}`}`;
  },
  "secret_key.rotated": ({ data }) =>
    data.secrets === undefined ? "" : ` (${valueText(data.secrets)} secrets)`,
  "database.backed_up": ({ data }) => (data.withKey === true ? " with the secret key" : ""),
  "database.upgraded": ({ data }) => ` from PostgreSQL ${valueText(data.from)} to ${valueText(data.to)}`,
  "database.restored": ({ data }) => ` from a backup of ${valueText(data.takenAt)}`,
  "database.taken_over": ({ data }) => countsText(data, Object.keys(data)),
  "retention.deleted": ({ data }) => countsText(data, Object.keys(data)),
};

function countsText(data: SaidEntry["data"], names: readonly string[]): string {
  const counts = names
    .filter((name) => data[name] !== undefined)
    .map((name) => `${valueText(data[name])} ${words(name)}`);
  return counts.length > 0 ? `: ${counts.join(", ")}` : "";
}
