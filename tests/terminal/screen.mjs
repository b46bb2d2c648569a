// A real terminal: a program in tmux, what is typed there, and what is then on the screen.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { which } from '../../extension/build/run.mjs';

export const hasTerminal = which('tmux') !== null;
const run = promisify(execFile);
let count = 0;

/** How long something may take to appear, generously: nothing waits for so long where all is well. */
const patience = 60_000;

/**
 * Starts a program in a terminal of its own.
 * @param {string} command as a shell reads it
 * @param {{cwd: string, env?: Record<string, string>}} options where, and with which further variables
 */
export async function open(command, { cwd, env = {} }) {
  // A server of its own: nobody's settings and sessions are touched.
  const socket = count++;
  const at = (...args) =>
    run('tmux', ['-L', `pipewright-${process.pid}-${socket}`, '-f', '/dev/null', ...args], { env: { ...process.env, TMUX: '' } });
  // Not by tmux's own option for them, which leaves PATH as it was.
  const variables = Object.entries(env).map(([name, value]) => `'${name}=${value}'`);
  await at('new-session', '-d', '-x', '140', '-y', '50', '-c', cwd, ['exec', 'env', ...variables, command].join(' '));
  const look = async (...args) => (await at('capture-pane', '-p', '-S', '-500', ...args)).stdout.trimEnd();
  return {
    /** All that is on the screen and was scrolled off it; with `-e` with its colours. */
    look,
    /** Types text as it is. */
    type: (text) => at('send-keys', '-l', text),
    /** Presses a key by its name in tmux. */
    press: (key) => at('send-keys', key),
    /** Waits until the screen matches, and gives what it then shows. */
    async sees(pattern, ...args) {
      const end = Date.now() + patience;
      for (;;) {
        const screen = await look(...args);
        if (pattern.test(screen)) {
          return screen;
        }
        if (Date.now() > end) {
          throw new Error(`${pattern} did not appear:\n${screen}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    },
    close: () => at('kill-server').catch(() => {}),
  };
}
