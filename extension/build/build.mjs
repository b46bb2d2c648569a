// `npm run build`: artifacts/bin/pipewright, artifacts/bin/pipewright-emulator and artifacts/pipewright-<platform>.vsix.
import { buildArtifacts, emulatorFile, serverFile, vsixFile } from './artifacts.mjs';
import { main } from './main.mjs';

await main(async () => {
  await buildArtifacts();
  console.log([serverFile, emulatorFile, vsixFile].join('\n'));
});
