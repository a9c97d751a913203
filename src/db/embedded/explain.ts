const remedies: Record<string, string> = {
  ENOSPC: "the disk is full. Make room, or choose another folder.",
  EDQUOT: "this user's share of the disk is used up. Make room, or choose another folder.",
  EROFS: "its file system is read-only. Choose another folder, or mount it for writing.",
  EACCES: "this user may not use it. Change its owner or mode, or choose another folder.",
  EPERM: "this user may not use it. Change its owner or mode, or choose another folder.",
  ENOENT: "it can't be made there. Choose another folder.",
  ENOTDIR: "it, or a part of its path, is not a folder.",
};

/** Turns what went wrong in a DATA_DIR into an Error that whoever starts Tocsin can act on. */
export function explain(dataDir: string, fault: unknown): Error {
  return new Error(`DATA_DIR ${dataDir}: ${remedy(fault)}`, { cause: fault });
}

function remedy(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const code = "code" in fault ? String(fault.code) : "";
  return remedies[code] ?? fault.message;
}
