// `npm run build`: artifacts/bin/pipewright, artifacts/bin/pipewright-emulator, artifacts/pipewright-<platform>.vsix and
// artifacts/pipewright-universal.vsix.
import { buildArtifacts, emulatorFile, serverFile, universalVsixFile, vsixFile } from './artifacts.mjs';
import { main } from './main.mjs';

await main(async () => {
  await buildArtifacts();
  console.log([serverFile, emulatorFile, vsixFile, universalVsixFile].join('\n'));
});
