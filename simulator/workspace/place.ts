/** Where an app is installed: in one workspace, or in an organisation that lets it into some of its own. */
export type Place =
  | { kind: "workspace"; teamId: string }
  | {
      kind: "organisation";
      enterpriseId: string;
      teams: Set<string>;
      /** Whether workspaces that come to be later let the app in by themselves. */
      addsFuture: boolean;
    };
