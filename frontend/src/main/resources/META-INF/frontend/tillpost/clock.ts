/**
 * The time as the server has it, and a beat for what counts seconds. One timer for the whole page,
 * and only while something listens.
 */

let ahead = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** Milliseconds since 1970 by the server's clock, as far as it was told; else by the browser's. */
export function now(): number {
  return Date.now() + ahead;
}

/** Says what the server's clock shows at this moment. */
export function setServerTime(milliseconds: number): void {
  ahead = milliseconds - Date.now();
}

/** Calls the listener about once a second until the function it returns is called. */
export function everySecond(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((one) => one()), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}
