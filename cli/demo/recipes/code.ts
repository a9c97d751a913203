import { attack, native, type Recipe } from "./recipe.ts";

const logTypes = ["GitHub.Audit"];
const repositories = ["acme/storefront", "acme/infra", "acme/mobile", "acme/data-jobs"] as const;

export const secretPushed: Recipe = {
  severity: "CRITICAL",
  timesAWeek: 2,
  mostEvents: 2,
  endings: [
    ["RESOLVED", "Key revoked 4 minutes after the push, CloudTrail shows no use"],
    ["CLOSED", "A key of the documentation's example account"],
  ],
  tell(turn) {
    const repository = turn.one(repositories);
    return native(turn, {
      title: `An AWS access key was pushed to ${repository}`,
      severity: "CRITICAL",
      detection: { id: "GitHub.SecretScanning", name: "Secret pushed" },
      logTypes,
      tags: ["github", "secrets"],
      reports: attack("T1552.001"),
      description: `Secret scanning found an access key in a commit on ${repository}. The repository is internal, so every employee can read it.`,
      runbook:
        "1. Revoke the key first, ask afterwards.\n2. Look for its use in CloudTrail.\n3. Have the author move it to the vault; rewriting history is not enough.",
      context: {
        repository,
        commit: turn.whole(0x1000_0000, 0xffff_ffff).toString(16),
        path: "deploy/.env.production",
        secretType: "aws_access_key_id",
        author: "mallory@acme.example",
      },
    });
  },
};

export const deployKey: Recipe = {
  severity: "MEDIUM",
  timesAWeek: 3,
  mostEvents: 1,
  endings: [["RESOLVED", "For the new build machine, ticket PLAT-88"]],
  tell(turn) {
    const repository = turn.one(repositories);
    return native(turn, {
      title: `A deploy key with write access was added to ${repository}`,
      severity: "MEDIUM",
      detection: { id: "GitHub.DeployKey", name: "Deploy key added" },
      logTypes,
      tags: ["github", "persistence"],
      reports: attack("T1098"),
      description: "Deploy keys outlive the person who adds them and show up in no list of users.",
      runbook: "Find the ticket. Without one, remove the key and ask its author.",
      context: { action: "public_key.create", repository, readOnly: false, title: "build-07" },
    });
  },
};

export const protectionRemoved: Recipe = {
  severity: "MEDIUM",
  timesAWeek: 3,
  mostEvents: 2,
  endings: [["RESOLVED", "Hotfix of the outage; protection is back, the review was done afterwards"]],
  tell(turn) {
    const repository = turn.one(repositories);
    return native(turn, {
      title: `Branch protection of main was removed in ${repository}`,
      severity: "MEDIUM",
      detection: { id: "GitHub.BranchProtection", name: "Branch protection removed" },
      logTypes,
      tags: ["github", "change"],
      reports: attack("T1562"),
      description: "Anybody with write access can now push to main without a review.",
      runbook: "Ask why, and see that it comes back. List the commits that came in meanwhile.",
      context: { action: "protected_branch.destroy", repository, branch: "main", by: "eve@acme.example" },
    });
  },
};

export const repositoryPublic: Recipe = {
  severity: "HIGH",
  timesAWeek: 1,
  mostEvents: 1,
  endings: [["RESOLVED", "The open-source release of the design system, approved in March"]],
  tell(turn) {
    const repository = turn.one(repositories);
    return native(turn, {
      title: `${repository} was made public`,
      severity: "HIGH",
      detection: { id: "GitHub.RepositoryPublic", name: "Repository made public" },
      logTypes,
      tags: ["github", "exposure"],
      reports: attack("T1567.001"),
      description: "The whole history of the repository can be read by everybody, old secrets included.",
      runbook: "https://runbooks.acme.example/github/public-repository",
      context: { action: "repo.access", repository, visibility: "public", by: "grace@acme.example" },
    });
  },
};
