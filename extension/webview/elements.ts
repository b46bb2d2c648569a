// Elements of a view's page: texts are only ever set as texts.
import * as l10n from '@vscode/l10n';
import type { Drawn, WidthOf } from './drawing';

export const svgNamespace = 'http://www.w3.org/2000/svg';

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children);
  return made;
}

/** An element of what was drawn in plain values. */
export function svgElement({ tag, attributes, children }: Drawn): SVGElement {
  const made = document.createElementNS(svgNamespace, tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, String(value)));
  made.append(...children.map((child) => (typeof child === 'string' ? child : svgElement(child))));
  return made;
}

/** The id of the node, or of what a click opens and closes, that an element is part of. */
export function idAt(target: EventTarget | null, what: 'node' | 'toggle'): string | undefined {
  const found = target instanceof Element ? target.closest(what === 'node' ? '[data-id]' : '[data-toggle]') : null;
  return found?.getAttribute(what === 'node' ? 'data-id' : 'data-toggle') ?? undefined;
}

const measuring = element('canvas').getContext('2d');

/** The width of a text as it will be drawn. */
export const widthOf: WidthOf = (text, font) => {
  if (!measuring) {
    return text.length * 7;
  }
  const family = getComputedStyle(document.body).fontFamily;
  measuring.font = font === 'name' ? `600 13px ${family}` : `11px ${family}`;
  return measuring.measureText(text).width;
};

/** A picture of twice the size, so that it is sharp on fine screens; less where it would be too large for a browser. As base64. */
export async function pngOf(svg: string, { width, height }: { width: number; height: number }): Promise<string> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = address;
    await image.decode();
    const scale = Math.min(2, 8000 / Math.max(width, height));
    const canvas = element('canvas');
    canvas.width = Math.ceil(width * scale);
    canvas.height = Math.ceil(height * scale);
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').slice('data:image/png;base64,'.length);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Tells which line is which, of those that there are. */
export function showLegend(legend: HTMLElement, scene: SVGElement): void {
  const meanings: [string, string][] = [
    ['succeeded', l10n.t('after success')],
    ['failed', l10n.t('after failure')],
    ['completed', l10n.t('once it has run')],
    ['skipped', l10n.t('when skipped')],
    ['mixed', l10n.t('after one of several')],
  ];
  const present = meanings.filter(([style]) => scene.querySelector(`.edge.${style}`));
  legend.replaceChildren(
    ...present.map(([style, meaning]) => {
      const line = document.createElementNS(svgNamespace, 'svg');
      line.append(
        svgElement({
          tag: 'g',
          attributes: { class: 'graph' },
          children: [
            {
              tag: 'g',
              attributes: { class: `edge ${style}` },
              children: [
                { tag: 'path', attributes: { class: 'line', d: 'M0 5H24' }, children: [] },
                { tag: 'path', attributes: { class: 'arrow', d: 'M30 5l-7 -4v8z' }, children: [] },
              ],
            },
          ],
        }),
      );
      return element('span', {}, line, meaning);
    }),
  );
  legend.style.display = present.length > 0 ? '' : 'none';
}
