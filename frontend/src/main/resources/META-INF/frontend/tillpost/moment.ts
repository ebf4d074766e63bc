/** Words for moments and durations, the same as those that the server writes. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions, kind: string): Intl.DateTimeFormat {
  const key = `${kind}/${zone}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: known(zone), hourCycle: 'h23' });
    formats.set(key, made);
  }
  return made;
}

/** A zone this browser does not know must not break the page: then it is UTC, and says so. */
function known(zone: string): string {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}

function part(parts: Intl.DateTimeFormatPart[], type: Intl.DateTimeFormatPartTypes): string {
  return parts.find((one) => one.type === type)?.value ?? '';
}

/** Like `14:03:22`, in the zone. */
export function timeText(at: number, zone: string): string {
  return format(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }, 'time').format(at);
}

/** Like `14:03`, in the zone. */
export function minuteText(at: number, zone: string): string {
  return format(zone, { hour: '2-digit', minute: '2-digit' }, 'minute').format(at);
}

/** Like `2026-11-24`, in the zone. */
export function dayText(at: number, zone: string): string {
  const parts = format(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }, 'day').formatToParts(at);
  return `${part(parts, 'year')}-${part(parts, 'month')}-${part(parts, 'day')}`;
}

/** The zone's short name at that moment, like `CET`. */
export function zoneText(at: number, zone: string): string {
  return part(format(zone, { timeZoneName: 'short' }, 'zone').formatToParts(at), 'timeZoneName');
}

/** Like `2026-11-24 14:03:22 CET`. */
export function fullText(at: number, zone: string): string {
  return `${dayText(at, zone)} ${timeText(at, zone)} ${zoneText(at, zone)}`;
}

/** Whole seconds and more, in at most two units: `34 min`, `2 h 05 min`, `3 d 4 h`. */
export function ageText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  }
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A short time with what matters of it: `820 µs`, `12.4 ms`, `1.25 s`, `4 min 03 s`, then as ages. */
export function durationText(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  const sign = milliseconds < 0 ? '−' : '';
  if (size === 0) {
    return '0 ms';
  }
  if (size < 0.9995) {
    return `${sign}${significant(size * 1000)} µs`;
  }
  if (size < 999.5) {
    return `${sign}${significant(size)} ms`;
  }
  if (size < 59_950) {
    return `${sign}${significant(size / 1000)} s`;
  }
  const seconds = Math.round(size / 1000);
  if (seconds < 3600) {
    return `${sign}${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  }
  return sign + ageText(seconds * 1000);
}

function significant(value: number): string {
  return String(Number(value.toPrecision(3)));
}
