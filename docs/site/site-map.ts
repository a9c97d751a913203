/** A page of the site that is made from a Markdown file of the repository. */
export interface Page {
  /** The file, relative to the repository. */
  file: string;
  /** Its address on the site, without `.html`; a folder's page ends in `/`. */
  route: string;
  /** In the sidebar; otherwise the text of its first heading. */
  title?: string;
  /** The section of each entry of a list becomes a page of its own, below this folder. */
  split?: "source kinds" | "destination types";
}

/** A group of pages in the sidebar. */
export interface Group {
  title: string;
  pages: Page[];
}

/** The site in the order of its sidebar. Decisions and the API have pages of their own besides. */
export const groups: readonly Group[] = [
  {
    title: "Start",
    pages: [
      { file: "docs/start.md", route: "start" },
      { file: "docs/concepts.md", route: "concepts" },
    ],
  },
  {
    title: "Set up",
    pages: [
      { file: "docs/setup.md", route: "setup", title: "Slack" },
      { file: "docs/setup-faults.md", route: "setup-faults", title: "Faults of the Slack setup" },
      { file: "docs/sources.md", route: "sources/", title: "Sources", split: "source kinds" },
      {
        file: "docs/destinations.md",
        route: "destinations/",
        title: "Destinations",
        split: "destination types",
      },
      { file: "docs/sign-in.md", route: "sign-in", title: "Sign-in" },
    ],
  },
  {
    title: "Use",
    pages: [
      { file: "docs/triage.md", route: "triage", title: "Triage" },
      { file: "docs/boomerang.md", route: "boomerang", title: "Boomerang" },
      { file: "docs/delivery.md", route: "delivery", title: "Delivery" },
    ],
  },
  {
    title: "Operate",
    pages: [
      { file: "docs/operating.md", route: "operating", title: "Operations" },
      { file: "docs/config-as-code.md", route: "config-as-code", title: "Configuration as code" },
      { file: "docs/scale.md", route: "scale", title: "Scale" },
      { file: "docs/figures.md", route: "figures", title: "Figures" },
    ],
  },
  {
    title: "Security",
    pages: [
      { file: "SECURITY.md", route: "security", title: "What Tocsin promises" },
      { file: "docs/threat-model.md", route: "threat-model", title: "Threat model" },
      { file: "docs/audit-log.md", route: "audit-log", title: "Audit log" },
      { file: "docs/permissions.md", route: "permissions", title: "Who may call what" },
    ],
  },
  {
    title: "Reference",
    pages: [
      { file: "docs/behaviour.md", route: "behaviour", title: "Behaviour" },
      { file: "docs/source-kinds.md", route: "source-kinds", title: "What each source kind reads" },
      { file: "docs/words.md", route: "words", title: "Words" },
    ],
  },
  {
    title: "Project",
    pages: [
      { file: "ARCHITECTURE.md", route: "architecture", title: "Architecture" },
      { file: "CONTRIBUTING.md", route: "contributing", title: "Contributing" },
      { file: "simulator/README.md", route: "simulator", title: "The Slack simulator" },
      { file: "CHANGELOG.md", route: "changelog", title: "Changelog" },
    ],
  },
];

/** Pages that another page leads to. */
export const furtherPages: readonly Page[] = [
  { file: "docs/webhooks.md", route: "destinations/custom-webhook", title: "Custom Webhook" },
];
