// Starts the real binary on a folder of its own and a free port, and stops it again.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
export const root = fileURLToPath(new URL("../..", import.meta.url));
export const binary = process.env.MAMORI_BINARY ?? join(root, "target/debug/mamori");

async function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Runs one command of the binary to its end; `code` is its exit code. */
export async function mamori(...args) {
  try {
    const { stdout, stderr } = await run(binary, args, { maxBuffer: 64 * 1024 * 1024 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (typeof error.code !== "number") throw error;
    return { code: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

/** A new folder for data, removed by `stop`. */
export async function newFolder() {
  return mkdtemp(join(tmpdir(), "journey-"));
}

/** Starts `mamori serve`; resolves when `/healthz` answers 200. */
export async function serve(folder) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = spawn(binary, ["serve", "--data", folder, "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (log += chunk));
  let ended = null;
  child.once("exit", (code, signal) => (ended = `${code ?? signal}`));
  for (;;) {
    if (ended !== null) throw new Error(`the program ended (${ended}) before it was ready:\n${log}`);
    try {
      if ((await fetch(`${url}/healthz`)).status === 200) break;
    } catch {
      // It does not listen yet.
    }
    if (performance.now() - started > 30_000) {
      child.kill("SIGKILL");
      throw new Error(`the program was not ready after 30 seconds:\n${log}`);
    }
    await new Promise((done) => setTimeout(done, 25));
  }
  return {
    url,
    folder,
    readyAfter: performance.now() - started,
    /** How the program ended by itself, with the end of its log; empty while it runs. */
    fate: () => (ended === null ? "" : `the program ended by itself (${ended}):\n${log.slice(-3000)}`),
    async stop() {
      if (ended === null) {
        const gone = new Promise((done) => child.once("exit", done));
        child.kill("SIGTERM");
        const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
        await gone;
        clearTimeout(late);
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}
