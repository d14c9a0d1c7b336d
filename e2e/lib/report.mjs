// Counts and tells: every step is a test. After a failed step the rest of its journey is not tried, but said.
let passed = 0;
let failed = 0;

async function attempt(what, action, onFailure) {
  const started = performance.now();
  try {
    const result = await action();
    passed += 1;
    console.log(`  ok ${what} (${Math.round(performance.now() - started)} ms)`);
    return result;
  } catch (error) {
    failed += 1;
    onFailure();
    console.log(`  FAILED ${what}\n${indent(error.stack ?? String(error))}`);
    return undefined;
  }
}

/** Runs one journey; `steps` are told by name while they run. */
export async function journey(name, run) {
  console.log(`\n${name}`);
  let broken = false;
  const step = async (what, action) => {
    if (broken) {
      console.log(`  -  ${what} (not tried)`);
      return undefined;
    }
    return attempt(what, action, () => (broken = true));
  };
  // For findings that should not end the journey: a fault on one page must not hide the next one.
  step.also = async (what, action) => attempt(what, action, () => {});
  try {
    await run(step);
  } catch (error) {
    failed += 1;
    console.log(`  FAILED outside of any step\n${indent(error.stack ?? String(error))}`);
  }
}

/** Prints the sum alone on a line; the exit code says the same. */
export function finish() {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

function indent(text) {
  return text
    .split("\n")
    .slice(0, 200)
    .map((line) => `     ${line}`)
    .join("\n");
}

/** Fails with a sentence. */
export function expect(condition, sentence) {
  if (!condition) throw new Error(sentence);
}
