interface Setup {
  /** An administrator must approve the app first. */
  approval: boolean;
  /** Installed in an Enterprise Grid organisation instead of one workspace. */
  grid: boolean;
  mode: "http" | "socket";
}

const createApp = (workspace: string) => [
  "Open [Your Apps] and press **Create New App**.",
  "Choose **From an app manifest**.",
  `${workspace}, then press **Next**.`,
  "Choose the **YAML** tab, replace the pre-filled Demo App content with the manifest above, and press **Next**.",
  "Review the summary and press **Create**.",
];

const optIn =
  "Under **Manage Distribution**, open **Distribute App**. If it still says **Opt into Org Level Apps**, press **Opt-in**, tick the box and press **Yes, Opt-in**.";
const addWorkspaces =
  "In Slack's confirmation, follow **add it to some of your workspaces** and choose the workspaces. Include future ones if you like.";

function install({ approval, grid }: Setup): string[] {
  const button = grid ? "Install to Organization" : "Install to Workspace";
  const page = grid ? "Under **Settings**, open **Install App**, press" : "Press";
  const installed = approval
    ? [
        `${page} **Request to Install**, paste the text below as the optional message, and press **Submit Request**. Slack confirms with **Request Submitted**.`,
        "Ask your administrator to approve it, but not to install it yet. You can close this page and come back later.",
        `Once it is approved, press **${button}**, then **Allow**.`,
      ]
    : [`${page} **${button}**, then **Allow**.`];
  if (grid)
    return [
      ...createApp("Pick one workspace of the organisation (you add the others later)"),
      optIn,
      ...installed,
      addWorkspaces,
    ];
  return [...createApp("Pick the workspace that should receive alerts"), ...installed];
}

const connect = {
  http: "Open **Event Subscriptions** and press **Verify** beside the Request URL. Slack doesn't do this automatically.",
  socket:
    "On **Basic Information** under **App-Level Tokens**, press **Generate Token and Scopes**, name it, add the scope **connections:write**, press **Generate**, and keep the token (it starts with xapp-) for the form.",
} as const;

const icon =
  "Optional: under **Basic Information** > **Display Information**, press **+ Add App Icon** and choose the icon that you downloaded above.";
const back =
  "Go back to **Basic Information** and leave the page open: the form of the next step asks for values from that page.";

/** The steps in Slack, in order. Names of Slack's buttons are between double asterisks. */
export function instructionsFor(setup: Setup): string[] {
  return [...install(setup), connect[setup.mode], icon, back];
}
