// The outermost frame of each script: failures that the reader can act on are told in a sentence.
import { say, Stop } from './run.mjs';

/** Runs a script's body; a {@link Stop} becomes its message and exit code 1. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof Stop)) {
      throw error;
    }
    say(error.message);
    process.exitCode = 1;
  }
}
