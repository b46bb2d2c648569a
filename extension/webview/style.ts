// The look of a graph, by the colours of the editor's theme; the view and exported files share it.

/** Styles of what is drawn. Every outcome has a kind of line of its own beside its colour. */
export const drawingStyle = `
.paper { fill: var(--vscode-editor-background, #ffffff); }
.graph text { font-family: var(--vscode-font-family, system-ui, sans-serif); font-size: 13px; fill: var(--vscode-editor-foreground, #333333); }
.graph .name { font-weight: 600; }
.graph .detail { font-size: 11px; fill: var(--vscode-descriptionForeground, #717171); }
.graph .body { fill: var(--vscode-editorWidget-background, #f3f3f3); stroke: var(--vscode-contrastBorder, var(--vscode-editorWidget-border, #c8c8c8)); stroke-width: 1; }
.graph .frame { fill: var(--vscode-sideBar-background, #f8f8f8); fill-opacity: 0.55; stroke: var(--vscode-contrastBorder, var(--vscode-editorWidget-border, #c8c8c8)); stroke-width: 1; }
.graph .head { fill: transparent; stroke: none; }
.graph .branch rect { fill: none; stroke: var(--vscode-contrastBorder, var(--vscode-editorWidget-border, #c8c8c8)); stroke-dasharray: 2 3; }
.graph .branch.unnamed rect { stroke: none; }
.graph .branch-label { font-size: 11px; font-weight: 600; fill: var(--vscode-descriptionForeground, #717171); }
.graph .empty { font-size: 11px; font-style: italic; fill: var(--vscode-descriptionForeground, #717171); }
.graph .picture-back { fill: var(--vscode-charts-foreground, #616161); fill-opacity: 0.14; }
.graph .picture { fill: none; stroke: var(--vscode-editor-foreground, #333333); stroke-width: 1.3; stroke-linejoin: round; stroke-linecap: round; }
.graph .shape-data .picture-back, .graph .shape-dataset .picture-back { fill: var(--vscode-charts-blue, #1a85ff); fill-opacity: 0.22; }
.graph .shape-service .picture-back, .graph .shape-linkedService .picture-back { fill: var(--vscode-charts-orange, #d18616); fill-opacity: 0.24; }
.graph .shape-pipeline .picture-back { fill: var(--vscode-charts-purple, #652d90); fill-opacity: 0.24; }
.graph .shape-dataFlow .picture-back, .graph .shape-dataflow .picture-back { fill: var(--vscode-charts-green, #388a34); fill-opacity: 0.22; }
.graph .shape-trigger .picture-back { fill: var(--vscode-charts-yellow, #bf8803); fill-opacity: 0.28; }
.graph .edge .line { fill: none; stroke-width: 1.6; }
.graph .edge .arrow { stroke: none; }
.graph .edge.reference .line { stroke: var(--vscode-descriptionForeground, #717171); stroke-opacity: 0.75; stroke-width: 1.2; }
.graph .edge.reference .arrow { fill: var(--vscode-descriptionForeground, #717171); }
.graph .edge.succeeded .line { stroke: var(--vscode-charts-green, #388a34); }
.graph .edge.succeeded .arrow, .graph .edge.succeeded .pill text { fill: var(--vscode-charts-green, #388a34); }
.graph .edge.failed .line { stroke: var(--vscode-charts-red, #e51400); stroke-dasharray: 7 4; }
.graph .edge.failed .arrow, .graph .edge.failed .pill text { fill: var(--vscode-charts-red, #e51400); }
.graph .edge.completed .line { stroke: var(--vscode-charts-blue, #1a85ff); stroke-width: 2.6; }
.graph .edge.completed .arrow, .graph .edge.completed .pill text { fill: var(--vscode-charts-blue, #1a85ff); }
.graph .edge.skipped .line { stroke: var(--vscode-charts-yellow, #bf8803); stroke-dasharray: 1.6 4; stroke-linecap: round; stroke-width: 2; }
.graph .edge.skipped .arrow, .graph .edge.skipped .pill text { fill: var(--vscode-charts-yellow, #bf8803); }
.graph .edge.mixed .line { stroke: var(--vscode-charts-purple, #652d90); stroke-dasharray: 9 3 2 3; }
.graph .edge.mixed .arrow, .graph .edge.mixed .pill text { fill: var(--vscode-charts-purple, #652d90); }
.graph .pill rect { fill: var(--vscode-editor-background, #ffffff); stroke: currentColor; stroke-opacity: 0.35; }
.graph .pill text { font-size: 11px; font-weight: 600; }
.graph .inactive { opacity: 0.55; }
.graph .inactive .body, .graph .frame.inactive { stroke-dasharray: 5 4; }
.graph .missing .body { fill: none; stroke: var(--vscode-editorError-foreground, #e51400); stroke-dasharray: 4 3; }
.graph .wrong .body, .graph .frame.wrong { stroke: var(--vscode-editorError-foreground, #e51400); stroke-width: 1.6; }
.graph .doubtful .body, .graph .frame.doubtful { stroke: var(--vscode-editorWarning-foreground, #bf8803); stroke-width: 1.4; }
.graph .sign.error circle { fill: var(--vscode-editorError-foreground, #e51400); }
.graph .sign.warning .back { fill: var(--vscode-editorWarning-foreground, #bf8803); }
.graph .sign text { font-size: 10px; font-weight: 700; fill: var(--vscode-editor-background, #ffffff); }
.graph .toggle rect { fill: transparent; }
.graph .toggle path { fill: none; stroke: var(--vscode-editor-foreground, #333333); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.graph .run-state text { font-size: 11px; font-weight: 600; fill: var(--vscode-editor-foreground, #333333); }
.graph .run-succeeded .body, .graph .frame.run-succeeded { stroke: var(--vscode-charts-green, #388a34); stroke-width: 2; }
.graph .run-failed .body, .graph .frame.run-failed { stroke: var(--vscode-charts-red, #e51400); stroke-width: 2; }
.graph .run-inprogress .body, .graph .frame.run-inprogress { stroke: var(--vscode-charts-blue, #1a85ff); stroke-width: 2; stroke-dasharray: 6 4; }
`;

/** Styles of what only the view has: its tools, the focus, what is selected and searched for. */
export const viewStyle = `
html, body { height: 100%; margin: 0; padding: 0; overflow: hidden; }
body { display: flex; flex-direction: column; background: var(--vscode-editor-background); color: var(--vscode-editor-foreground); font: 13px var(--vscode-font-family); }
.tools { display: flex; align-items: center; gap: 2px; padding: 5px 8px; border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); }
.tools h1 { font-size: 13px; font-weight: 600; margin: 0 8px 0 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; flex: 0 1 auto; min-width: 40px; }
.tools .space { flex: 1; }
.tools button { font: inherit; color: var(--vscode-editor-foreground); background: transparent; border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 4px; flex: none; min-width: 24px; height: 24px; padding: 0 6px; cursor: pointer; }
.tools button:hover { background: var(--vscode-toolbar-hoverBackground, rgba(128, 128, 128, 0.2)); outline: 1px dashed var(--vscode-contrastActiveBorder, transparent); }
.tools button:focus-visible, .tools input:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
.tools input { font: inherit; flex: 0 4 150px; min-width: 64px; height: 24px; box-sizing: border-box; color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent)); border-radius: 4px; padding: 0 6px; }
.tools .hits { font-size: 11px; white-space: nowrap; padding: 0 4px; color: var(--vscode-descriptionForeground); }
.kinds { display: flex; flex-wrap: wrap; gap: 4px; padding: 5px 8px; border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); }
.kinds:empty { display: none; }
.kinds button { font: inherit; font-size: 11px; height: 20px; padding: 0 8px; border-radius: 10px; cursor: pointer; color: var(--vscode-descriptionForeground); background: transparent; border: 1px dashed var(--vscode-descriptionForeground); text-decoration: line-through; }
.kinds button[aria-pressed="true"] { color: var(--vscode-editor-foreground); border-style: solid; text-decoration: none; }
.kinds button:hover { background: var(--vscode-toolbar-hoverBackground, transparent); }
.kinds button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
.note { display: none; padding: 5px 12px; color: var(--vscode-editor-foreground); background: var(--vscode-inputValidation-warningBackground, transparent); border-bottom: 1px solid var(--vscode-inputValidation-warningBorder, var(--vscode-editorWarning-foreground)); }
.note.shown { display: block; }
.canvas { flex: 1; min-height: 0; position: relative; }
.canvas svg { position: absolute; inset: 0; width: 100%; height: 100%; cursor: grab; touch-action: none; }
.canvas svg.dragging { cursor: grabbing; }
.canvas svg:focus { outline: none; }
.legend { position: absolute; left: 12px; bottom: 10px; max-width: calc(100% - 48px); display: flex; flex-wrap: wrap; gap: 2px 14px; padding: 5px 10px; font-size: 11px; border-radius: 5px; pointer-events: none; color: var(--vscode-descriptionForeground); background: var(--vscode-editor-background); border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); }
.legend:empty { display: none; }
.legend span { display: inline-flex; align-items: center; gap: 6px; white-space: nowrap; }
.legend svg { position: static; width: 30px; height: 10px; }
.nothing { position: absolute; inset: 0; display: none; align-items: center; justify-content: center; padding: 24px; text-align: center; color: var(--vscode-descriptionForeground); }
.nothing.shown { display: flex; }
.stale svg.all { opacity: 0.75; }
.graph .node { cursor: pointer; outline: none; }
.graph .node:hover .body { fill: var(--vscode-list-hoverBackground, var(--vscode-editorWidget-background)); }
.graph .node:hover .name { text-decoration: underline; }
.graph .node:focus-visible .body, .graph .node:focus-visible .head { stroke: var(--vscode-focusBorder); stroke-width: 2.5; stroke-dasharray: none; }
.graph .selected .body, .graph .frame.selected { stroke: var(--vscode-focusBorder); stroke-width: 2.5; stroke-dasharray: none; }
.graph .selected .body { fill: var(--vscode-list-inactiveSelectionBackground, var(--vscode-editorWidget-background)); }
.graph .toggle:hover rect { fill: var(--vscode-toolbar-hoverBackground, rgba(128, 128, 128, 0.25)); }
.graph .edge { transition: opacity 120ms; }
.graph .edge.beside { opacity: 0.5; }
.vscode-high-contrast .graph .edge.beside { opacity: 0.75; }
.graph .not-found { opacity: 0.25; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@keyframes run { to { stroke-dashoffset: -20; } }
@media (prefers-reduced-motion: no-preference) { .graph .run-inprogress .body { animation: run 1s linear infinite; } }
`;
