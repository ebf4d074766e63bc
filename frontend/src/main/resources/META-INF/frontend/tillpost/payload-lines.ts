/** Documents as lines of coloured text. What comes out is text only; nothing of it is ever markup. */

export type TokenKind = 'plain' | 'key' | 'string' | 'number' | 'word' | 'mark' | 'tag';

export interface Token {
  kind: TokenKind;
  text: string;
}

export interface Line {
  indent: number;
  tokens: Token[];
  /** The field of JSON that starts on this line, from the root; null on other lines. */
  path: readonly string[] | null;
  /** The element of XML that starts on this line, from the root; not there on other lines. */
  element?: readonly Element[];
  /** The whole tag of that element as written, also what of it stands on the lines below. */
  tag?: string;
}

/** An element of XML: its name as written, and which of that name it is within the one above, from 1. */
interface Element {
  name: string;
  position: number;
}

/** Fields deeper than this are not told apart: no failure names one, and each has all names above it. */
const DEEPEST = 64;

export interface Document {
  lines: Line[];
  /** Why the text is not pretty-printed though its media type says it could be; empty otherwise. */
  problem: string;
}

export function documentOf(text: string, mediaType: string): Document {
  const kind = /json\b/i.test(mediaType) ? 'JSON' : /xml\b/i.test(mediaType) ? 'XML' : '';
  const printed = kind === 'JSON' ? jsonLines(text) : kind === 'XML' ? xmlLines(text) : undefined;
  if (printed) {
    return { lines: printed, problem: '' };
  }
  return { lines: plainLines(text), problem: kind ? `Not valid ${kind}, shown as it is` : '' };
}

function plainLines(text: string): Line[] {
  return text.split(/\r\n|\n|\r/).map((line) => ({ indent: 0, path: null, tokens: [{ kind: 'plain', text: line }] }));
}

interface Frame {
  array: boolean;
  index: number;
  key: string;
  keyWanted: boolean;
}

const JSON_TOKEN = /\s*([{}[\],:]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s{}[\],:"]+)/gy;

/** Numbers and strings stay as they are written: no digit is lost. Undefined for what is not JSON. */
function jsonLines(text: string): Line[] | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const lines: Line[] = [{ indent: 0, tokens: [], path: [] }];
  const frames: Frame[] = [];
  const tokens = [...text.matchAll(JSON_TOKEN)].map((match) => match[1] as string);
  const put = (kind: TokenKind, token: string) => lines.at(-1)?.tokens.push({ kind, text: token });
  const breakLine = (path: Line['path']) => lines.push({ indent: frames.length, tokens: [], path });
  const here = () =>
    frames.length > DEEPEST ? null : frames.map((frame) => (frame.array ? String(frame.index) : frame.key));

  tokens.forEach((token, index) => {
    const frame = frames.at(-1);
    switch (token) {
      case '{':
      case '[':
        put('mark', token);
        frames.push({ array: token === '[', index: 0, key: '', keyWanted: token === '{' });
        if (tokens[index + 1] !== '}' && tokens[index + 1] !== ']') {
          breakLine(token === '[' ? here() : null);
        }
        break;
      case '}':
      case ']':
        frames.pop();
        if (tokens[index - 1] !== '{' && tokens[index - 1] !== '[') {
          breakLine(null);
        }
        put('mark', token);
        break;
      case ',':
        put('mark', token);
        if (frame) {
          frame.index++;
          frame.keyWanted = !frame.array;
          breakLine(frame.array ? here() : null);
        }
        break;
      case ':':
        put('mark', ': ');
        break;
      default:
        if (frame?.keyWanted) {
          frame.key = JSON.parse(token) as string;
          frame.keyWanted = false;
          (lines.at(-1) as Line).path = here();
          put('key', token);
        } else {
          put(token.startsWith('"') ? 'string' : /^[tfn]/.test(token) ? 'word' : 'number', token);
        }
    }
  });
  return lines;
}

const XML_TOKEN =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<!DOCTYPE(?:[^<>[]|\[[^\]]*\])*>|<\/?[^\s<>"'/!?][^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>|[^<]+/gy;

/** Undefined where tags do not match. Only for the eye: white space between tags is ours. */
function xmlLines(text: string): Line[] | undefined {
  const tokens = text.match(XML_TOKEN) ?? [];
  if (tokens.join('').length !== text.length || text.trim() === '') {
    return undefined;
  }
  const lines: Line[] = [];
  const open: string[] = [];
  const above: { element: Element; alike: Map<string, number> }[] = [];
  const ofRoot = new Map<string, number>();
  let inline = false;
  const kept = tokens.filter((token) => token.trim() !== '');
  for (const [index, token] of kept.entries()) {
    const name = nameOf(token);
    if (name && token.startsWith('</')) {
      if (open.pop() !== name) {
        return undefined;
      }
      above.length = Math.min(above.length, open.length);
    }
    const starts = name !== '' && !token.startsWith('</') && open.length < DEEPEST;
    const alike = above.at(-1)?.alike ?? ofRoot;
    const element = { name, position: (alike.get(name) ?? 0) + 1 };
    if (starts) {
      alike.set(name, element.position);
    }
    const parts: Token[] = token
      .trim()
      .split(/\r\n|\n|\r/)
      .map((part) => ({ kind: name ? 'tag' : token.startsWith('<') ? 'word' : 'plain', text: part }));
    const joined = inline && lines.length > 0;
    parts.forEach((part, at) => {
      if (at === 0 && joined) {
        lines.at(-1)?.tokens.push(part);
      } else {
        const line: Line = { indent: open.length, tokens: [part], path: null };
        if (at === 0 && starts) {
          line.element = [...above.map((one) => one.element), element];
          line.tag = token.trim();
        }
        lines.push(line);
      }
    });
    const opens = name !== '' && !token.startsWith('</') && !token.endsWith('/>');
    inline = opens ? staysInline(kept, index) : inline && !token.startsWith('</') && !name;
    if (opens) {
      open.push(name);
      if (starts) {
        above.push({ element, alike: new Map() });
      }
    }
  }
  return open.length === 0 ? lines : undefined;
}

/** The name of a tag, without a prefix taken off; empty for everything else. */
function nameOf(token: string): string {
  return /^<\/?([^\s<>"'/!?=]+)/.exec(token)?.[1] ?? '';
}

/** `<a>text</a>` and `<a></a>` stay on one line. */
function staysInline(tokens: readonly string[], index: number): boolean {
  const next = tokens[index + 1] ?? '';
  const afterNext = tokens[index + 2] ?? '';
  return next.startsWith('</') || (!nameOf(next) && !next.startsWith('<!--') && afterNext.startsWith('</'));
}

/** The steps of `lines[2].taxCode`, of `/lines/2/taxCode` or of `$.lines[2]['tax code']`. */
export function stepsOf(path: string): string[] {
  if (path.startsWith('/')) {
    return path
      .slice(1)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  const steps = path.matchAll(/\[\s*(?:'([^']*)'|"([^"]*)"|(\d+))\s*\]|([^.[\]]+)/g);
  return [...steps]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? match[4] ?? '')
    .filter((step, index) => !(index === 0 && step === '$'));
}

export interface Mark {
  line: number;
  /** Whether the whole path was found, not only a field above it. */
  exact: boolean;
}

/** The line of a field, or of the nearest one above it that is there; undefined if none is. */
export function markOf(lines: readonly Line[], path: string): Mark | undefined {
  if (lines.some((line) => line.element)) {
    return elementMarkOf(lines, path);
  }
  const steps = stepsOf(path);
  let best: Mark | undefined;
  let depth = 0;
  lines.forEach((line, index) => {
    const at = line.path;
    if (at && at.length > depth && at.length <= steps.length && at.every((step, level) => step === steps[level])) {
      depth = at.length;
      best = { line: index, exact: at.length === steps.length };
    }
  });
  return best;
}

interface ElementStep {
  name: string;
  /** From 1; undefined for any. */
  position?: number;
}

/** The elements of `/sale/line[2]/taxCode`, counted from 1, or of `sale.line[1].taxCode`, counted from 0. */
function elementSteps(path: string): { elements: ElementStep[]; attribute: string } {
  const elements: ElementStep[] = [];
  let attribute = '';
  if (!path.includes('/')) {
    for (const step of stepsOf(path)) {
      const last = elements.at(-1);
      if (/^\d+$/.test(step) && last) {
        last.position = Number(step) + 1;
      } else if (step.startsWith('@')) {
        attribute = step.slice(1);
      } else {
        elements.push({ name: step });
      }
    }
    return { elements, attribute };
  }
  for (const step of path.split('/').map((part) => part.trim())) {
    const position = /\[\s*(\d+)\s*\]$/.exec(step)?.[1];
    const name = step.replace(/\[.*$/, '').trim();
    if (name.startsWith('@')) {
      attribute = name.slice(1);
    } else if (name !== '' && name !== 'text()') {
      elements.push(position ? { name, position: Number(position) } : { name });
    }
  }
  return { elements, attribute };
}

/** With its prefix, or without where none is asked for. */
function isCalled(name: string, asked: string): boolean {
  return name === asked || (!asked.includes(':') && name.slice(name.indexOf(':') + 1) === asked);
}

function elementMarkOf(lines: readonly Line[], path: string): Mark | undefined {
  const { elements, attribute } = elementSteps(path);
  let best: Mark | undefined;
  let depth = 0;
  lines.forEach((line, index) => {
    const at = line.element;
    if (!at || at.length <= depth || at.length > elements.length) {
      return;
    }
    const leads = at.every((element, level) => {
      const asked = elements[level];
      return asked && isCalled(element.name, asked.name) && (asked.position ?? element.position) === element.position;
    });
    if (leads) {
      depth = at.length;
      const below = at.length === elements.length ? attributeLine(line.tag ?? '', attribute) : undefined;
      best = { line: index + (below ?? 0), exact: below !== undefined };
    }
  });
  return best;
}

/** How many lines below its beginning the tag has the attribute; undefined where it has not. None asked for: 0. */
function attributeLine(tag: string, attribute: string): number | undefined {
  if (attribute === '') {
    return 0;
  }
  for (const match of tag.matchAll(/\s([^\s=<>"'/]+)\s*=\s*(?:"[^"]*"|'[^']*')/g)) {
    if (isCalled(match[1] ?? '', attribute)) {
      return tag.slice(0, match.index + 1).split(/\r\n|\n|\r/).length - 1;
    }
  }
  return undefined;
}

/** Characters that one cannot see, or that make text read as what it is not. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex
  /([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb])/;

/** Splits a text at such characters; those come out as `U+202E`. */
export function unmasked(text: string): { text: string; odd: boolean }[] {
  return text
    .split(UNSEEN)
    .map((part, index) =>
      index % 2 === 1
        ? { text: `U+${(part.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`, odd: true }
        : { text: part, odd: false },
    )
    .filter((part) => part.text !== '');
}
