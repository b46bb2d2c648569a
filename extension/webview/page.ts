// What pages of views share: buttons, and the look of forms and lists.
import * as l10n from '@vscode/l10n';
import { element } from './elements';

export function button(text: string, act: () => void, { label, look = '' }: { label?: string; look?: string } = {}): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', ...(label ? { title: label, 'aria-label': label } : {}), ...(look ? { class: look } : {}) },
    text,
  );
  made.addEventListener('click', act);
  return made;
}

/** The keys that do what the page is for, on its button: it says so in its label, too. */
export const goKey = (): HTMLElement => element('kbd', { 'aria-hidden': 'true' }, l10n.t('Ctrl+Enter'));

export function useStyle(...texts: string[]): void {
  document.adoptedStyleSheets = texts.map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
}

/** Colours are the theme's; what they say is said by a sign or a word, too. */
export const pageStyle = `
html, body { height: 100%; margin: 0; padding: 0; overflow: hidden; }
body { display: flex; flex-direction: column; background: var(--vscode-editor-background); color: var(--vscode-editor-foreground); font: 13px/1.45 var(--vscode-font-family); }
.vscode-light, .vscode-high-contrast-light { color-scheme: light; }
.vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light) { color-scheme: dark; }
[hidden] { display: none !important; }
header, main, footer { padding: 10px 18px; box-sizing: border-box; }
header { border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); }
main { flex: 1; min-height: 0; overflow: auto; }
main > * { max-width: 860px; }
footer { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); }
h1 { font-size: 15px; font-weight: 600; margin: 0; }
h2 { font-size: 13px; font-weight: 600; margin: 16px 0 6px; }
h3 { font-size: 12px; font-weight: 600; margin: 10px 0 2px; color: var(--vscode-descriptionForeground); }
p { margin: 2px 0; }
.faint { color: var(--vscode-descriptionForeground); }
.space { flex: 1; }
.line { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
button { font: inherit; color: var(--vscode-button-secondaryForeground, var(--vscode-editor-foreground)); background: var(--vscode-button-secondaryBackground, transparent); border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); border-radius: 4px; padding: 3px 11px; cursor: pointer; }
kbd { font: inherit; font-size: 11px; padding: 0 5px; color: var(--vscode-keybindingLabel-foreground); background: var(--vscode-keybindingLabel-background); border: 1px solid var(--vscode-keybindingLabel-border, var(--vscode-contrastBorder, transparent)); border-radius: 3px; }
button:hover { background: var(--vscode-button-secondaryHoverBackground, transparent); outline: 1px dashed var(--vscode-contrastActiveBorder, transparent); outline-offset: -1px; }
button.primary { font-weight: 600; color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
button.primary kbd { color: inherit; background: transparent; border-color: currentColor; font-weight: 400; }
button.primary:hover { background: var(--vscode-button-hoverBackground); }
button:disabled { opacity: 0.5; cursor: default; }
button.link { background: none; border: none; padding: 0; color: var(--vscode-textLink-foreground); text-align: left; }
button.link:hover { color: var(--vscode-textLink-activeForeground); text-decoration: underline; background: none; }
button:focus-visible, input:focus-visible, textarea:focus-visible, select:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
main[tabindex]:focus-visible { outline: none; }
input[type="text"], input[type="password"], textarea, select { font: inherit; box-sizing: border-box; width: 100%; color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent)); border-radius: 3px; padding: 3px 7px; }
textarea { font-family: var(--vscode-editor-font-family, monospace); font-size: 12px; resize: vertical; tab-size: 2; }
textarea.prose { font-family: inherit; font-size: inherit; }
[aria-invalid="true"] { border-color: var(--vscode-inputValidation-errorBorder, var(--vscode-editorError-foreground)) !important; border-style: dashed !important; }
input[type="checkbox"], input[type="radio"] { accent-color: var(--vscode-focusBorder); margin: 0 6px 0 0; vertical-align: -2px; }
fieldset { border: none; margin: 0; padding: 0; }
fieldset + fieldset { margin-top: 12px; }
legend { font-weight: 600; padding: 0; margin: 10px 0 4px; }
label.choice { display: block; padding: 1px 0; }
.alert { margin: 8px 0; padding: 6px 10px; white-space: pre-wrap; border: 1px solid var(--vscode-inputValidation-errorBorder, var(--vscode-editorError-foreground)); border-left-width: 4px; background: var(--vscode-inputValidation-errorBackground, transparent); color: var(--vscode-inputValidation-errorForeground, var(--vscode-editor-foreground)); }
.warn { margin: 8px 0; padding: 6px 10px; border: 1px solid var(--vscode-inputValidation-warningBorder, var(--vscode-editorWarning-foreground)); border-left-width: 4px; background: var(--vscode-inputValidation-warningBackground, transparent); color: var(--vscode-inputValidation-warningForeground, var(--vscode-editor-foreground)); }
.warn ul { margin: 2px 0 0; padding-left: 18px; }
`;
