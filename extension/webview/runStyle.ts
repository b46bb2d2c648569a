// The look of a run's view, by the colours of the editor's theme. Each state has a pattern of its own beside its colour.
export const runStyle = `
html, body { height: 100%; margin: 0; padding: 0; overflow: hidden; }
body { display: flex; flex-direction: column; background: var(--vscode-editor-background); color: var(--vscode-editor-foreground); font: 13px var(--vscode-font-family); }
[hidden] { display: none !important; }
.tools { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; padding: 6px 10px; border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); }
.tools h1 { font-size: 13px; font-weight: 600; margin: 0; }
.tools .space { flex: 1; }
.state { font-weight: 600; padding: 1px 8px; border-radius: 9px; border: 1px solid currentColor; }
.state.succeeded { color: var(--vscode-charts-green); }
.state.failed { color: var(--vscode-charts-red); }
.state.inprogress, .state.queued { color: var(--vscode-charts-blue); }
button { font: inherit; color: var(--vscode-button-secondaryForeground, var(--vscode-editor-foreground)); background: var(--vscode-button-secondaryBackground, transparent); border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 4px; padding: 3px 10px; cursor: pointer; }
button:hover { background: var(--vscode-button-secondaryHoverBackground, transparent); }
button:focus-visible, select:focus-visible, .row:focus-visible, pre:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
button.link { display: block; background: none; border: none; padding: 2px 0; text-align: left; color: var(--vscode-textLink-foreground); word-break: break-all; }
select { font: inherit; max-width: 260px; color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); border: 1px solid var(--vscode-dropdown-border, transparent); border-radius: 4px; padding: 2px 4px; }
.problem { padding: 5px 12px; background: var(--vscode-inputValidation-warningBackground, transparent); border-bottom: 1px solid var(--vscode-inputValidation-warningBorder, var(--vscode-editorWarning-foreground)); }
.main { flex: 1; display: flex; min-height: 0; }
.left { flex: 1; display: flex; flex-direction: column; min-width: 0; overflow: auto; }
.axis { position: sticky; top: 0; z-index: 1; flex: none; height: 24px; margin-left: 230px; margin-right: 14px; background: var(--vscode-editor-background); border-bottom: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder)); }
.axis span { position: absolute; top: 5px; font-size: 11px; color: var(--vscode-descriptionForeground); padding-left: 4px; border-left: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder)); white-space: nowrap; }
.row { display: flex; align-items: center; height: 28px; cursor: pointer; padding-right: 14px; }
.row:hover { background: var(--vscode-list-hoverBackground); }
.row.selected { background: var(--vscode-list-activeSelectionBackground); color: var(--vscode-list-activeSelectionForeground); outline: 1px solid var(--vscode-contrastActiveBorder, transparent); outline-offset: -1px; }
.row .name { flex: none; width: 230px; box-sizing: border-box; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row .name small { margin-left: 7px; opacity: 0.75; }
.lane { flex: 1; position: relative; height: 100%; }
.bar { position: absolute; top: 7px; height: 14px; border-radius: 3px; background: var(--vscode-charts-foreground); min-width: 3px; box-sizing: border-box; }
.bar.whole { top: 11px; height: 6px; }
.bar.succeeded { background: var(--vscode-charts-green); }
.bar.failed { background: repeating-linear-gradient(45deg, var(--vscode-charts-red) 0 5px, var(--vscode-editor-background) 5px 6.5px); border: 1px solid var(--vscode-charts-red); }
.bar.inprogress, .bar.queued { background: repeating-linear-gradient(90deg, var(--vscode-charts-blue) 0 8px, transparent 8px 10px); }
.bar.cancelled, .bar.canceling, .bar.skipped, .bar.inactive { background: transparent; border: 1px dashed var(--vscode-descriptionForeground); }
.duration { position: absolute; top: 6px; font-size: 11px; white-space: nowrap; opacity: 0.85; }
.duration.before { transform: translateX(-100%); }
.details { width: 36%; min-width: 220px; max-width: 520px; overflow: auto; padding: 10px 14px; border-left: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); }
.details h2 { font-size: 14px; margin: 0 0 2px; }
.details h3 { font-size: 11px; text-transform: uppercase; letter-spacing: 0.04em; margin: 14px 0 4px; color: var(--vscode-descriptionForeground); }
.details p { margin: 0 0 8px; color: var(--vscode-descriptionForeground); }
.details pre { margin: 0; padding: 8px; overflow: auto; max-height: 320px; font-family: var(--vscode-editor-font-family); font-size: 12px; background: var(--vscode-textCodeBlock-background); border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 4px; }
.error { margin: 10px 0; padding: 8px 10px; white-space: pre-wrap; border-left: 3px solid var(--vscode-editorError-foreground); background: var(--vscode-inputValidation-errorBackground, transparent); }
@media (max-width: 760px) {
  .main { flex-direction: column; }
  .left { flex: 0 1 auto; max-height: 60%; }
  .details { flex: 1; width: auto; max-width: none; min-height: 120px; border-left: none; border-top: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); }
  .row .name { width: 170px; }
  .axis { margin-left: 170px; }
}
`;
