/** Every component with sample data, for the eye. `?part=…` shows one part alone. */
import '@vaadin/app-layout';
import '@vaadin/app-layout/vaadin-drawer-toggle.js';
import '@vaadin/button';
import '@vaadin/grid';
import '@vaadin/grid/vaadin-grid-column.js';
import '@vaadin/grid/vaadin-grid-sort-column.js';
import '@vaadin/select';
import '@vaadin/side-nav';
import '@vaadin/tabs';
import '@vaadin/text-field';
import { html, render } from 'lit';
import '../../main/resources/META-INF/frontend/tillpost/impact-tile';
import '../../main/resources/META-INF/frontend/tillpost/payload-view';
import '../../main/resources/META-INF/frontend/tillpost/relative-time';
import '../../main/resources/META-INF/frontend/tillpost/sparkline';
import '../../main/resources/META-INF/frontend/tillpost/stage-timeline';
import '../../main/resources/META-INF/frontend/tillpost/store-heat-map';
import '../../main/resources/META-INF/frontend/tillpost/time-series-chart';
import '../../main/resources/META-INF/frontend/tillpost/trace-waterfall';
import * as samples from './samples';

const BADGES = [
  ['ok', '●', 'OK'],
  ['info', '◆', 'In progress'],
  ['warning', '▲', 'Due soon'],
  ['serious', '■', 'Breached'],
  ['critical', '✕', 'Overdue'],
];

const rows = Array.from({ length: 12 }, (_, index) => ({
  title: ['Tax code is not valid', 'ERP did not answer in time', 'Article unknown in ERP'][index % 3],
  workflow: 'sales-posting → erp',
  messages: 1204 - index * 97,
  money: (48210.55 / (index + 1)).toFixed(2),
  trend: Array.from({ length: 12 }, (_, at) => Math.abs(Math.sin(at * (index + 1)))),
}));

const parts: Record<string, () => unknown> = {
  tiles: () =>
    html`<div class="tillpost-tiles">
      ${samples.tiles.map((tile) => html`<tillpost-impact-tile .figures=${tile}></tillpost-impact-tile>`)}
    </div>`,
  stores: () =>
    panel('Stores', html`<tillpost-store-heat-map .regions=${samples.stores(240)}></tillpost-store-heat-map>`),
  'many-stores': () =>
    panel(
      '10,000 stores',
      html`<tillpost-store-heat-map .regions=${samples.stores(10_000)}></tillpost-store-heat-map>`,
    ),
  timeline: () => html`
    ${panel('Failed twice', html`<tillpost-stage-timeline .story=${samples.failedStory}></tillpost-stage-timeline>`)}
    ${panel('Confirmed', html`<tillpost-stage-timeline .story=${samples.goodStory}></tillpost-stage-timeline>`)}
    ${panel(
      'Under way',
      html`<tillpost-stage-timeline .story=${samples.waitingStory(Date.now())}></tillpost-stage-timeline>`,
    )}
  `,
  trace: () =>
    panel('Trace', html`<tillpost-trace-waterfall selected="i" .spans=${samples.trace}></tillpost-trace-waterfall>`),
  'long-trace': () =>
    panel('1,000 spans', html`<tillpost-trace-waterfall .spans=${samples.longTrace(1000)}></tillpost-trace-waterfall>`),
  charts: () => html`
    ${panel('Response time', html`<tillpost-time-series-chart .chart=${samples.chart()}></tillpost-time-series-chart>`)}
    ${panel('Exceptions', html`<tillpost-time-series-chart .chart=${samples.bars}></tillpost-time-series-chart>`)}
  `,
  payload: () => html`
    ${panel(
      'Payload',
      html`<tillpost-payload-view
        .text=${samples.sale}
        .mediaType=${'application/json'}
        .markedPath=${'lines[2].taxCode'}
        .heading=${'sent 14:03:22 GMT, application/json'}
      ></tillpost-payload-view>`,
    )}
    ${panel(
      'Payload',
      html`<tillpost-payload-view .text=${samples.order} .mediaType=${'application/xml'}></tillpost-payload-view>`,
    )}
  `,
  list: () => html`
    <div class="tillpost-toolbar">
      <vaadin-tabs selected="0" aria-label="Exceptions">
        <vaadin-tab>For review</vaadin-tab><vaadin-tab>Mine</vaadin-tab><vaadin-tab>Escalating</vaadin-tab>
      </vaadin-tabs>
      <vaadin-text-field placeholder="Search business keys" aria-label="Search"></vaadin-text-field>
      <vaadin-button theme="primary">Retry</vaadin-button><vaadin-button>Assign</vaadin-button
      ><vaadin-button theme="tertiary">Export</vaadin-button><vaadin-button disabled>Replay</vaadin-button>
    </div>
    <div class="tillpost-panel">
      <h3 class="tillpost-panel-title">Words</h3>
      <p>
        ${BADGES.map(
          ([severity, symbol, word]) =>
            html`<span class="tillpost-badge" data-severity=${severity}
              ><span class="tillpost-symbol" aria-hidden="true">${symbol}</span><span>${word}</span></span
            > `,
        )}
        <tillpost-relative-time .at=${Date.now() - 192_000} zone="Europe/Dublin"></tillpost-relative-time>
        <tillpost-sparkline .points=${[3, 4, 9, 2, 14, 20]} summary="3 to 20"></tillpost-sparkline>
      </p>
      <dl class="tillpost-facts">
        <dt>Business key</dt>
        <dd class="tillpost-code">0412 / 2026-11-24 / 03 / 004711</dd>
        <dt>Money</dt>
        <dd>123.40 EUR</dd>
      </dl>
    </div>
    <vaadin-grid .items=${rows} theme="compact" all-rows-visible>
      <vaadin-grid-sort-column path="title" header="Exception"></vaadin-grid-sort-column>
      <vaadin-grid-column path="workflow" header="Workflow"></vaadin-grid-column>
      <vaadin-grid-sort-column path="messages" header="Messages" text-align="end"></vaadin-grid-sort-column>
      <vaadin-grid-column path="money" header="EUR" text-align="end"></vaadin-grid-column>
    </vaadin-grid>
  `,
  empty: () => html`
    <div class="tillpost-panel tillpost-empty">
      <h3>No exceptions for review</h3>
      <p>New ones come here by themselves. To see those that were settled, choose <a href="#all">All</a>.</p>
    </div>
    ${panel('Nothing yet', [
      html`<tillpost-store-heat-map></tillpost-store-heat-map>`,
      html`<tillpost-stage-timeline></tillpost-stage-timeline>`,
      html`<tillpost-trace-waterfall></tillpost-trace-waterfall>`,
      html`<tillpost-time-series-chart></tillpost-time-series-chart>`,
      html`<tillpost-payload-view></tillpost-payload-view>`,
      html`<tillpost-sparkline></tillpost-sparkline><tillpost-relative-time></tillpost-relative-time>`,
    ])}
  `,
};

function panel(title: string, content: unknown) {
  return html`<section class="tillpost-panel">
    <h3 class="tillpost-panel-title">${title}</h3>
    ${content}
  </section>`;
}

const asked = new URLSearchParams(location.search).get('part');
const shown = asked
  ? [asked]
  : Object.keys(parts).filter((part) => !part.startsWith('many') && !part.startsWith('long'));

render(
  html`<vaadin-app-layout primary-section="drawer">
    <h1 slot="drawer">Tillpost</h1>
    <vaadin-side-nav slot="drawer" aria-label="Main">
      ${Object.keys(parts).map(
        (part) => html`<vaadin-side-nav-item path="?part=${part}">${part}</vaadin-side-nav-item>`,
      )}
    </vaadin-side-nav>
    <vaadin-drawer-toggle slot="navbar" aria-label="Navigation"></vaadin-drawer-toggle>
    <h2 slot="navbar">${asked ?? 'All'}</h2>
    <main class="tillpost-view">${shown.map((part) => parts[part]?.())}</main>
  </vaadin-app-layout>`,
  document.body,
);
document.documentElement.dataset['ready'] = 'true';
