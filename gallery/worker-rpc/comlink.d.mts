// What of Comlink is used here, for editors that check types.
export const releaseProxy: unique symbol;
export const finalizer: unique symbol;
export function expose(object: object): void;
export function wrap(worker: Worker): unknown;
export function proxy<T extends object>(object: T): T;
export function transfer<T extends object>(object: T, buffers: Transferable[]): T;
