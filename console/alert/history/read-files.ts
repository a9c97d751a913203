export interface LinkedFile {
  name: string;
  url: string;
}

/** The files of a comment, as its entry's data lists them; whatever else stands there is no file. */
export function readFiles(files: unknown): LinkedFile[] {
  return Array.isArray(files) ? files.filter(isFile) : [];
}

function isFile(file: unknown): file is LinkedFile {
  if (typeof file !== "object" || file === null || !("name" in file) || !("url" in file)) return false;
  return typeof file.name === "string" && typeof file.url === "string";
}
