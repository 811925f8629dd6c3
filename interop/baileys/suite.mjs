// Runs the scenarios one after the other, each with fresh accounts on one simulator.
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assert } from './lib/assert.mjs'
import { BaileysClient } from './lib/client.mjs'
import { Simulator } from './lib/simulator.mjs'
import { Wildcat } from './lib/wildcat.mjs'

// libsignal talks to the console, keys included
const print = text => process.stdout.write(`${text}\n`)
for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level] = () => {}

const SCENARIO_LIMIT_MS = 90_000
const folder = join(dirname(fileURLToPath(import.meta.url)), 'scenarios')
const wanted = process.argv.slice(2)
let accounts = 0

/** What a scenario gets: the simulator, and clients that are closed afterwards. */
class Context {
  #clients = []
  #accounts = []
  #name
  #server

  constructor(simulator, server, name) {
    this.simulator = simulator
    this.#server = server
    this.#name = name
  }

  /** The Wildcat server, the same for all scenarios; started when the first asks for it. */
  wildcat() {
    return this.#server.get()
  }

  /** An account of the Wildcat server that is linked to a phone of its own, and connected. */
  async account(name) {
    const wildcat = await this.wildcat()
    const account = await wildcat.link(`account${++accounts}`, await this.phone(name))
    this.#accounts.push(account)
    return account
  }

  /** A client that is not connected yet; its push name is unique to the scenario. */
  client(name, options = {}) {
    const client = new BaileysClient(this.simulator, { pushName: `${name} ${this.#name}`, ...options })
    this.#clients.push(client)
    return client
  }

  /** A client that is linked and open. */
  async open(name, options) {
    return this.client(name, options).connect()
  }

  phone(name) {
    return this.simulator.phone(`${name} ${this.#name}`)
  }

  async close() {
    for (const client of this.#clients) await client.disconnect()
    for (const account of this.#accounts) await account.remove()
  }

  async logs() {
    const baileys = this.#clients.flatMap(client => client.log.lines).slice(-20)
    const server = this.#accounts.length > 0 ? await (await this.wildcat()).logs() : []
    return [...baileys.map(line => `baileys: ${line}`), ...server.map(line => `wildcat: ${line}`)]
  }
}

/** Starts the Wildcat server once, when it is first needed. */
class Server {
  #simulator
  #started

  constructor(simulator) {
    this.#simulator = simulator
  }

  get() {
    this.#started ??= Wildcat.start(this.#simulator)
    return this.#started
  }

  async faults() {
    return this.#started ? (await this.#started).faults : []
  }

  async close() {
    if (this.#started) await (await this.#started).close()
  }
}

function limited(promise, name) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} took more than ${SCENARIO_LIMIT_MS} ms`)), SCENARIO_LIMIT_MS)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

async function scenarios() {
  const all = []
  for (const file of (await readdir(folder)).filter(f => f.endsWith('.mjs')).sort()) {
    const module = await import(join(folder, file))
    all.push(...module.default)
  }
  return all.filter(s => wanted.length === 0 || wanted.some(w => s.name.includes(w)))
}

/** After the last client has gone: nothing has been misunderstood on the way out either. */
async function finalCount(simulator) {
  const { unknownStanzas, violations, decodeErrors } = await simulator.counters()
  try {
    assert.deepEqual({ unknownStanzas, violations, decodeErrors }, { unknownStanzas: {}, violations: {}, decodeErrors: 0 })
    print('ok      the simulator has understood every stanza of the whole run')
    return true
  } catch (error) {
    print(`FAILED  the simulator has understood every stanza of the whole run\n${error.stack}`)
    return false
  }
}

/** What was counted under a name since `before`. */
function more(before, after, counter) {
  return Object.fromEntries(Object.entries(after[counter]).filter(([name, count]) => count !== before[counter][name]))
}

async function run(scenario, simulator, server) {
  const context = new Context(simulator, server, scenario.name)
  const started = Date.now()
  const before = await simulator.counters()
  try {
    await limited(scenario.run(context), scenario.name)
    const after = await simulator.counters()
    assert.deepEqual(more(before, after, 'unknownStanzas'), {}, 'stanzas the simulator does not know')
    assert.deepEqual(more(before, after, 'violations'), {}, 'violations of the protocol')
    assert.equal(after.decodeErrors, before.decodeErrors, 'frames that did not decode')
    assert.deepEqual(await server.faults(), [], 'deliveries with something wrong')
    print(`ok      ${scenario.name} (${Date.now() - started} ms)`)
    return true
  } catch (error) {
    print(`FAILED  ${scenario.name} (${Date.now() - started} ms)\n${error.stack}`)
    for (const line of await context.logs()) print(`        ${line.slice(0, 400)}`)
    return false
  } finally {
    await simulator.clearFaults().catch(() => {})
    await context.close().catch(error => print(`        closing: ${error.message}`))
  }
}

let passed = 0
let failed = 0
// Baileys leaves promises behind that fail when a connection ends
process.on('unhandledRejection', error => print(`        unhandled: ${error?.message ?? error}`))
try {
  const list = await scenarios()
  const simulator = await Simulator.start()
  const server = new Server(simulator)
  try {
    for (const scenario of list) (await run(scenario, simulator, server)) ? passed++ : failed++
    await server.close()
    ;(await finalCount(simulator)) ? passed++ : failed++
  } finally {
    await server.close().catch(() => {})
    await simulator.stop()
  }
} catch (error) {
  print(error.stack)
  failed++
}
print(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
