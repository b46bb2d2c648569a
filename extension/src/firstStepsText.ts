// What the first steps write and ask, in plain values: no editor is needed for it.
import * as l10n from '@vscode/l10n';

/** A factory that the user can see. */
export interface FoundFactory {
  name: string;
  resourceGroup: string;
  subscription: string;
  subscriptionName: string;
  tenant?: string | undefined;
}

/** The pipewright.yaml of an imported factory; an emulator's address is in the user's own settings, so nothing is said of it. */
export function configurationText({ name, resourceGroup, subscription, tenant }: FoundFactory, isEmulator: boolean): string {
  if (isEmulator) {
    return '# Where this factory is deployed to. Never a secret.\n';
  }
  const lines = [
    '# Where this factory is deployed to. Never a secret.',
    'defaultTarget: azure',
    'targets:',
    '  azure:',
    `    subscription: ${quote(subscription)}`,
    `    resourceGroup: ${quote(resourceGroup)}`,
    `    factory: ${quote(name)}`,
    ...(tenant ? [`    tenant: ${quote(tenant)}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** A text that YAML would take for something else stands in quotes. */
const quote = (text: string) =>
  /^[A-Za-z][\w-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : JSON.stringify(text);

/** Why a name can't be that of a file; undefined where it can. */
export function fileNameProblem(name: string): string | undefined {
  if (name.trim() === '') {
    return l10n.t('A pipeline needs a name.');
  }
  return /[\\/:*?"<>|]|^\.|[. ]$/.test(name) ? l10n.t('A file cannot be called that.') : undefined;
}
