/** Asks again until the answer is yes. Throws after `patience` milliseconds. */
export async function until(what: string, ask: () => Promise<boolean> | boolean, patience = 60_000): Promise<void> {
  for (const end = Date.now() + patience; !(await ask());) {
    if (Date.now() > end) throw new Error(`it did not come about: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
