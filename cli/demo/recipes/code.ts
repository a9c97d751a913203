import { attack, native, type Recipe } from "./recipe.ts";

const logTypes = ["GitHub.Audit"];
const repositories = ["acme/storefront", "acme/infra", "acme/mobile", "acme/data-jobs"] as const;

export const secretPushed: Recipe = {
  severity: "CRITICAL",
  perWeek: 2,
  maxEvents: 2,
  endings: [
    ["TRUE_POSITIVE", "Key revoked 4 minutes after the push, CloudTrail shows no use"],
    ["FALSE_POSITIVE", "The key of the example account in the documentation"],
  ],
  makeReport(occurrence) {
    const repository = occurrence.pick(repositories);
    return native(occurrence, {
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
        commit: occurrence.integer(0x1000_0000, 0xffff_ffff).toString(16),
        path: "deploy/.env.production",
        secretType: "aws_access_key_id",
        author: "mallory@acme.example",
      },
    });
  },
};

export const deployKey: Recipe = {
  severity: "MEDIUM",
  perWeek: 3,
  maxEvents: 1,
  endings: [["BENIGN", "For the new build machine, ticket PLAT-88"]],
  makeReport(occurrence) {
    const repository = occurrence.pick(repositories);
    return native(occurrence, {
      title: `A deploy key with write access was added to ${repository}`,
      severity: "MEDIUM",
      detection: { id: "GitHub.DeployKey", name: "Deploy key added" },
      logTypes,
      tags: ["github", "persistence"],
      reports: attack("T1098"),
      description:
        "Deploy keys stay valid when the person who added them leaves, and no list of users shows them.",
      runbook: "Find the ticket. Without one, remove the key and ask its author.",
      context: { action: "public_key.create", repository, readOnly: false, title: "build-07" },
    });
  },
};

export const protectionRemoved: Recipe = {
  severity: "MEDIUM",
  perWeek: 3,
  maxEvents: 2,
  endings: [["BENIGN", "Hotfix for the outage; protection is restored and the review was done afterwards"]],
  makeReport(occurrence) {
    const repository = occurrence.pick(repositories);
    return native(occurrence, {
      title: `Branch protection of main was removed in ${repository}`,
      severity: "MEDIUM",
      detection: { id: "GitHub.BranchProtection", name: "Branch protection removed" },
      logTypes,
      tags: ["github", "change"],
      reports: attack("T1562"),
      description: "Anybody with write access can now push to main without a review.",
      runbook: "Ask why, and make sure that it is restored. List the commits that were pushed meanwhile.",
      context: { action: "protected_branch.destroy", repository, branch: "main", by: "eve@acme.example" },
    });
  },
};

export const repositoryPublic: Recipe = {
  severity: "HIGH",
  perWeek: 1,
  maxEvents: 1,
  endings: [["BENIGN", "The open-source release of the design system, approved in March"]],
  makeReport(occurrence) {
    const repository = occurrence.pick(repositories);
    return native(occurrence, {
      title: `${repository} was made public`,
      severity: "HIGH",
      detection: { id: "GitHub.RepositoryPublic", name: "Repository made public" },
      logTypes,
      tags: ["github", "exposure"],
      reports: attack("T1567.001"),
      description: "Everybody can read the whole history of the repository, including old secrets.",
      runbook: "https://runbooks.acme.example/github/public-repository",
      context: { action: "repo.access", repository, visibility: "public", by: "grace@acme.example" },
    });
  },
};
