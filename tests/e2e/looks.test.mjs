// The main views in a light, a dark and a high contrast theme: pictures of each in artifacts/screenshots, and texts that can be read. With
// PIPEWRIGHT_ACCEPT=1 the pictures of the extension's readme are made anew.
import assert from 'node:assert/strict';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { at } from '../../extension/build/run.mjs';
import { emulatorSettings, startEmulator } from '../../extension/build/vscode.mjs';
import { makeFactory, openWorkbench } from './workbench.mjs';

const load = `description: The orders of a day
parameters:
  day: { type: string, defaultValue: "2024-05-01" }
activities:
  - { name: Wait for the harbour, type: Wait, waitTimeInSeconds: 2 }
  - name: For each store
    type: ForEach
    dependsOn: [Wait for the harbour]
    items: "@createArray('north', 'south')"
    activities:
      - { name: Load the orders, type: Wait, waitTimeInSeconds: 1 }
  - name: Tell the captain
    type: ExecutePipeline
    dependsOn: [For each store]
    pipeline: tell
    waitOnCompletion: true
  - name: Give up
    type: Fail
    dependsOn: [Tell the captain]
    message: "There is no harbour on @{pipeline().parameters.day}"
    errorCode: "404"
  - { name: Mend the ship, type: Wait, dependsOn: { Tell the captain: [Failed] }, waitTimeInSeconds: 1 }
`;
const tests = `pipeline: load
cases:
  there is no harbour:
    expect: { status: Failed }
  the ship is mended:
    expect: { activities: { Mend the ship: { status: Succeeded } } }
`;
const files = {
  'pipewright.yaml': '',
  'load.pipeline.yaml': load,
  'load.pipeline-test.yaml': tests,
  'tell.pipeline.yaml': 'activities:\n  - { name: Call, type: Wait, waitTimeInSeconds: 1 }\n',
  'Orders.dataset.yaml': 'type: Parquet\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation, fileSystem: raw }\n',
  'Lake.linkedService.yaml': 'type: AzureBlobFS\nurl: https://harbour.dfs.core.windows.net/\n',
};
let scratch;
let emulator;
let workbench;

before(async () => {
  const made = await makeFactory(files);
  scratch = made.scratch;
  emulator = await startEmulator(path.join(scratch, 'emulator'));
  workbench = await openWorkbench({ ...made, settings: { ...emulatorSettings(emulator.address), 'editor.minimap.enabled': false } });
  await workbench.page.setViewportSize({ width: 1500, height: 860 });
  await workbench.openFile('load.pipeline.yaml');
  await workbench.targetWhenShown('local');
  await workbench.runCommand('Pipewright: Deploy');
  await workbench.notification(/deployed/i);
  await workbench.clearNotifications();
  await workbench.runPipeline({ day: '2024-05-02' });
  await workbench.notification('There is no harbour');
  await workbench.clearNotifications();
  // Something to be deployed, for the plan.
  await workbench.goTo(1, 14);
  await workbench.type('All ');
  await workbench.runCommand('File: Save');
});

after(async () => {
  await workbench?.close();
  emulator?.stop();
  await rm(scratch, { recursive: true, force: true });
});

/** The text that a person sees least well of those that a page shows: how it stands out from what is behind it, from 1 to 21. */
const faintest = () => {
  const parse = (colour) => {
    const [red = 0, green = 0, blue = 0, opacity = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return { red, green, blue, opacity: colour === 'transparent' ? 0 : opacity };
  };
  const over = (top, below) => {
    const mix = (name) => top[name] * top.opacity + below[name] * (1 - top.opacity);
    return { red: mix('red'), green: mix('green'), blue: mix('blue'), opacity: 1 };
  };
  const light = ({ red, green, blue }) => {
    const [r, g, b] = [red, green, blue].map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = parse(
    getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background').trim().startsWith('#')
      ? getComputedStyle(document.body).backgroundColor
      : 'rgb(255,255,255)',
  );
  /** What is behind an element: its own box and those around it; of a node of the graph its body. */
  const behind = (element) => {
    const boxes = [];
    for (let at = element; at instanceof Element; at = at.parentElement) {
      const style = getComputedStyle(at);
      const body = at.matches('.node') ? (at.querySelector('.body, .head') ?? at) : at;
      boxes.push(
        parse(at instanceof SVGElement ? (at.matches('.node') ? getComputedStyle(body).fill : 'transparent') : style.backgroundColor),
      );
    }
    return boxes.reverse().reduce((below, top) => over(top, below), { ...paper, opacity: 1 });
  };
  const texts = [...document.querySelectorAll('body *')].filter(
    (element) =>
      [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim() !== '') &&
      element.getClientRects().length > 0 &&
      !element.closest('script, style, title, option, .spoken, .pill, [hidden]'),
  );
  const measured = texts.map((element) => {
    const style = getComputedStyle(element);
    let opacity = 1;
    for (let at = element; at instanceof Element; at = at.parentElement) {
      opacity *= Number(getComputedStyle(at).opacity);
    }
    const back = behind(element);
    const ink = parse(element instanceof SVGElement ? style.fill : style.color);
    const front = over({ ...ink, opacity: ink.opacity * opacity }, back);
    const [high, low] = [light(front), light(back)].sort((a, b) => b - a);
    return { contrast: (high + 0.05) / (low + 0.05), text: element.textContent.trim().slice(0, 40), front, back };
  });
  return measured.sort((a, b) => a.contrast - b.contrast)[0];
};

/** Each view: how it is brought to the screen, and the frame of one of ours. */
const views = {
  graph: async () => {
    await workbench.openFile('load.pipeline.yaml');
    await workbench.runCommand('Pipewright: Show Graph');
    const frame = await workbench.webview('.graph .node[data-id="Give up"]');
    await frame.locator('button', { hasText: 'Fit' }).click();
    return frame;
  },
  run: async () => {
    await workbench.openFile('load.pipeline.yaml');
    await workbench.runCommand('Pipewright: Show Run');
    const frame = await workbench.webview('.row[aria-label^="Give up"]');
    await frame.locator('.error').first().waitFor();
    return frame;
  },
  factory: async () => {
    await workbench.runCommand('View: Show Pipewright');
    const pipelines = workbench.page.locator('.sidebar .monaco-list-row', { hasText: 'Pipelines' }).first();
    await pipelines.waitFor();
    if ((await pipelines.getAttribute('aria-expanded')) === 'false') {
      await pipelines.click();
    }
    await workbench.page.locator('.sidebar .monaco-list-row', { hasText: 'tell' }).first().waitFor();
  },
  plan: async () => {
    await workbench.openFile('load.pipeline.yaml');
    await workbench.runCommand('Pipewright: Show Changes');
    await workbench.shows('All The orders of a day');
  },
  tests: async () => {
    await workbench.openFile('load.pipeline.yaml');
    await workbench.runCommand('Testing: Focus on Test Explorer View');
    await workbench.page.locator('.test-explorer .monaco-list-row', { hasText: 'load.pipeline-test.yaml' }).first().waitFor();
    await workbench.runCommand('Test: Run All Tests with Coverage');
    await workbench.page.locator('.editor-instance .coverage-deco-gutter.coverage-deco-hit').first().waitFor();
  },
  walkthrough: async () => {
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.pick('Pipelines of Azure Data Factory');
    await workbench.page.locator('.gettingStartedContainer', { hasText: 'See it as a graph' }).waitFor();
  },
};

/** Takes a part of the window away, so that the view has the room. */
async function close(part, command) {
  if (await workbench.page.locator(part).isVisible()) {
    await workbench.runCommand(command);
    await workbench.page.locator(part).waitFor({ state: 'hidden' });
  }
}

/** The pictures of the readme, by their names there. */
const ofReadme = { 'look-graph-light': 'graph', 'look-run-light': 'run', 'look-tests-dark': 'tests', 'look-plan-light': 'plan' };

async function keepPicture(view, theme) {
  const name = `look-${view}-${theme}`;
  await workbench.screenshot(name);
  if (process.env.PIPEWRIGHT_ACCEPT === '1' && ofReadme[name]) {
    await mkdir(at('extension', 'images'), { recursive: true });
    await copyFile(at('artifacts', 'screenshots', `${name}.png`), at('extension', 'images', `${ofReadme[name]}.png`));
  }
}

for (const [theme, name, least] of [
  ['Light Modern', 'light', 4.5],
  ['Dark Modern', 'dark', 4.5],
  ['Dark High Contrast', 'high-contrast', 7],
]) {
  test(`the views can be read in ${theme}`, async () => {
    await workbench.chooseTheme(theme);
    const faint = [];
    for (const [view, show] of Object.entries(views)) {
      await workbench.runCommand('View: Close All Editors');
      await close('.part.panel', 'View: Hide Panel');
      await close('.part.sidebar', 'View: Close Primary Side Bar');
      const frame = await show();
      // A theme comes to a view a moment later than to the window, and a notification goes.
      await workbench.page.waitForTimeout(700);
      const worst = await frame?.evaluate(faintest);
      if (worst && worst.contrast < least) {
        faint.push({ view, ...worst });
      }
      await keepPicture(view, name);
    }
    assert.deepEqual(faint, []);
  });
}
