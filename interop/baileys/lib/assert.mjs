// Assertions and waiting for conditions.
export { strict as assert } from 'node:assert'

const POLL_MS = 20
/** Longer than the 20 s for which Baileys keeps all events to itself when it has missed the history after linking. */
const LIMIT_MS = 45_000

/** Waits until `condition` yields something truthy, and returns that; fails after `limitMs`. */
export async function waitFor(what, condition, limitMs = LIMIT_MS) {
  const end = Date.now() + limitMs
  for (;;) {
    const found = await condition()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms in vain for ${what}`)
    await new Promise(resolve => setTimeout(resolve, POLL_MS))
  }
}
