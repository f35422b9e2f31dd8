// What the content network has comes without types. These are of what is used here.
declare module "https://cdn.jsdelivr.net/*" {
  export function loadPyodide(): Promise<{
    FS: { writeFile(path: string, text: string): void };
    unpackArchive(archive: ArrayBuffer, format: "wheel"): void;
    pyimport(name: string): import("./python").PaletteModule;
  }>;
}
