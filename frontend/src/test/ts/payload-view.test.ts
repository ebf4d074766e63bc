import { afterEach, expect, test, vi } from 'vitest';
import { documentOf, markOf, stepsOf, unmasked } from '../../main/resources/META-INF/frontend/tillpost/payload-lines';
import type { PayloadView } from '../../main/resources/META-INF/frontend/tillpost/payload-view';
import '../../main/resources/META-INF/frontend/tillpost/payload-view';
import { order, sale } from '../showcase/samples';
import { HOSTILE, all, change, mount, one, smuggled, words } from './mount';

afterEach(() => vi.unstubAllGlobals());

function printed(text: string, mediaType: string): string[] {
  return documentOf(text, mediaType).lines.map(
    (line) => '  '.repeat(line.indent) + line.tokens.map((token) => token.text).join(''),
  );
}

test('JSON is printed as JSON.stringify would, but keeps every digit', () => {
  const value = { a: [1, { b: null, c: [] }, 'x"y'], d: {}, e: true, '': -1.5e3 };
  expect(printed(JSON.stringify(value), 'application/json').join('\n')).toBe(JSON.stringify(value, null, 2));
  expect(printed('[12345678901234567890.10]', 'application/problem+json')[1]).toBe('  12345678901234567890.10');
});

test('XML is printed by its tags, with short ones on one line', () => {
  expect(printed(order, 'text/xml').slice(0, 8)).toEqual([
    '<?xml version="1.0"?>',
    '<Order xmlns="urn:example">',
    '  <!-- from the web shop -->',
    '  <Store>0412</Store>',
    '  <Lines>',
    '    <Line no="1">',
    '      <Sku>4006381333931</Sku>',
    '      <Note><![CDATA[<b>bold</b>]]></Note>',
  ]);
});

test('what does not parse is shown as it is and says so', () => {
  expect(documentOf('{"a":', 'application/json').problem).toBe('Not valid JSON, shown as it is');
  expect(documentOf('<a><b></a>', 'application/xml').problem).toBe('Not valid XML, shown as it is');
  expect(documentOf('a;b', 'text/csv')).toMatchObject({ problem: '', lines: [{ tokens: [{ text: 'a;b' }] }] });
});

test('paths are read in the three ways that systems write them', () => {
  const steps = ['lines', '2', 'taxCode'];
  expect(['lines[2].taxCode', '/lines/2/taxCode', "$.lines[2]['taxCode']"].map(stepsOf)).toEqual([steps, steps, steps]);
});

test('a path leads to its line, or to the nearest above it', () => {
  const { lines } = documentOf(sale, 'application/json');
  const at = (path: string) => {
    const mark = markOf(lines, path);
    return mark && [lines[mark.line]?.tokens.map((token) => token.text).join(''), mark.exact];
  };

  expect(at('lines[2].taxCode')).toEqual(['"taxCode": "V9",', true]);
  expect(at('lines[1].taxRate')).toEqual(['{', false]);
  expect(at('payments')).toEqual(['"payments": [', true]);
  expect(at('nowhere')).toBeUndefined();
});

test('an attribute is found on whichever line of its tag it stands', () => {
  const { lines } = documentOf(
    '<sale>\n<line no="1"\r\n   code="A"\n\n   s:unit = \'PCE no="2"\'\n><tax code="B"/></line>\n</sale>',
    'application/xml',
  );
  const marked = (path: string) => {
    const mark = markOf(lines, path);
    return [mark && lines[mark.line]?.tokens[0]?.text.trim(), mark?.exact];
  };
  expect(marked('/sale/line/@no')).toEqual(['<line no="1"', true]);
  expect(marked('/sale/line/@code')).toEqual(['code="A"', true]);
  expect(marked('sale.line.@unit')).toEqual(['s:unit = \'PCE no="2"\'', true]);
  expect(marked('/sale/line/@s:unit')).toEqual(['s:unit = \'PCE no="2"\'', true]);
  expect(marked('/sale/line/@else')).toEqual(['<line no="1"', false]);
  expect(marked('/sale/line/tax/@code')).toEqual(['<tax code="B"/>', true]);
  expect(marked('/sale/line')).toEqual(['<line no="1"', true]);
});

test('a path of XML leads to its element, as failures and rules write it', () => {
  const { lines } = documentOf(
    '<?xml version="1.0"?><s:sale xmlns:s="urn:x"><!-- line --><line no="1"><tax>A</tax></line><other/>' +
      '<line no="2">\n<tax>B</tax><tax>C</tax></line><line a:unit="pcs"/></s:sale>',
    'application/xml',
  );
  const at = (path: string) => {
    const mark = markOf(lines, path);
    return mark && [lines[mark.line]?.tokens.map((token) => token.text).join(''), mark.exact];
  };

  expect(at('/sale/line[2]/tax[2]')).toEqual(['<tax>C</tax>', true]);
  expect(at('s:sale/line[2]/tax')).toEqual(['<tax>B</tax>', true]);
  expect(at('sale.line[1].tax[1]')).toEqual(['<tax>C</tax>', true]);
  expect(at('/sale/line[2]/@no')).toEqual(['<line no="2">', true]);
  expect(at('/sale/line[3]/@unit')).toEqual(['<line a:unit="pcs"/>', true]);
  expect(at('/sale/line[2]/@unit')).toEqual(['<line no="2">', false]);
  expect(at('/sale/line/price')).toEqual(['<line no="1">', false]);
  expect(at('/t:sale/line[2]')).toBeUndefined();
});

test('what is nested without end is shown at once, and its fields are found as far as anybody names them', () => {
  const deep = 20_000;
  const json = documentOf('['.repeat(deep) + ']'.repeat(deep), 'application/json');
  expect(json.lines.length).toBe(2 * deep - 1);
  expect(markOf(json.lines, '[0][0]')).toEqual({ line: 2, exact: true });

  const xml = documentOf('<a>'.repeat(deep) + '</a>'.repeat(deep), 'application/xml');
  expect(xml.problem).toBe('');
  expect(markOf(xml.lines, '/a/a/a')).toEqual({ line: 2, exact: true });
});

test('characters that cannot be seen are shown by number', () => {
  expect(unmasked('a\u202Eb')).toEqual([
    { text: 'a', odd: false },
    { text: 'U+202E', odd: true },
    { text: 'b', odd: false },
  ]);
});

test('marks the field and says where it is', async () => {
  const element = await mount<PayloadView>('tillpost-payload-view', {
    text: sale,
    mediaType: 'application/json',
    markedPath: 'lines[2].taxCode',
  });

  expect(words(one(element, '.note'))).toBe('lines[2].taxCode line 28');
  expect(words(one(element, '.marked code'))).toBe('"taxCode": "V9",');

  await change(element, { markedPath: 'lines[9].taxCode' });
  expect(words(one(element, '.note'))).toBe('lines[9].taxCode not there; nearest is line 11');
});

test('folds what is long, but never the mark', async () => {
  const long = JSON.stringify({ rows: Array.from({ length: 2000 }, (_, index) => index) });
  const element = await mount<PayloadView>('tillpost-payload-view', {
    text: long,
    mediaType: 'application/json',
    markedPath: 'rows[1500]',
  });
  expect(all(element, '.line').length).toBe(145);
  expect(words(one(element, '.marked code'))).toBe('1500,');

  one(element, '.gap').click();
  await element.updateComplete;

  expect(all(element, '.line').length).toBe(2004);
});

test('copies the original, not what is printed', async () => {
  const copied: string[] = [];
  vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void copied.push(text) } });
  const element = await mount<PayloadView>('tillpost-payload-view', { text: '{"a":1}', mediaType: 'application/json' });

  one(element, '.head button').click();
  await vi.waitFor(() => expect(words(one(element, '[role=status]'))).toBe('Copied'));

  expect(copied).toEqual(['{"a":1}']);
});

test('says so when the browser does not let it copy', async () => {
  vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('denied')) } });
  const element = await mount<PayloadView>('tillpost-payload-view', { text: 'x', mediaType: 'text/plain' });

  one(element, '.head button').click();

  await vi.waitFor(() => expect(words(one(element, '[role=status]'))).toContain('Not copied'));
});

test('has words for nothing, and keeps hostile documents as text', async () => {
  expect(words(await mount<PayloadView>('tillpost-payload-view'))).toBe('No payload was kept');
  for (const mediaType of ['application/json', 'application/xml', 'text/html']) {
    const text = mediaType === 'application/json' ? JSON.stringify({ [HOSTILE]: HOSTILE }) : HOSTILE;
    const element = await mount<PayloadView>('tillpost-payload-view', { text, mediaType, heading: HOSTILE });

    expect(smuggled(element)).toEqual([]);
    expect(words(one(element, '.lines'))).toContain('<img src=x onerror=');
  }
});
