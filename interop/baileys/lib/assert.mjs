// Assertions and waiting for conditions.
export { strict as assert } from 'node:assert'

const POLL_MS = 20

/** Waits until `condition` yields something truthy, and returns that; fails after `limitMs`. */
export async function waitFor(what, condition, limitMs = 20_000) {
  const end = Date.now() + limitMs
  for (;;) {
    const found = await condition()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms in vain for ${what}`)
    await new Promise(resolve => setTimeout(resolve, POLL_MS))
  }
}
