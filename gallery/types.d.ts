// What the patterns load from the content network has no types here.
declare module "https://cdn.jsdelivr.net/*";
