// The Wildcat server: as a process, over its REST interface and its webhook.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitFor } from './assert.mjs'
import { endWith } from './children.mjs'
import { WebhookReceiver } from './webhook.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const START_LIMIT_MS = 300_000 // it may build
const LOG_LINES = 15

export class Wildcat {
  #simulator
  #folder
  #receiver
  #child
  #exit
  #address
  #key

  static async start(simulator) {
    const wildcat = new Wildcat()
    wildcat.#simulator = simulator
    wildcat.#folder = await mkdtemp(join(tmpdir(), 'wildcat-interop-'))
    wildcat.#receiver = await new WebhookReceiver().listen()
    await wildcat.start()
    const webhook = await wildcat.call('POST', '/v1/webhooks', { url: wildcat.#receiver.url })
    wildcat.#receiver.secret = webhook.secret
    return wildcat
  }

  /** Starts the process, again if it was stopped, on the same data. */
  async start() {
    const command = (process.env.WILDCAT_SERVE ?? `${join(root, 'wildcat')} serve`).split(' ')
    const child = spawn(command[0], [...command.slice(1), '--host', '127.0.0.1', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: this.#environment(),
    })
    this.#child = child
    endWith(child)
    let output = ''
    let complaints = ''
    let failed
    child.on('error', error => (failed = error.message))
    this.#exit = new Promise(resolve =>
      child.on('exit', (code, signal) => {
        failed = code ?? signal
        resolve()
      })
    )
    child.stdout.on('data', data => (output += data))
    // the same lines as in the log files, besides what the launcher says while it builds
    child.stderr.on('data', data => {
      if (output === '') complaints += data
    })
    await waitFor('the server to start', () => {
      if (failed !== undefined) throw new Error(`the server ended (${failed}): ${complaints}${output}`)
      return output.includes('Ctrl-C')
    }, START_LIMIT_MS)
    this.#address = /Wildcat listens on (\S+)/.exec(output)[1]
    this.#key = (await readFile(join(this.#folder, 'data', 'admin.key'), 'utf8')).trim()
  }

  #environment() {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('WILDCAT_') || name === 'WILDCAT_JAVA_OPTS'
    )
    return {
      ...Object.fromEntries(inherited),
      WILDCAT_DATA: join(this.#folder, 'data'),
      WILDCAT_LOGS: join(this.#folder, 'logs'),
      WILDCAT_LOG_LEVEL: 'debug',
      WILDCAT_EGRESS_ALLOW: '127.0.0.0/8',
      WILDCAT_STORE: 'embedded',
      WILDCAT_WHATSAPP_URL: this.#simulator.webSocket,
      WILDCAT_WHATSAPP_ROOT_KEY: this.#simulator.root.toString('hex'),
    }
  }

  /** Ends the process: SIGTERM as an operator would, SIGKILL as a power cut would. */
  async stop(signal = 'SIGTERM') {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 20_000)
    this.#child.kill(signal)
    await this.#exit
    clearTimeout(timer)
  }

  /** Stops the server, brings something in from elsewhere, and starts it again. Resolves with what was printed. */
  async import(...args) {
    await this.stop()
    const command = (process.env.WILDCAT_IMPORT ?? `${join(root, 'wildcat')} import`).split(' ')
    const child = spawn(command[0], [...command.slice(1), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: this.#environment(),
    })
    endWith(child)
    let output = ''
    child.stdout.on('data', data => (output += data))
    child.stderr.on('data', data => (output += data))
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve))
    if (code !== 0) throw new Error(`import ended with ${code}: ${output}`)
    await this.start()
    return output
  }

  /** An account that was brought in and belongs to that phone. */
  existing(id, phone) {
    return new WildcatAccount(this, id, phone)
  }

  /** Ends it for good. */
  async close() {
    await this.stop()
    await this.#receiver.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  get address() {
    return this.#address
  }

  /** The administrator's key. */
  get key() {
    return this.#key
  }

  async call(method, path, body, headers = {}) {
    const response = await fetch(this.#address + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) {
      const error = new Error(`${method} ${path}: ${response.status} ${text}`)
      error.status = response.status
      throw error
    }
    return JSON.parse(text)
  }

  /** Creates an account and links it to a phone; resolves when it is connected. */
  async link(id, phone) {
    const account = new WildcatAccount(this, id, phone)
    await this.call('POST', '/accounts', { id })
    const { qr } = await waitFor(`a code of ${id}`, () =>
      this.call('GET', `/v1/accounts/${id}/qr`).catch(error => {
        if (error.status === undefined || error.status >= 500) throw error
      })
    )
    await phone.scan(qr)
    await account.connected()
    account.device = (await phone.devices()).at(-1).pn
    return account
  }

  events(account) {
    return this.#receiver.events.filter(event => event.accountId === account)
  }

  /** Ids of events that were delivered more than once. */
  get repeated() {
    return this.#receiver.repeated
  }

  /** Deliveries that were not signed, or differed when they came again. */
  get faults() {
    return this.#receiver.faults
  }

  async logs() {
    const lines = []
    for (const name of ['app.log', 'whatsapp.log']) {
      const text = await readFile(join(this.#folder, 'logs', name), 'utf8').catch(() => '')
      lines.push(...text.trim().split('\n').slice(-LOG_LINES))
    }
    return lines
  }
}

/** An account of the server, linked to a virtual phone. */
export class WildcatAccount {
  /** Errors that made sendOnce try again. */
  refusals = []
  #wildcat

  constructor(wildcat, id, phone) {
    this.#wildcat = wildcat
    this.id = id
    this.phone = phone
    this.pn = phone.pn
    this.lid = phone.lid
  }

  async status() {
    return (await this.#wildcat.call('GET', `/v1/accounts/${this.id}/status`)).status
  }

  connected() {
    return waitFor(`account ${this.id} to be connected`, async () => (await this.status()) === 'connected', 60_000)
  }

  connect() {
    return this.#wildcat.call('POST', `/accounts/${this.id}/connect`)
  }

  disconnect() {
    return this.#wildcat.call('POST', `/accounts/${this.id}/disconnect`)
  }

  /** Sends; resolves with the message's id when the server of WhatsApp has it. */
  async send(to, message, more = {}) {
    return (await this.#wildcat.call('POST', `/accounts/${this.id}/message/send`, { to, message, ...more })).messageId
  }

  /** Sends until it worked, however often the connection breaks; the key keeps it one message. */
  async sendOnce(to, message, key) {
    const path = `/accounts/${this.id}/message/send`
    const { messageId } = await waitFor(`"${message}" to be sent`, () =>
      this.#wildcat.call('POST', path, { to, message }, { 'idempotency-key': key }).catch(error => {
        if (![400, 500, 503, 504].includes(error.status)) throw error
        this.refusals.push(error.message)
      }), 40_000)
    return messageId
  }

  async reply(to, message, quotedMessageId) {
    return (await this.#wildcat.call('POST', `/accounts/${this.id}/message/reply`, { to, message, quotedMessageId })).messageId
  }

  async stored(messageId) {
    return (await this.#wildcat.call('GET', `/accounts/${this.id}/messages/${messageId}`)).message
  }

  events(type) {
    return this.#wildcat.events(this.id).filter(event => event.event === type)
  }

  /** Texts as the webhook had them, in its order. */
  texts(type = 'message.received') {
    return this.events(type).map(event => event.text)
  }

  /** The event of that type with that text. */
  receive(text, type = 'message.received', limitMs) {
    return waitFor(`"${text}" at the webhook`, () => this.events(type).find(event => event.text === text), limitMs)
  }

  remove() {
    return this.#wildcat.call('DELETE', `/accounts/${this.id}`)
  }
}
