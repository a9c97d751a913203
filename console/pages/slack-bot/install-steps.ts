/** Who brings the app into Slack: somebody who may, somebody who has to ask, or for a whole organisation. */
export type Way = "admin" | "request" | "grid";

interface Situation {
  way: Way;
  mode: "http" | "socket";
}

const make = (workspace: string) => [
  "Open [Your Apps] and press **Create New App**.",
  "Choose **From an app manifest**.",
  `${workspace}, then press **Next**.`,
  "Choose the **YAML** tab, replace the pre-filled Demo App content with the manifest above, and press **Next**.",
  "Look through the summary and press **Create**.",
];

const install: Record<Way, string[]> = {
  admin: [
    ...make("Pick the workspace that the alerts shall go to"),
    "Press **Install to Workspace**, then **Allow**.",
  ],
  request: [
    ...make("Pick the workspace that the alerts shall go to"),
    "Press **Request to Install**, paste the text below as the optional message, and press **Submit Request**. Slack says **Request Submitted**.",
    "Ask your administrator to approve it, but not to install it yet. You may close this page: Tocsin knows where you were.",
    "Once it is approved, press **Install to Workspace**, then **Allow**.",
  ],
  grid: [
    ...make("Pick one workspace of the organisation (the others come later)"),
    "Under **Manage Distribution**, open **Distribute App**. If it still says **Opt into Org Level Apps**, press **Opt-in**, tick the box and press **Yes, Opt-in**.",
    "Under **Settings**, open **Install App**, press **Install to Organization**, then **Allow**.",
    "In Slack's message follow **add it to some of your workspaces**, choose the workspaces, and tick future ones if you want those too.",
  ],
};

const reach = {
  http: "Open **Event Subscriptions** and press **Verify** beside the Request URL: Slack does not do it by itself.",
  socket:
    "On **Basic Information** under **App-Level Tokens**, press **Generate Token and Scopes**, name it, add the scope **connections:write**, press **Generate**, and keep what begins with xapp- for the form.",
} as const;

const icon =
  "If you like, under **Basic Information** > **Display Information** press **+ Add App Icon** and choose the icon from above.";
const back =
  "Go back to **Basic Information** and leave the page open: the form of the next step asks for values that stand there.";

/** What to do in Slack, in order; Slack's own button names stand between asterisks. */
export function instructionsFor({ way, mode }: Situation): string[] {
  return [...install[way], reach[mode], icon, back];
}
