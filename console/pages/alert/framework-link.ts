const attackKinds: Record<string, string> = {
  T: "techniques",
  TA: "tactics",
  G: "groups",
  S: "software",
  M: "mitigations",
  DS: "datasources",
};

/**
 * The page about an id of MITRE ATT&CK, for any domain: `T1078.004` gives
 * `https://attack.mitre.org/techniques/T1078/004/`. Null for another framework, or what is no such id.
 */
export function frameworkLink(framework: string, id: string): string | null {
  if (!/mitre|att&ck/i.test(framework)) return null;
  const [, letters = "", digits, sub] = /^(TA|DS|[TGSM])(\d{4})(?:\.(\d{3}))?$/.exec(id) ?? [];
  const kind = attackKinds[letters];
  if (!kind) return null;
  return `https://attack.mitre.org/${kind}/${letters}${digits}/${sub ? `${sub}/` : ""}`;
}
