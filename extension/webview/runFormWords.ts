// What the form of a run says, in the user's language.
import './texts';
import * as l10n from '@vscode/l10n';
import type { RunFormWords } from './runFormModel';

export const words: RunFormWords = {
  title: l10n.t('Run {0}'),
  inTarget: l10n.t('in {0}'),
  emulator: l10n.t('{0} (emulator)'),
  changeTarget: l10n.t('Change target'),
  whatRuns: l10n.t('What runs'),
  deployed: l10n.t('What is deployed'),
  deployedHint: l10n.t('the version that the factory has'),
  scratch: l10n.t('This version'),
  scratchHint: l10n.t('of the file, under a scratch name that is deleted afterwards'),
  parameters: l10n.t('Parameters'),
  noParameters: l10n.t('This pipeline takes no parameters.'),
  required: l10n.t('required'),
  isDefault: l10n.t('The default.'),
  secretDefault: l10n.t('Left empty, its default counts.'),
  noDefault: l10n.t('There is no default.'),
  given: l10n.t('Given for this run.'),
  emptyText: l10n.t('An empty text is given.'),
  neverKept: l10n.t('It is not remembered.'),
  reset: l10n.t('Reset to default'),
  clear: l10n.t('Clear'),
  resetAll: l10n.t('Reset all'),
  layOut: l10n.t('Format JSON'),
  earlier: l10n.t('Values of an earlier run…'),
  run: l10n.t('Run'),
  runHint: l10n.t('Run with these values (Ctrl+Enter)'),
  cancel: l10n.t('Cancel'),
  ready: l10n.t('{0} can run with these values.'),
  toMend: l10n.t('To be mended first: {0}'),
  running: l10n.t('The run is being started…'),
  unset: l10n.t('Neither true nor false yet: there is no default.'),
};
