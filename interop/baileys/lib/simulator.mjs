// The simulator: as a process, and over its admin surface.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitFor } from './assert.mjs'
import { endWith } from './children.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const START_LIMIT_MS = 300_000 // the first start builds

export class Simulator {
  #process
  #output = ''

  static async start() {
    const simulator = new Simulator()
    const command = (process.env.WILDCAT_SIMULATE ?? `${join(root, 'wildcat')} simulate`).split(' ')
    const child = spawn(command[0], [...command.slice(1), '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    simulator.#process = child
    endWith(child)
    let exit
    child.on('exit', code => (exit = code ?? 'signal'))
    child.on('error', error => (exit = error.message))
    child.stdout.on('data', data => (simulator.#output += data))
    await waitFor('the simulator to start', () => {
      if (exit !== undefined) throw new Error(`the simulator ended (${exit}): ${simulator.#output}`)
      return simulator.#output.includes('Ctrl-C')
    }, START_LIMIT_MS)
    simulator.webSocket = simulator.#shown(/clients connect to\s+(\S+)/)
    simulator.http = simulator.#shown(/admin\s+(\S+)/)
    simulator.root = Buffer.from(simulator.#shown(/root key \(base64\)\s+(\S+)/), 'base64')
    return simulator
  }

  #shown(pattern) {
    const found = pattern.exec(this.#output)
    if (!found) throw new Error(`the simulator did not print ${pattern}`)
    return found[1]
  }

  async stop() {
    const child = this.#process
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await gone
    clearTimeout(timer)
  }

  async #call(method, path, body) {
    const response = await fetch(this.http + path, {
      method,
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) {
      const error = new Error(`${method} ${path}: ${response.status} ${text}`)
      error.status = response.status
      throw error
    }
    return text === '' ? undefined : JSON.parse(text)
  }

  /** Lets a phone scan a code; the push name in the client's payload picks the phone. */
  scan(qr) {
    return this.#call('POST', '/admin/mock-phone/scan-qr', qr)
  }

  /** The account with that push name; made if there is none. */
  async phone(pushName) {
    return new Phone(this, await this.#call('POST', '/admin/accounts', { pushName }))
  }

  accounts() {
    return this.#call('GET', '/admin/accounts')
  }

  arm(match, action, { skip = 0, count = 1 } = {}) {
    return this.#call('POST', '/admin/faults', { match, action, skip, count })
  }

  armed() {
    return this.#call('GET', '/admin/faults')
  }

  clearFaults() {
    return this.#call('DELETE', '/admin/faults')
  }

  consumePreKeys(device) {
    return this.#call('POST', `/admin/devices/${device}/consume-pre-keys`)
  }

  redeliver(device) {
    return this.#call('POST', `/admin/devices/${device}/redeliver`)
  }

  cut(device) {
    return this.#call('POST', `/admin/devices/${device}/cut`)
  }

  counters() {
    return this.#call('GET', '/admin/counters')
  }

  /** What was delivered to a device, and how it answered. */
  ledger(device) {
    return this.#call('GET', `/admin/devices/${device}/ledger`)
  }

  log({ after = 0, device = '' } = {}) {
    return this.#call('GET', `/admin/log?after=${after}&device=${encodeURIComponent(device)}`)
  }

  /** Waits until the server has acknowledged a device's message. */
  acknowledged(device, id) {
    return waitFor(`the ack of ${id}`, async () => {
      const lines = await this.log({ device })
      return lines.some(l => l.direction === 'outgoing' && l.xml.startsWith('<ack class="message"') && l.xml.includes(id))
    })
  }

  async lastLogLine() {
    let after = 0
    for (;;) {
      const lines = await this.log({ after })
      if (lines.length === 0) return after
      after = lines.at(-1).sequence
    }
  }

  call(method, path, body) {
    return this.#call(method, path, body)
  }
}

/** A virtual phone. */
export class Phone {
  #simulator
  #path

  constructor(simulator, account) {
    this.#simulator = simulator
    this.pn = account.pn
    this.lid = account.lid
    this.pushName = account.pushName
    this.#path = `/admin/accounts/${account.pn}`
  }

  async send(to, text) {
    return (await this.#simulator.call('POST', `${this.#path}/messages`, { to, text })).id
  }

  received() {
    return this.#simulator.call('GET', `${this.#path}/messages`)
  }

  async devices() {
    return (await this.#simulator.call('GET', this.#path)).devices
  }

  scan(qr) {
    return this.#simulator.call('POST', `${this.#path}/scan`, { qr })
  }

  unlink(number) {
    return this.#simulator.call('DELETE', `${this.#path}/devices/${number}`)
  }

  goOffline() {
    return this.#simulator.call('POST', `${this.#path}/offline`)
  }

  goOnline() {
    return this.#simulator.call('POST', `${this.#path}/online`)
  }
}
