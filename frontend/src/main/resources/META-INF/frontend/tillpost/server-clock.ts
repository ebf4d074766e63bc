import { setServerTime } from './clock';

/** See ServerClock.java. */
export class ServerClock extends HTMLElement {
  tell(milliseconds: number): void {
    setServerTime(milliseconds);
  }
}

customElements.define('tillpost-server-clock', ServerClock);
