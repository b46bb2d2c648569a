// Drives a real VS Code in a real browser: what a person would click, type and see.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { at, Stop, which } from '../../extension/build/run.mjs';
import { profileIn, startCodeServer, writeSettings } from '../../extension/build/vscode.mjs';

const screenshots = at('artifacts', 'screenshots');
const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A new folder for one test, with a factory in it; whoever asks for it removes `scratch`.
 * @param {Record<string, string>} files texts by their paths
 */
export async function makeFactory(files) {
  const scratch = await mkdtemp(path.join(tmpdir(), 'pipewright-e2e-'));
  const folder = path.join(scratch, 'factory');
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return { scratch, folder };
}

/**
 * Opens a folder in a new VS Code with nothing but our extension, or with those of `vsix`.
 * @param {{folder: string, scratch: string, settings?: object, trust?: boolean, vsix?: string[], language?: string, prepare?: (profile: object) =>
 *   Promise<void>}} options `scratch` takes VS Code's own files; `language` is that of texts, where they are translated; `prepare` runs before VS
 *   Code starts
 */
export async function openWorkbench({ folder, scratch, settings = {}, trust = true, vsix, language, prepare }) {
  const profile = profileIn(path.join(scratch, 'vscode'));
  await writeSettings(profile, settings);
  const server = await startCodeServer({ folder, profile, trust, ...(vsix ? { vsix } : {}), prepare: () => prepare?.(profile) });
  const browser = await launchBrowser().catch((error) => {
    server.stop();
    throw error;
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(30_000);
  if (language) {
    // What a language pack would set; VS Code's own texts stay as they are.
    await page.addInitScript((name) => (globalThis._VSCODE_NLS_LANGUAGE = name), language);
  }
  await page.goto(server.address);
  await page.locator('.monaco-workbench').waitFor();
  const close = async () => {
    await browser.close();
    server.stop();
  };
  return new Workbench(page, close);
}

function launchBrowser() {
  const executablePath = which('chromium') ?? which('google-chrome') ?? which('chromium-browser');
  if (executablePath === null) {
    throw new Stop('no Chromium is installed');
  }
  return chromium.launch({ executablePath, args: chromiumArguments });
}

/** Whether something comes to its end, and what it gives is as wanted. */
const succeeds = (promise, isWanted = () => true) => promise.then(isWanted, () => false);

/** The window of a VS Code. Each action waits until what it waits for is there, or fails after the page's time limit. */
class Workbench {
  constructor(page, close) {
    this.page = page;
    this.close = close;
  }

  /** Opens a file of the folder by its name. */
  async openFile(name) {
    // In quotes, so that no file whose name only holds the letters in that order is listed: rows move while results come in, and a click would hit another.
    await this.#choose('Control+P', `"${name}"`, '', name);
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** Goes back to the texts: what is opened while a view has the focus comes beside it. */
  async focusTexts() {
    await this.page.keyboard.press('Control+1');
    // Keys pressed in a view come to the window a moment later.
    await this.page.waitForFunction(() => document.activeElement?.tagName !== 'IFRAME');
  }

  /** Runs a command of the palette by its title. */
  async runCommand(title) {
    await this.#choose('F1', title, '>', title);
  }

  /** The commands that the palette offers for a text. */
  async commandsFor(text) {
    // Only rows that are seen are there, and how many that are goes by the height of the window.
    const size = this.page.viewportSize();
    await this.page.setViewportSize({ ...size, height: 3 * size.height });
    await this.#quickInput('F1', text, '>');
    const rows = this.page.locator('.quick-input-list .monaco-list-row .label-name');
    await rows.first().waitFor();
    // Only the rows on the screen are on the page.
    const titles = new Set();
    for (let before = -1; titles.size > before;) {
      before = titles.size;
      (await rows.allInnerTexts()).forEach((title) => titles.add(title));
      await this.page.keyboard.press('PageDown');
      await this.page.waitForTimeout(200);
      (await rows.allInnerTexts()).forEach((title) => titles.add(title));
    }
    await this.page.keyboard.press('Escape');
    await this.page.setViewportSize(size);
    return [...titles];
  }

  /** Opens a list with a key, narrows it down and takes a row; all again where the list goes away under the hand. */
  async #choose(key, text, prefix, label) {
    for (let tries = 0; tries < 5; tries++) {
      await this.#quickInput(key, text, prefix);
      if (await succeeds(this.#row(label).click({ timeout: 6000 }))) {
        return;
      }
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`'${label}' could not be taken from the list that ${key} opens.`);
  }

  /**
   * Opens VS Code's own input with a key and fills it in; again where it closes by itself, as when the focus goes to an editor a moment later, whose view
   * was closed before.
   */
  async #quickInput(key, text, prefix = '') {
    const widget = this.page.locator('.quick-input-widget').first();
    const input = widget.locator('input').first();
    for (let tries = 0; tries < 5; tries++) {
      // The one before may be on its way out, and would take the text.
      await widget.waitFor({ state: 'hidden' });
      await this.page.keyboard.press(key);
      const isFilled = (await succeeds(input.waitFor({ timeout: 6000 }))) && (await succeeds(input.fill(prefix + text, { timeout: 2000 })));
      if (isFilled && (await this.#holds(input, prefix + text))) {
        return;
      }
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`The input that ${key} opens does not stay.`);
  }

  /** Whether an input is there with its text once VS Code has drawn what it had begun. */
  async #holds(input, text) {
    await this.#nextFrames();
    return (await input.isVisible()) && (await succeeds(input.inputValue({ timeout: 1000 }), (value) => value === text));
  }

  /** Waits until the window has been drawn twice, and so has taken in what was done to it. */
  async #nextFrames() {
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }

  /** Puts the cursor at a line and column of the active editor, both from 1, and shows it. */
  async goTo(line, column) {
    await this.#quickInput('Control+G', `${line}:${column}`, ':');
    await this.page.keyboard.press('Enter');
    await this.page.locator('.editor-instance .monaco-editor.focused').waitFor();
  }

  /** Takes away so many characters after the cursor. */
  async remove(count) {
    for (let i = 0; i < count; i++) {
      await this.page.keyboard.press('Delete');
    }
  }

  /** The lines of the active editor that are on the screen, from its top. */
  async lines() {
    const rows = await this.page
      .locator('.editor-instance .view-line')
      .evaluateAll((elements) => elements.map((element) => [parseFloat(element.style.top), element.textContent]));
    return rows.sort(([a], [b]) => a - b).map(([, text]) => text.replaceAll('\u00a0', ' '));
  }

  /** Types as a person does. */
  async type(text) {
    await this.page.keyboard.type(text, { delay: 30 });
  }

  /** Asks for suggestions and waits for them. */
  async openSuggestions() {
    await this.page.keyboard.press('Control+Space');
    await this.page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
  }

  /** Takes the suggestion with this label. */
  async acceptSuggestion(label) {
    await this.page.locator('.suggest-widget.visible .monaco-list-row .label-name').getByText(label, { exact: true }).first().click();
    await this.page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' });
  }

  /** The colour of the part of the active editor that shows exactly this text; null while the editor is drawing it anew. */
  async #colourNow(text) {
    const part = this.page.locator('.editor-instance .view-line span > span', { hasText: text });
    // An element that has just been taken off the page has no colour.
    return part.first().evaluate((element) => getComputedStyle(element).color || null);
  }

  /**
   * The colours of texts in the active editor once it has coloured them: it shows a text before its grammar has come.
   * @param {string[]} texts the first two differ in colour once that is done
   */
  async coloursOf(...texts) {
    for (const end = Date.now() + 30_000; Date.now() < end; await this.page.waitForTimeout(100)) {
      const colours = await Promise.all(texts.map((text) => this.#colourNow(text)));
      if (!colours.includes(null) && colours[0] !== colours[1]) {
        return colours;
      }
    }
    throw new Error(`'${texts[0]}' and '${texts[1]}' never got colours of their own`);
  }

  /** Asks for the signature of the call at the cursor, and waits for one that holds a text. */
  async signature(text) {
    await this.page.keyboard.press('Control+Shift+Space');
    await this.page.locator('.parameter-hints-widget.visible', { hasText: text }).waitFor();
  }

  /** Points at the first place that shows a text, and gives what the hover says. */
  async hover(text) {
    const part = this.page.locator('.editor-instance .view-line span > span', { hasText: text }).first();
    const box = await part.boundingBox();
    const whole = await part.textContent();
    const width = box.width / whole.length;
    await this.page.mouse.move(box.x + width * (whole.indexOf(text) + 1), box.y + box.height / 2);
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: text }).first();
    await hover.waitFor();
    return hover.innerText();
  }

  /** Takes the quick fix with this title at the cursor. */
  async applyFix(title) {
    const action = this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    await this.#insist(action, () => this.page.keyboard.press('Control+.'));
    await action.click();
    await this.page.locator('.action-widget .monaco-list-row').first().waitFor({ state: 'hidden' });
  }

  /** Mends all that can be mended, which must give a line with this text. */
  async fixAll(text) {
    await this.#insist(this.page.locator('.editor-instance .view-line', { hasText: text }).first(), () => this.runCommand('Fix All'));
  }

  /** Does something until it shows: VS Code drops a wish for fixes when findings come in before they are there, as those of a file just opened do. */
  async #insist(shown, act) {
    for (let tries = 0; tries < 5; tries++) {
      await act();
      if (await succeeds(shown.waitFor({ timeout: 5000 }))) {
        return;
      }
      await this.page.keyboard.press('Escape');
    }
    await shown.waitFor();
  }

  /** Gives what the cursor is on another name. */
  async rename(name) {
    await this.page.keyboard.press('F2');
    const input = this.page.locator('.rename-box input');
    await input.waitFor();
    await input.fill(name);
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
    await this.lineWith(name);
  }

  /** Waits until a line on the screen holds a text. */
  async lineWith(text) {
    await this.page.locator('.editor-instance .view-line', { hasText: text }).first().waitFor();
  }

  /** Waits for a squiggle of a severity in the active editor. */
  async squiggle(severity) {
    await this.page.locator(`.editor-instance .squiggly-${severity}`).first().waitFor();
  }

  /** Shows the Problems panel and waits for a row that holds the text; gives all rows' texts. */
  async problemWith(text) {
    await this.page.keyboard.press('Control+Shift+M');
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    await rows.filter({ hasText: text }).first().waitFor();
    return rows.allInnerTexts();
  }

  /** Waits until no problem is left. */
  async noProblems() {
    await this.page.locator('.markers-panel', { hasText: 'No problems have been detected' }).waitFor();
  }

  /** Waits until the status bar shows a target, and gives the text of the item. */
  async targetWhenShown(name) {
    const item = this.#targetItem.filter({ hasText: name });
    await item.waitFor().catch(async (error) => {
      throw new Error(`The status bar shows ${JSON.stringify(await this.#targetItem.allInnerTexts())} in place of '${name}'.`, {
        cause: error,
      });
    });
    return (await item.innerText()).trim();
  }

  /** Clicks the status bar's target. */
  async clickTarget() {
    await this.#targetItem.click();
  }

  get #targetItem() {
    return this.page.locator('.statusbar-item[id*="pipewright.target"]');
  }

  /** Takes a row of the list that VS Code asks with. */
  async pick(label) {
    // Not with the keyboard: Enter takes the first row, which may be one from before the list was narrowed down.
    await this.#row(label).click();
  }

  /** A row of the list that VS Code asks with. */
  #row(label) {
    return this.page.locator('.quick-input-list .monaco-list-row .label-name').getByText(label, { exact: true }).first();
  }

  /** Answers the box whose title holds a text. */
  async answerInput(title, text) {
    await this.page.locator('.quick-input-widget .quick-input-title', { hasText: title }).waitFor();
    await this.page.locator('.quick-input-widget input.input').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Waits for a notification that holds the text, and gives all of its text. */
  async notification(text) {
    const toast = this.page.locator('.notification-toast', { hasText: text }).first();
    await toast.waitFor();
    return toast.innerText();
  }

  /** Waits for a notification in the list of all: one that comes while another one closes is not shown by itself. */
  async notificationInList(text) {
    await this.runCommand('Notifications: Show Notifications');
    await this.page.locator('.notifications-center .notification-list-item', { hasText: text }).first().waitFor();
  }

  /** Presses a button of a notification, which closes it; again where another notification moved it away under the pointer. */
  async clickInNotification(label) {
    const button = this.page.locator('.notification-toast .monaco-button', { hasText: label }).first();
    for (let tries = 0; tries < 5; tries++) {
      await button.click();
      if (await succeeds(button.waitFor({ state: 'hidden', timeout: 2000 }))) {
        return;
      }
    }
    throw new Error(`The notification with '${label}' stays.`);
  }

  /** Closes all notifications. */
  async clearNotifications() {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page.locator('.notification-toast').first().waitFor({ state: 'hidden' });
  }

  /** Waits until an editor has a line with a text. */
  async shows(text) {
    await this.page
      .locator('.view-line', { hasText: text.replaceAll(' ', '\u00a0') })
      .or(this.page.locator('.view-line', { hasText: text }))
      .first()
      .waitFor();
  }

  /** Waits for a question that must be answered, and gives its text. */
  async dialog() {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    return dialog.innerText();
  }

  /** Presses a button of the question. */
  async answerDialog(label) {
    await this.page.locator('.monaco-dialog-box .monaco-button', { hasText: label }).first().click();
    await this.page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
  }

  /** The frame of a view that shows something: a webview is a page in a page in the page. */
  async webview(selector) {
    for (const end = Date.now() + 30_000; Date.now() < end; await this.page.waitForTimeout(100)) {
      for (const frame of this.page.frames()) {
        const isThere = await frame
          .locator(selector)
          .first()
          .isVisible()
          .catch(() => false);
        if (isThere) {
          return frame;
        }
      }
    }
    throw new Error(`no view shows ${selector}`);
  }

  /** Fills in the form that asks for a run's parameters, as far as values are given, and runs. */
  async runPipeline(values = {}) {
    await this.runCommand('Pipewright: Run');
    const form = await this.runForm();
    for (const [name, text] of Object.entries(values)) {
      await form.locator(`[data-name="${name}"]`).fill(text);
    }
    await form.locator('button.primary').click();
  }

  /** The form that asks for a run's parameters. */
  runForm() {
    return this.webview('legend:has-text("What runs")');
  }

  /** Takes other colours, and waits until a view has them: they come to it a moment later than to the window. */
  async chooseTheme(theme, view) {
    await this.runCommand('Preferences: Color Theme');
    // Keys that come before its list is there would go into a text.
    await this.page.locator('.quick-input-widget input[placeholder^="Select Color Theme"]').fill(theme);
    await this.pick(theme);
    const isDark = theme.startsWith('Dark');
    await view?.waitForFunction((wantsDark) => {
      const colours = getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3);
      return Math.max(...colours.map(Number)) < 60 === wantsDark;
    }, isDark);
  }

  /** Keeps a picture of the window in artifacts/screenshots/. */
  async screenshot(name) {
    await mkdir(screenshots, { recursive: true });
    await this.page.screenshot({ path: path.join(screenshots, `${name}.png`) });
  }
}
